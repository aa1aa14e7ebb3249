"""What the pitfall scanner OOPS! (https://oops.linkeddata.es) would say of the ontology, asked without a network.

Each test names the pitfalls it stands for; those that FOOPS! asks too stand in test_ontology_fair.py.
"""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from authored_ontology import (
    CLASSES,
    DOMAINS,
    HEADER,
    PROPERTIES,
    PROPERTY_KINDS,
    RANGES,
    ROOT,
    TERMS,
    core,
    ends,
    everything,
    local,
    typed,
)  # fmt: skip
from rdflib import URIRef
from rdflib import namespace as known_namespaces
from rdflib.namespace import OWL, RDF, RDFS, SKOS, DefinedNamespace
from rdflib.term import Literal, Node

from sorgenetz.names import ONTOLOGY, SN

# They can stand at any thing, or lead to any thing; their definitions say so.
OPEN_DOMAIN = {"targetGroup", "relatedTo", "activity", "order"}
OPEN_RANGE = {"relatedTo", "about", "concerns", "figureOf", "geonames"}


def test_oops_p02_p12_no_synonyms_and_no_unstated_equivalents() -> None:
    for terms in (CLASSES, PROPERTIES):
        labels = [(str(text).casefold(), text.language) for term in terms for text in core().objects(term, RDFS.label)]
        assert len(labels) == len(set(labels))


def test_oops_p03_no_relation_called_is() -> None:
    assert not {local(term) for term in PROPERTIES} & {"is", "isA", "kindOf", "subClassOf"}


@pytest.mark.parametrize("term", sorted(CLASSES), ids=local)
def test_oops_p04_no_orphan_class(term: URIRef) -> None:
    tied = set(core().subjects(RDFS.subClassOf, term)) | set(core().objects(term, RDFS.subClassOf))
    tied |= {p for p in PROPERTIES if term in ends(p, DOMAINS) | ends(p, RANGES)}
    assert tied


def test_oops_p05_p13_p25_inverses_are_stated_with_swapped_ends_and_never_of_oneself() -> None:
    for one, other in core().subject_objects(OWL.inverseOf):
        assert one != other
        assert ends(one, DOMAINS) == ends(other, RANGES) and ends(one, RANGES) == ends(other, DOMAINS)
    # Each relation is stated in one direction (ontology/README.md): no pair of relations says the same both ways.
    named = [str(text).casefold() for p in PROPERTIES for text in core().objects(p, RDFS.label)]
    assert not [label for label in named if f"has {label}" in named or f"{label} of" in named]


def test_oops_p06_no_cycles_and_no_class_below_itself() -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in TERMS:
            above = [up for parent in core().objects(term, predicate)
                     for up in core().transitive_objects(parent, predicate)]  # fmt: skip
            assert term not in above


def test_oops_p07_p21_no_class_merges_two_or_holds_the_rest() -> None:
    for term in CLASSES:
        assert not re.search(r"And[A-Z]|Or[A-Z]|^Other|^Misc|Various", local(term))


def test_oops_p10_disjointness_is_stated_and_holds_in_the_data() -> None:
    pairs = set(core().subject_objects(OWL.disjointWith))
    assert pairs and all(one in CLASSES and other in CLASSES and one != other for one, other in pairs)
    above = {term: set(core().transitive_objects(term, RDFS.subClassOf)) for term in CLASSES}
    assert not [(a, b) for a, b in pairs if any({a, b} <= ups for ups in above.values())]
    held: dict[str, set[Node]] = {}
    for file in (ROOT / "data").rglob("*.trig"):
        for quad in ox.parse(path=file):
            if quad.predicate.value == str(RDF.type) and URIRef(quad.object.value) in CLASSES:
                held.setdefault(quad.subject.value, set()).update(above[URIRef(quad.object.value)])
    assert len(held) > 1000
    assert not [thing for thing, classes in held.items() for a, b in pairs if a in classes and b in classes]


