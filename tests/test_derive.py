"""What the rules add: what follows, once, marked with the rule it comes from, and nothing that was said already."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE, GRAPH_DERIVED, ID, PREFIXES, PROV
from sorgenetz.releases.derive import derived_quads
from sorgenetz.sources.authored import read_bundle

QUERIES = find_bundle().queries
RULES = Library(QUERIES).derivations()
SAID = ox.NamedNode(PREFIXES["graph"] + "case-high")


def derived_from(turtle: str) -> set[ox.Triple]:
    """Return what the rules say of our things and concepts, without what they say of themselves."""
    prefixes = "".join(f"@prefix {name}: <{start}> .\n" for name, start in PREFIXES.items())
    quads = [ox.Quad(*q.triple, SAID) for q in ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE)]
    found = derived_quads(quads, QUERIES)
    assert {quad.graph_name.value for quad in found} == {GRAPH_DERIVED}
    return {quad.triple for quad in found if quad.subject.value.startswith(ID)}


def triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    def node(name: str) -> ox.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    return ox.Triple(node(subject), node(predicate), value if isinstance(value, ox.Literal) else node(value))


def test_a_thing_belongs_to_all_classes_above_its_own_in_our_ontology() -> None:
    found = derived_from("""
      sn:Municipality rdfs:subClassOf sn:AdministrativeArea .
      sn:AdministrativeArea rdfs:subClassOf sn:Place, schema:Place .
      municipality:05113000 a sn:Municipality . kreis:05113 a sn:Kreis .
      municipality:05315000 a sn:Municipality, sn:Place .
    """)
    assert found == {
        triple("municipality:05113000", "rdf:type", "sn:AdministrativeArea"),
        triple("municipality:05113000", "rdf:type", "sn:Place"),
        triple("municipality:05315000", "rdf:type", "sn:AdministrativeArea"),
    }


def test_a_concept_is_labelled_by_its_preferred_label_in_each_language() -> None:
    found = derived_from(
        'barrier:language skos:prefLabel "sprachlich"@de, "language"@en ; skos:altLabel "Sprache"@de .'
    )
    assert found == {
        triple("barrier:language", "rdfs:label", ox.Literal("sprachlich", language="de")),
        triple("barrier:language", "rdfs:label", ox.Literal("language", language="en")),
    }


def test_the_derived_graph_names_each_rule_it_comes_from() -> None:
    named = {q.object.value for q in derived_quads([], QUERIES) if q.predicate.value == PROV + "wasDerivedFrom"}
    assert named == {f"{BASE}rule/{rule.name}" for rule in RULES}


@pytest.fixture(scope="module")
def authored() -> set[ox.Quad]:
    return read_bundle(find_bundle()).quads


def test_on_all_data_the_rules_are_quick_agree_with_themselves_and_repeat_nothing(authored: set[ox.Quad]) -> None:
    began = time.process_time()
    found = derived_quads(authored, QUERIES)
    # About a second, most of it loading; a rule that starts over for each thing takes minutes.
    assert time.process_time() - began < 5
    assert 20_000 < len(found) < 120_000
    assert not {quad.triple for quad in found} & {quad.triple for quad in authored}
    again = derived_quads(authored | found, QUERIES)
    assert {q for q in again if q not in found} == set()


def test_what_lies_in_a_place_is_within_every_place_above_it() -> None:
    found = derived_from("""
      initiative:a a sn:Initiative ; sn:locatedIn quarter:q . quarter:q a sn:Place ; sn:partOf municipality:05315000 .
      municipality:05315000 a sn:Place ; sn:partOf land:05 . land:05 a sn:Place .
    """)
    assert {t for t in found if t.predicate.value.endswith("#within")} == {
        triple("initiative:a", "sn:within", place) for place in ("quarter:q", "municipality:05315000", "land:05")
    }


def test_who_takes_part_in_the_same_initiative_works_together_and_who_only_funds_does_not() -> None:
    found = derived_from("""
      initiative:a a sn:Initiative . event:e a sn:Event .
      participation:1 sn:in initiative:a ; sn:actor organisation:one ; sn:role role:carrier .
      participation:2 sn:in initiative:a ; sn:actor organisation:two ; sn:role role:partner .
      participation:3 sn:in initiative:a ; sn:actor organisation:bank ; sn:role role:funder .
      participation:4 sn:in event:e ; sn:actor organisation:bank ; sn:role role:host .
    """)
    assert found == {
        triple("organisation:one", "sn:worksWith", "organisation:two"),
        triple("organisation:two", "sn:worksWith", "organisation:one"),
    }


def test_municipalities_with_initiatives_are_near_up_to_25_kilometres() -> None:
    points = {
        "05513000": "7.0965 51.5051",
        "05113000": "7.0123 51.4566",
        "05315000": "6.95 50.9333",
        "05112000": "6.76 51.43",
    }
    found = derived_from(
        "".join(
            f'municipality:{key} a sn:Municipality, sn:Place ; sn:point "POINT({point})"^^geo:wktLiteral .'
            + (f" initiative:i{key} a sn:Initiative ; sn:locatedIn municipality:{key} ." if key != "05112000" else "")
            for key, point in points.items()
        )
    )
    assert {t for t in found if t.predicate.value.endswith("#near")} == {
        triple("municipality:05513000", "sn:near", "municipality:05113000"),
        triple("municipality:05113000", "sn:near", "municipality:05513000"),
    }
