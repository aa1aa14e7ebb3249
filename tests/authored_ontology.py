"""The ontology as its authors write it, and its terms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from sorgenetz.names import ONTOLOGY, SCHEMA

ROOT = Path(__file__).resolve().parent.parent
HEADER = URIRef(ONTOLOGY)
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
DOMAINS, RANGES = (RDFS.domain, URIRef(SCHEMA + "domainIncludes")), (RDFS.range, URIRef(SCHEMA + "rangeIncludes"))


@cache
def core() -> Graph:
    return Graph().parse(ROOT / "ontology/sorgenetz.ttl")


@cache
def everything() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(file)
    return graph


def typed(*kinds: Node) -> set[URIRef]:
    return {term for kind in kinds for term in core().subjects(RDF.type, kind)}


CLASSES, PROPERTIES = typed(OWL.Class), typed(*PROPERTY_KINDS)
TERMS = sorted(CLASSES | PROPERTIES)


def local(term: Node) -> str:
    return str(term).rpartition("#")[2]


def ends(term: URIRef, predicates: tuple[URIRef, ...]) -> set[Node]:
    return {value for predicate in predicates for value in core().objects(term, predicate)}