@pytest.mark.parametrize("term", sorted(PROPERTIES), ids=local)
def test_oops_p11_domain_and_range_are_stated(term: URIRef) -> None:
    assert bool(ends(term, DOMAINS)) != (local(term) in OPEN_DOMAIN)
    assert bool(ends(term, RANGES)) != (local(term) in OPEN_RANGE)


@pytest.mark.parametrize("term", sorted(PROPERTIES), ids=local)
def test_oops_p19_several_domains_or_ranges_never_mean_their_intersection(term: URIRef) -> None:
    for strict, loose in (DOMAINS, RANGES):
        several = list(core().objects(term, strict))
        assert len(several) <= 1 and not (several and list(core().objects(term, loose)))
        assert len(list(core().objects(term, loose))) != 1


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_oops_p20_p24_annotations_are_not_mixed_up_and_define_by_other_words(term: URIRef) -> None:
    texts = [str(text) for p in (RDFS.label, SKOS.definition) for text in core().objects(term, p)]
    definitions = {str(text).rstrip(".").casefold() for text in core().objects(term, SKOS.definition)}
    assert all(texts) and not definitions & {str(text).casefold() for text in core().objects(term, RDFS.label)}
    assert all(len(str(text)) < 60 for text in core().objects(term, RDFS.label))


def test_oops_p22_names_follow_one_style() -> None:
    assert all(re.fullmatch(r"(?:[A-Z][a-z]+)+", local(term)) for term in CLASSES)
    assert all(re.fullmatch(r"[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)*", local(term)) for term in PROPERTIES)


def test_oops_p28_p29_symmetric_and_transitive_relations_have_equal_ends() -> None:
    for term in typed(OWL.SymmetricProperty, OWL.TransitiveProperty):
        assert ends(term, DOMAINS) == ends(term, RANGES)


def test_oops_p27_p30_p31_nothing_is_called_equivalent() -> None:
    assert not list(everything().triples((None, OWL.equivalentClass, None)))
    assert not list(everything().triples((None, OWL.equivalentProperty, None)))


def test_oops_p34_p35_every_class_and_property_is_typed() -> None:
    graph = everything()
    used_as_class = {o for s, o in graph.subject_objects(RDFS.subClassOf)} | set(graph.subjects(RDFS.subClassOf))
    used_as_class |= {end for term in PROPERTIES for end in ends(term, DOMAINS)}
    used_as_property = set(graph.predicates())
    assert {term for term in used_as_class if term.startswith(SN)} <= CLASSES
    assert {term for term in used_as_property if term.startswith(SN)} <= PROPERTIES
    for term in PROPERTIES:
        assert len(set(core().objects(term, RDF.type)) & set(PROPERTY_KINDS)) == 1


def test_oops_p36_no_file_ending_in_the_iri() -> None:
    assert not re.search(r"\.(owl|rdf|ttl|n3|xml)$", ONTOLOGY)


def test_oops_p38_one_ontology_is_declared() -> None:
    assert list(everything().subjects(RDF.type, OWL.Ontology)) == [HEADER]


def test_oops_p40_foops_voc2_foreign_terms_exist_in_their_own_vocabularies() -> None:
    bundled = {
        str(space): space
        for space in vars(known_namespaces).values()
        if isinstance(space, type(DefinedNamespace)) and space is not DefinedNamespace
    }
    foreign = {node for triple in everything() for node in triple if isinstance(node, URIRef)}
    checked = 0
    for term in foreign:
        for base, space in bundled.items():
            name = str(term).removeprefix(base)
            if name and name != str(term) and re.fullmatch(r"\w+", name):
                assert name in space, f"{term} does not exist"
                checked += 1
    assert checked > 60


def test_every_text_has_a_language_and_every_iri_is_absolute() -> None:
    texts = {RDFS.label, SKOS.definition, SKOS.example, SKOS.scopeNote, SKOS.prefLabel, SKOS.altLabel}
    for _, predicate, value in everything():
        if predicate in texts:
            assert isinstance(value, Literal) and value.language in ("de", "en")
        if isinstance(value, URIRef):
            assert re.match(r"https?://", value)
