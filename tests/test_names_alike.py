"""Things entered twice under nearly the same name are found; what only sounds alike, or was decided, is not."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.gate.findings import Finding
from sorgenetz.gate.gate import examine
from sorgenetz.gate.names_alike import SHAPE, likeness, names_alike, normalised
from sorgenetz.names import GRAPH, GRAPH_SOURCES, PREFIXES, short
from sorgenetz.releases.candidate import make_store
from sorgenetz.sources.decisions import read_decisions

BUNDLE = find_bundle()
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
AWO = """organisation:awo-koeln a sn:Organisation ; rdfs:label "AWO Kreisverband Köln e. V."@de ;
  sn:basedIn municipality:05315000 .
organisation:awo-koeln-ev a sn:Organisation ; rdfs:label "Kreisverband Koeln AWO"@de ;
  sn:basedIn municipality:05315000 .
"""


def quads_of(turtle: str, graph: str = GRAPH + "case-high") -> list[ox.Quad]:
    home = ox.NamedNode(graph)
    return [ox.Quad(*quad.triple, home) for quad in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def alike(tmp_path: Path, turtle: str, decisions: str = "") -> list[Finding]:
    decided = read_decisions(tmp_path / "decisions.csv", "a,b,decision,reason\n" + decisions)
    make_store(tmp_path / "store", [*quads_of(turtle), *decided])
    return names_alike(tmp_path / "store", BUNDLE.queries)


def pair(one: str, other: str, place: str = "municipality:05315000", elsewhere: str = "", kind: str = "") -> str:
    return f"""initiative:a a sn:Initiative ; rdfs:label "{one}"@de ; sn:locatedIn {place} .
        initiative:b a {kind or "sn:Initiative"} ; rdfs:label "{other}"@de ; sn:locatedIn {elsewhere or place} ."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bürger für Bürger e. V.", "Buerger fuer Buerger"),
        ("Haus für Alle gGmbH", "Haus für alle GmbH"),
        ("Nachbarschaftshilfe Musterdorf", "Musterdorf: Nachbarschaftshilfe"),
        ("Sorgende Gemeinschaft Musterdorf", "Sorgende Gemeinschaften Musterdorf"),
        ("Senioren-Netzwerk (Chorweiler)", "Senioren Netzwerk Chorweiler"),
    ],
)
def test_one_thing_entered_twice_is_found(tmp_path: Path, one: str, other: str) -> None:
    [finding] = alike(tmp_path, pair(one, other))
    # The same name, but for case, form and order of words, blocks; a letter more or less warns.
    assert finding.blocks == (one != "Sorgende Gemeinschaft Musterdorf")
    assert (short(finding.thing), short(finding.value)) == ("initiative:a", "initiative:b")
    for language in ("de", "en"):
        text = finding.text(language)
        assert finding.thing in text and finding.value in text and one in text and other in text and "100" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kümmerei am Markt", "Gesundheitskiosk am Markt"),
        ("Quartiersprojekt 1", "Quartiersprojekt 2"),
        ("St. Josef, Pfarrgemeinde", "St. Anna, Pfarrgemeinde"),
    ],
)
def test_other_names_are_not_found(tmp_path: Path, one: str, other: str) -> None:
    assert alike(tmp_path, pair(one, other)) == []


def test_the_same_name_in_two_towns_is_two_things(tmp_path: Path) -> None:
    assert alike(tmp_path, pair("Kümmerei", "Kümmerei", elsewhere="municipality:09780147")) == []


def test_branches_in_different_towns_are_never_alike(tmp_path: Path) -> None:
    towns = {"05315000": "Köln", "05113000": "Essen", "05911000": "Bochum", "05913000": "Dortmund"}
    turtle = "\n".join(
        f'organisation:caritas-{key} a sn:Organisation ; rdfs:label "Caritasverband {name} e. V."@de ; '
        f'skos:altLabel "Caritas"@de ; sn:basedIn municipality:{key} .'
        for key, name in towns.items()
    )
    unplaced = 'organisation:x a sn:Organisation ; rdfs:label "Caritasverband Kölln"@de .\n'
    assert alike(tmp_path, turtle + unplaced) == []


def test_an_initiative_and_its_association_may_share_a_name(tmp_path: Path) -> None:
    assert alike(tmp_path, pair("GenoEifel", "GenoEifel eG", kind="sn:Organisation")) == []


def test_a_quarter_is_in_the_same_place_as_its_town(tmp_path: Path) -> None:
    turtle = "quarter:q a sn:Quarter ; sn:partOf municipality:05315000 ."
    assert len(alike(tmp_path, turtle + pair("Kümmerei", "Kümmerei", elsewhere="quarter:q"))) == 1


def test_without_a_place_only_the_same_name_counts(tmp_path: Path) -> None:
    turtle = """organisation:a a sn:Organisation ; rdfs:label "Stiftung Wohnen im Alter"@de .
        organisation:b a sn:Organisation ; rdfs:label "Stiftung Wohnen im Alter e. V."@de .
        organisation:c a sn:Organisation ; rdfs:label "Stiftung Wohnung im Alter"@de ."""
    [finding] = alike(tmp_path, turtle)
    assert short(finding.value) == "organisation:b"


def test_what_was_decided_is_not_found_again(tmp_path: Path) -> None:
    for folder in ("open", "told", "table"):
        (tmp_path / folder).mkdir()
    assert len(alike(tmp_path / "open", AWO)) == 1
    assert alike(tmp_path / "told", AWO + "organisation:awo-koeln-ev owl:differentFrom organisation:awo-koeln .") == []
    row = "organisation:awo-koeln-ev,organisation:awo-koeln,different,two\n"
    assert alike(tmp_path / "table", AWO, row) == []


def test_a_change_of_sources_alone_keeps_what_was_found(tmp_path: Path) -> None:
    make_store(tmp_path / "store", quads_of(AWO))
    kept = Finding("Warning", "urn:a", "Ähnlich.", "Alike.", SHAPE)
    changed = quads_of('source:s sn:note "x"@de .', GRAPH_SOURCES)
    found = examine(tmp_path / "store", changed, BUNDLE.queries, before=[kept], compare_names=True)
    assert [one for one in found if one.shape == SHAPE] == [kept]
    found = examine(tmp_path / "store", quads_of(AWO), BUNDLE.queries, before=[kept], compare_names=True)
    assert [short(one.value) for one in found if one.shape == SHAPE] == ["organisation:awo-koeln-ev"]


def test_the_published_data_are_compared_soon_and_hold_no_pair_that_was_decided(published_store: Path) -> None:
    began = time.process_time()
    found = names_alike(published_store, BUNDLE.queries)
    assert time.process_time() - began < 2
    named = {short(name) for one in found for name in (one.thing, one.value)}
    assert not named & {"organisation:seniorenbuero-bochum-ost", "initiative:seniorenbuero-ost-bochum",
                        "initiative:diekuemmerei-koeln", "initiative:kuemmerei-sulzberg"}  # fmt: skip


def test_likeness_is_nothing_when_numbers_differ() -> None:
    assert likeness(normalised("Haus 1"), normalised("Haus 2")) == 0
    assert likeness(normalised("Haus Ä"), normalised("haus ae")) == 100
