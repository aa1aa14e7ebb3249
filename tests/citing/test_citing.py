"""An answer has a permanent address: the same answer again on its release, what differs today, and citations."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed

from sorgenetz.cli.main import main
from sorgenetz.insight.citing.outcome import Difference, Outcome, difference, outcome, repeatable
from sorgenetz.insight.citing.reference import LONGEST, Reference, read_reference
from sorgenetz.releases.chain import Home

ALL = "SELECT ?s ?o WHERE { ?s <urn:p> ?o }"
ORDERED = ALL + " ORDER BY DESC(?o)"


def cite(client: FlaskClient, query: str = ALL, **more: str) -> str:
    response = client.post("/cite", data={"query": query, **more})
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def as_json(client: FlaskClient, address: str, status: int = 200) -> dict:
    response = client.get(address, headers={"Accept": "application/json"})
    assert response.status_code == status, response.text
    return response.get_json()


def back_to(home: Home, number: int) -> None:
    home.point_to(home.all()[number - 1].name)


def test_an_answer_is_the_same_again_on_its_release(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    record = as_json(client, address)
    assert record["release"]["name"] == home.all()[1].name and record["holds"]
    assert record["rows"] == 2 and record["current"] == {"release": home.current().name, "rows": 1}
    assert record["difference"] == {"added": [], "removed": ['<urn:a>\t"1"']}
    assert record["query"] == ALL and record["repeatable"]


def test_the_page_shows_both_answers_and_what_differs(client: FlaskClient, home: Home) -> None:
    back_to(home, 1)
    address = cite(client, language="de")
    back_to(home, 3)
    page = Parsed(client.get(address, headers={"Accept": "text/html"}).text)
    text = " ".join(page.text.split())
    assert "wieder dieselbe Antwort" in text and "neue Zeilen: 1, weggefallene Zeilen: 1" in text
    assert "@misc{sorgenetz-000001-" in text and page.all("a", href=f"{address.removeprefix('/de')}.ris")


def test_nothing_is_stored_by_citing(client: FlaskClient, home: Home) -> None:
    before = sorted(path for path in home.path.rglob("*"))
    as_json(client, cite(client))
    assert sorted(path for path in home.path.rglob("*")) == before


@pytest.mark.parametrize(
    "query", [ALL, ORDERED, "ASK { ?s <urn:p> 3 }", "CONSTRUCT { ?s <urn:q> [] } WHERE { ?s <urn:p> ?o }"]
)
def test_the_fingerprint_is_that_of_the_answer_not_of_its_writing(app: Flask, query: str) -> None:
    engine = app.extensions["sorgenetz"].engine
    prints = {outcome(engine, query + spaces).fingerprint for spaces in ("", " ", "\n# a remark\n")}
    assert len(prints) == 1


SEVERAL = """SELECT ?s ?x { VALUES (?s ?x) {
  (<urn:,> "2019"^^<http://www.w3.org/2001/XMLSchema#gYear>) (UNDEF 7) (<urn:ö> "a\\t\\"b\\"\\\\\\n\\u0001"@de)
  (<urn:b> UNDEF)
} }"""
ROWS_DESCENDING = (
    '<urn:ö>\t"a\\t\\"b\\"\\\\\\n\\u0001"@de', "<urn:b>\t", '<urn:,>\t"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>',
    '\t"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
)  # fmt: skip


@pytest.mark.parametrize(
    "query, lines",
    [
        (SEVERAL, ["select", "s\tx", *sorted(ROWS_DESCENDING, key=str.encode)]),
        (f"{SEVERAL} ORDER BY DESC(?s)", ["select", "s\tx", *ROWS_DESCENDING]),
        ("SELECT (BNODE() AS ?x) ?y {}", ["select", "x\ty", "_:\t"]),
        ("ASK { ?s ?p ?o }", ["ask", "", "true"]),
        ("DESCRIBE <urn:b>", ["graph", "", '<urn:b> <urn:p> "2" .']),
    ],
)
def test_anybody_can_make_the_fingerprint_as_the_page_says(client: FlaskClient, query: str, lines: list[str]) -> None:
    address = cite(client, query)
    assert as_json(client, address)["fingerprint"] == sha256("\n".join(lines).encode()).hexdigest()
    page = client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "How the fingerprint is made" in page and "canonical N-Triples" in page


def test_an_order_that_is_asked_for_counts_and_another_does_not(app: Flask, home: Home) -> None:
    back_to(home, 2)
    engine = app.extensions["sorgenetz"].engine
    up, down = (outcome(engine, f"{ALL} ORDER BY {way}(?o)").fingerprint for way in ("ASC", "DESC"))
    assert up != down


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT (RAND() AS ?r) {}", "moving"),
        ("SELECT (now() AS ?r) {}", "moving"),
        (ALL + " LIMIT 1", "part"),
        (ORDERED + " LIMIT 1", ""),
        ('SELECT ?s { ?s ?p "NOW() LIMIT 3" } # RAND()', ""),
    ],
)
def test_what_cannot_be_had_again_is_said_and_not_pretended(query: str, reason: str) -> None:
    assert repeatable(query) == reason


def test_the_graphs_of_the_protocol_are_cited_too(client: FlaskClient) -> None:
    record = as_json(client, cite(client, **{"default-graph-uri": "urn:none"}))
    assert record["defaultGraphs"] == ["urn:none"] and record["rows"] == 0


def test_a_thinned_release_is_rebuilt_from_the_changes_and_it_is_said(client: FlaskClient, home: Home) -> None:
    back_to(home, 1)
    address = cite(client, language="en")
    back_to(home, 3)
    said = CliRunner().invoke(main, ["--home", str(home.path), "--language", "en", "thin", "--keep", "1"])
    assert said.exit_code == 0 and "2 releases thinned" in said.output
    first = home.releases / json.loads((next(home.releases.glob("000001-*")) / "manifest.json").read_text())["name"]
    assert not (first / "store").exists() and (first / "added.nq.gz").is_file()
    record = as_json(client, address)
    assert record["release"]["rebuilt"] and record["holds"] and record["rows"] == 1
    assert "rebuilt from the changes that are kept" in client.get(address, headers={"Accept": "text/html"}).text


def test_a_release_whose_changes_are_gone_is_410(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    second, first = home.all()[1].folder, home.all()[0].folder
    shutil.rmtree(second / "store")
    (first / "added.nq.gz").unlink()
    response = client.get(address, headers={"Accept": "text/html", "Accept-Language": "de"})
    assert response.status_code == 410 and "von ihren Änderungen fehlt ein Teil" in response.text


def test_a_change_that_was_tampered_with_is_not_served(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    shutil.rmtree(home.all()[1].folder / "store")
    shutil.copy(
        next(home.releases.glob("000003-*")) / "removed.nq.gz", next(home.releases.glob("000001-*")) / "added.nq.gz"
    )
    (next(home.releases.glob("000002-*")) / "added.nq.gz").write_bytes(
        (next(home.releases.glob("000003-*")) / "removed.nq.gz").read_bytes()
    )
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("text", ["x", "0" * 40, "abc123" + "A" * 5000, "A" * (LONGEST + 1), "%2e%2e%2f", "ü"])
def test_what_never_was_an_address_is_404(client: FlaskClient, text: str) -> None:
    assert read_reference(text) is None and client.get(f"/q/{quote(text)}").status_code == 404


def test_a_damaged_address_is_404(client: FlaskClient) -> None:
    address = cite(client)
    assert client.get(address[:-2] + ("AA" if address[-2:] != "AA" else "BB")).status_code == 404


def test_an_address_of_a_release_that_never_was_is_404(client: FlaskClient) -> None:
    for name in ("000009-none", "../../etc", ".unfinished-1"):
        assert client.get(f"/q/{Reference(ALL, name, '0' * 64).id}").status_code == 404


def test_a_query_that_is_too_long_for_an_address_is_refused_with_words(client: FlaskClient) -> None:
    noise = "".join(sha256(str(number).encode()).hexdigest() for number in range(400))
    response = client.post("/cite", data={"query": f"{ALL} # {noise}"}, headers={"Accept-Language": "en"})
    assert response.status_code == 414 and "too long for a permanent address" in response.text


def test_an_update_is_refused_here_as_well(client: FlaskClient) -> None:
    assert client.post("/cite", data={"query": "DELETE WHERE { ?s ?p ?o }"}).status_code == 400


def test_the_page_of_an_answer_leads_to_its_citation(client: FlaskClient) -> None:
    page = Parsed(client.get(f"/en/sparql?query={quote(ALL)}").text)
    link = page.one("p", class_="cite-this").one("a").attributes["href"]
    response = client.get(link)
    assert response.status_code == 303 and response.headers["Location"].startswith("/en/q/")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("aab", "aab", Difference((), ())),
        ("aab", "baa", Difference((), (), reordered=True)),
        ("aab", "acaad", Difference(("c", "a", "d"), ("b",))),
        ("", "zy", Difference(("z", "y"), ())),
        ("aaab", "a", Difference((), ("a", "a", "b"))),
    ],
)
def test_a_difference_counts_rows_and_keeps_their_order(before: str, after: str, expected: Difference) -> None:
    earlier, later = (Outcome("select", ("x",), tuple(lines), "1", 0.1) for lines in (before, after))
    assert difference(earlier, later) == expected
