"""Ways between two actors and what would be without one, by hand on the small network."""

from __future__ import annotations

import pytest
from flask import Flask
from pages.parsed import Parsed

from network.conftest import actor, slugs
from sorgenetz.insight.network.choice import NetworkChoice
from sorgenetz.insight.network.chosen import choose
from sorgenetz.insight.network.known import Known
from sorgenetz.insight.network.paths import ways_between
from sorgenetz.insight.network.without import without


def ways(known: Known, start: str, end: str, **choice: object) -> list[str]:
    chosen = choose(known, NetworkChoice(**choice))  # type: ignore[arg-type]
    found = ways_between(chosen, actor(start), actor(end))
    return [
        " ".join(_end(leg.ties[0].thing if leg.onward else leg.ties[0].actor) for leg in way.legs) for way in found.ways
    ]


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_the_shortest_ways_come_first_and_the_longer_after(known: Known) -> None:
    assert ways(known, "amt", "dorf") == ["six chor three dorf", "one bund two chor three dorf"]
    assert ways(known, "verein", "bund")[0] == "one bund"
    assert ways(known, "dorf", "frei") == ["verbund frei"]
    assert ways(known, "verbund", "chor") == ["dorf three chor"]


def test_there_is_no_way_that_is_not_known(known: Known) -> None:
    assert ways(known, "amt", "einzeln") == [] and ways(known, "amt", "geld") == []
    assert ways(known, "amt", "einzeln", funding=True) == [
        "one geld four einzeln",
        "six chor two bund one geld four einzeln",
    ]
    assert ways(known, "amt", "dorf", roles=(known.ties[0].role,)) == []


@pytest.mark.parametrize(
    ("left", "parts", "alone", "abandoned"),
    [
        ("chor", [{"amt", "bund", "verein"}, {"dorf", "frei", "verbund"}], set(), set()),
        ("dorf", [{"amt", "bund", "chor", "verein"}, {"frei", "verbund"}], set(), set()),
        ("verbund", [{"amt", "bund", "chor", "dorf", "verein"}, {"frei"}], {"frei"}, set()),
        ("bund", [{"amt", "chor", "dorf", "frei", "verbund", "verein"}], set(), set()),
        ("einzeln", [], set(), {"four"}),
    ],
)  # fmt: skip
def test_without_one_the_rest_stays_or_falls_apart(known: Known, left: str, parts, alone, abandoned) -> None:
    found = without(choose(known, NetworkChoice()), actor(left))
    assert [slugs(part) for part in found.parts] == parts and found.splits == (len(parts) > 1)
    assert slugs(found.alone) == alone and slugs(found.abandoned) == abandoned


def test_without_one_splits_exactly_where_it_is_a_cut_vertex(known: Known) -> None:
    chosen = choose(known, NetworkChoice())
    for iri, standing in known.index.standings.items():
        assert without(chosen, iri).splits == standing.cuts


def page_of(small: Flask, path: str, status: int = 200) -> Parsed:
    response = small.test_client().get(path, headers={"Accept": "text/html"})
    assert response.status_code == status
    return Parsed(response.get_data(as_text=True))


def text_of(page: Parsed) -> str:
    return " ".join(page.text.split()).replace(" ;", ";").replace(" .", ".").replace(" ,", ",")


def test_a_way_is_told_in_sentences_with_the_source_of_each_step(small: Flask) -> None:
    page = page_of(small, "/de/paths?from=organisation/verein&to=Frei+e.+V.")
    assert text_of(page.one("ol", class_="ways-found").all("li")[0]) == (
        "Verein ist an Eins beteiligt (Kooperationspartner, 2012–30. Juni 2015) – laut Eigene Seite; "
        "an Eins ist auch Amt beteiligt (Träger, seit 2019) – laut Eigene Seite; "
        "Amt ist an Sechs beteiligt (Kooperationspartner) – laut Bericht der Zeitung mittel; "
        "an Sechs ist auch Chor beteiligt (Kooperationspartner) – laut Bericht der Zeitung mittel; "
        "Chor trägt Drei – laut Eigene Seite; "
        "an Drei ist auch Dorf beteiligt (Kooperationspartner) – laut Eigene Seite; "
        "Dorf ist Mitglied in Verbund – laut Eigene Seite; "
        "in Verbund ist auch Frei e. V. Mitglied – laut Eigene Seite."
    )
    assert page_of(small, "/en/paths?from=organisation/dorf&to=network/verbund").one("h2").text == "They work together"


@pytest.mark.parametrize("ends", ["from=&to=", "from=organisation/amt&to=+"])
def test_who_names_one_end_or_none_is_told_to_name_both(small: Flask, ends: str) -> None:
    assert "Nennen Sie beide" in page_of(small, f"/de/paths?{ends}").one("div", role="alert").text


def test_no_way_is_said_plainly_and_what_may_help_is_offered(small: Flask) -> None:
    page = page_of(small, "/de/paths?from=organisation/amt&to=organisation/einzeln&role=carrier")
    assert "In dem, was wir wissen, gibt es keinen Weg zwischen Amt und Einzeln e. V." in text_of(page)
    hrefs = [link.attributes["href"] for link in page.one("div", class_="unknown-box").all("a")]
    assert "/de/paths?from=organisation/amt&to=organisation/einzeln" in hrefs
    assert "/de/paths?role=carrier&funding=1&from=organisation/amt&to=organisation/einzeln" in hrefs


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Wählen Sie zwei Akteur:innen"),
        ("?from=organisation/amt", 200, "Wählen Sie zwei Akteur:innen"),
        (
            "?from=Nachbarn&to=organisation/amt",
            404,
            "Im Netz heißt keine Akteur:in „Nachbarn“. Vielleicht ist gemeint: Bund",
        ),
        ("?from=organisation/amt&to=organisation/amt", 400, "Beide sind dieselbe Akteur:in"),
        ("?from=organisation/amt&to=Chor&year=x", 400, "ist kein Jahr"),
        ("?from=%00&to=" + "x" * 3000, 404, "Im Netz heißt keine Akteur:in"),
    ],
)
def test_whom_an_address_does_not_name_is_asked_for(small: Flask, query: str, status: int, said: str) -> None:
    assert said in text_of(page_of(small, f"/de/paths{query}", status))


def test_a_neighbourhood_says_how_its_middle_stands_and_what_would_be_without_it(small: Flask) -> None:
    text = text_of(page_of(small, "/de/network/organisation/chor"))
    assert "Für 9 Paare von anderen führt der kürzeste Weg über sie. Rang 1" in text
    assert "Ohne Chor zerfielen die 6 anderen, mit denen sie verbunden ist, in 2 Teile:" in text
    assert "Zu 1 Vorhaben ist sonst niemand genannt: Vier" in text_of(
        page_of(small, "/de/network/organisation/einzeln")
    )
    assert "1 Akteur:in verlöre jede Verbindung: Frei e. V." in text_of(page_of(small, "/de/network/network/verbund"))
