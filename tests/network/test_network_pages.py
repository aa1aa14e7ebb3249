"""The pages of the network: pictures with links, lists that hold all of it, and bad addresses that are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app


@pytest.fixture
def client(small: Flask) -> FlaskClient:
    return small.test_client()


def read(client: FlaskClient, path: str, status: int = 200) -> Parsed:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, (path, response.status_code)
    return Parsed(response.get_data(as_text=True))


def words(page: Parsed) -> str:
    return " ".join(page.text.split())


def test_a_neighbourhood_is_a_picture_of_links_and_a_list_that_says_who_says_so(client: FlaskClient) -> None:
    page = read(client, "/de/network/organisation/verein")
    drawn = page.one("svg", class_="drawn")
    assert [link.attributes["href"] for link in drawn.all("a")] == [
        "/de/network/organisation/verein", "/de/network/organisation/bund", "/de/network/organisation/amt",
        "/de/initiative/one",
    ]  # fmt: skip
    assert drawn.all("a")[3].attributes["aria-label"] == "Eins, Initiative, 3 Verbindungen"
    text = words(page)
    assert "arbeitet Verein mit 2 anderen zusammen" in text
    assert "Verein – Kooperationspartner, 2012–30. Juni 2015" in text
    bund = next(item for item in page.one("ul", class_="shared").all("li") if item.text.strip().startswith("Bund"))
    assert len(bund.all("a", class_="mark")) == 2
    assert "Zu 1 von 3 Verbindungen sagt keine Quelle, seit wann oder bis wann." in text


def test_the_state_is_in_the_address(client: FlaskClient) -> None:
    page = read(
        client, "/de/network/organisation/verein?steps=2&pin=organisation/bund&year=2014&further=organisation/chor"
    )
    text = words(page)
    assert "dorf" in str([link.attributes["href"] for link in page.one("svg", class_="drawn").all("a")])
    assert "gestrichelt: nicht bekannt, ob 2014" in text and "Angeheftet" in text
    kept = "year=2014&steps=2&further=organisation/chor&pin=organisation/bund"
    assert f"/de/network/organisation/bund?{kept}" in [
        a.attributes["href"] for a in page.all("a") if "href" in a.attributes
    ]
    hidden = {i.attributes["name"]: i.attributes["value"] for i in page.all("input", type="hidden")}
    assert hidden == {"pin": "organisation/bund", "further": "organisation/chor"}


def test_a_walk_that_the_address_tells_is_told_where_nothing_can_be_drawn(client: FlaskClient) -> None:
    page = read(client, "/de/network?walk=organisation/chor")
    assert "Der Gang durch das Netz steht bei: Chor" in words(page)
    assert "/de/network/organisation/chor" in [a.attributes.get("href") for a in page.all("a")]
    assert page.one("input", type="hidden").attributes["value"] == "organisation/chor"
    elsewhere = words(read(client, "/de/network?walk=initiative/one&role=memberOf"))
    assert "In dieser Auswahl fehlt, wo der Gang durch das Netz stand: Eins" in elsewhere


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Wer arbeitet mit wem?"),
        ("?role=carrier&kind=unknown&year=2014", "Wer arbeitet mit wem? Träger, keine Angabe, 2014"),
        ("/organisation/amt?role=partner&steps=2", "Netz um Amt: Kooperationspartner"),
    ],
)
def test_the_title_names_what_is_chosen(client: FlaskClient, path: str, title: str) -> None:
    assert read(client, f"/de/network{path}").one("head").one("title").text == f"{title} – Sorgenetz"


def test_who_only_funds_is_told_why_nothing_is_here(client: FlaskClient) -> None:
    page = read(client, "/de/network/organisation/geld")
    assert "bleibt keine Verbindung" in words(page)
    link = next(a for a in page.all("a") if a.text == "Fördernde mitzählen")
    assert link.attributes["href"] == "/de/network/organisation/geld?funding=1"
    assert "arbeitet Geldgeber mit 4 anderen zusammen" in words(read(client, link.attributes["href"]))


def test_the_whole_network_has_its_table_in_any_order(client: FlaskClient) -> None:
    page = read(client, "/de/network")
    rows = page.one("table").all("tr")[1:]
    assert [row.one("th").text.strip() for row in rows] == [
        "Amt", "Bund der Nachbarn", "Chor", "Dorf", "Einzeln e. V.", "Frei e. V.", "Verbund", "Verein",
    ]  # fmt: skip
    chor = " ".join(rows[2].text.split())
    assert "Verein" in chor and "Kooperationspartner, Träger" in chor and "9 Paare" in chor and "Drei" in chor
    by_between = read(client, "/de/network?sort=between").one("table")
    assert [row.one("th").text.strip() for row in by_between.all("tr")[1:4]] == ["Chor", "Dorf", "Verbund"]
    assert [
        head.attributes["aria-sort"] for head in by_between.all("th", scope="col") if "aria-sort" in head.attributes
    ]
    assert "1 Beteiligung nennt niemanden" in words(page)


def test_a_name_leads_to_its_neighbourhood_and_one_like_it_is_offered(client: FlaskClient) -> None:
    assert client.get("/de/network?actor=bund+der+nachbarn").location == "/de/network/organisation/bund"
    page = read(client, "/de/network?actor=Nachbarn", 404)
    assert "/de/network/organisation/bund" in [a.attributes["href"] for a in page.one("div", role="alert").all("a")]
    assert page.one("input", id="actor").attributes["value"] == "Nachbarn"
    assert "<i>" not in client.get("/de/network?actor=%3Ci%3E").text.partition("<main")[2].partition("</form>")[0]


def test_one_is_told_in_the_singular(client: FlaskClient) -> None:
    alone = words(read(client, "/de/network/organisation/frei"))
    assert "mit einer anderen Akteur:in zusammen." in alone and "mit einer anderen zusammen." in alone
    few = words(read(client, "/de/network?year=2019&dated=1"))
    assert ", 1 Initiative oder Ähnliches, " in few


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("organisation/nix", 404, "Unter /de/network/organisation/nix gibt es hier nichts."),
        ("organisation/still", 200, "Keine Quelle nennt eine Beteiligung"),
        ("initiative/one", 200, "Das ist keine Akteur:in"),
        ("organisation/amt?steps=99", 400, "Möglich sind 1, 2 oder 3"),
        ("organisation/amt?role=träger", 400, "gibt es hier im Netz nicht"),
        ("organisation/amt?year=bald", 400, "ist kein Jahr"),
        (f"organisation/amt?year={'9' * 5_000}", 400, "ist kein Jahr"),
        (f"organisation/amt?steps={'9' * 5_000}", 400, "Möglich sind 1, 2 oder 3"),
        ("organisation/amt?" + "&".join(f"pin=nix{n}" for n in range(500)), 400, "Ab „nix100“ ist sie nicht gelesen"),
        ("organisation/amt?kind=unknown&dated=1&year=1999", 200, "bleibt keine Verbindung"),
        ("organisation/amt?further=organisation/nix&pin=%00", 400, "gibt es hier im Netz nicht"),
        ("?group=organisation/einzeln", 400, "gibt es hier im Netz nicht"),
        ("?actor=+", 200, "Es ist niemand genannt"),
        ("?sort=colour", 400, "lässt sich die Tabelle nicht ordnen"),
        ("?page=0", 400, "Eine Seite „0“ gibt es hier nicht. Gezeigt wird Seite 1."),
        ("?walk=organisation/nix", 400, "gibt es hier im Netz nicht"),
        ("?dated=bald", 400, "ist 1 oder 0, nicht „bald“"),
        ("?to=organisation/amt", 400, "Die Adresse fragt nach „to“"),
        ("organisation/amt?sort=name", 400, "Die Adresse fragt nach „sort“"),
        ("?year=2014&dated=1&role=carrier", 200, "bleibt keine Verbindung"),
    ],
)
def test_what_cannot_be_followed_is_said_in_words(client: FlaskClient, path: str, status: int, said: str) -> None:
    address = f"/de/network{path}" if path.startswith("?") else f"/de/network/{path}"
    assert said in words(read(client, address, status))


def test_nothing_of_a_name_is_markup_and_an_odd_address_is_404(client: FlaskClient) -> None:
    for path in ("/de/network/x/y", "/de/network/organisation/%3Cb%3E", "/de/network/organisation/"):
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 404


def test_the_data_of_the_picture_have_every_tie_and_place(client: FlaskClient) -> None:
    found = client.get("/de/network.json").get_json()
    assert len(found["nodes"]) == 13 and len(found["ties"]) == 12
    names = [node[1] for node in found["nodes"]]
    assert ["Amt", "Eins", "Träger"] in [[names[a], names[b], roles] for a, b, roles in found["ties"]]
    assert all(len(node) == 6 for node in found["nodes"])
    actor_node = next(node for node in found["nodes"] if node[1] == "Amt")
    assert actor_node[0] == "organisation/amt" and actor_node[5] == "/de/network/organisation/amt"


def test_foreign_files_without_any_tie_have_an_empty_network(tmp_path: Path) -> None:
    file = tmp_path / "people.nt"
    file.write_text("<urn:anna> <urn:knows> <urn:ben> .\n")
    publish_files([file], Home(tmp_path / "home"))
    application = create_app(Settings(home=tmp_path / "home"))
    client = application.test_client()
    assert "holds none yet" in words(read(client, "/en/network"))
    assert client.get("/en/network.json").get_json() == {"nodes": [], "ties": []}
    assert client.get("/en/network.graphml").status_code == 200
    assert "holds none yet" in words(read(client, "/en/paths"))
    application.extensions["sorgenetz"].engine.close()
