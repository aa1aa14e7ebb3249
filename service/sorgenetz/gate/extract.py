"""The small part of a candidate that the shapes need to judge some of its things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox
import rdflib

from sorgenetz.names import GRAPH_ONTOLOGY, GRAPH_SHAPES, RDF, RDFS, SHAPES, SKOS

_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF + "type")
# What the shapes ask of a neighbour: its classes, its scheme, its name.
_OF_NEIGHBOURS = (_TYPE, ox.NamedNode(SKOS + "inScheme"), ox.NamedNode(RDFS + "label"))


@lru_cache(200_000)
def to_rdflib(term: object) -> rdflib.term.Node:
    """Return the same term for rdflib."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def neighbourhood(store: ox.Store, things: Iterable[str]) -> rdflib.Graph:
    """Return the statements of `things`, those that point at them, and the classes and names of their neighbours."""
    triples: set[ox.Triple] = set()
    neighbours: set[ox.NamedNode] = set()
    for thing in map(ox.NamedNode, things):
        for quad in store.quads_for_pattern(thing, None, None, _DEFAULT):
            triples.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode) and quad.predicate != _TYPE:
                neighbours.add(quad.object)
        for quad in store.quads_for_pattern(None, None, thing, _DEFAULT):
            triples.add(quad.triple)
            if isinstance(quad.subject, ox.NamedNode):
                neighbours.add(quad.subject)
    for neighbour in neighbours:
        for predicate in _OF_NEIGHBOURS:
            triples.update(quad.triple for quad in store.quads_for_pattern(neighbour, predicate, None, _DEFAULT))
    return as_graph(triples)


def as_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return the triples as an rdflib graph."""
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    return graph


def marked_terms_and_graphs(quads: Iterable[ox.Quad]) -> tuple[set[str], set[str]]:
    """Return which terms and which named graphs `quads` use; ontology and shapes may say what they like of terms."""
    terms, graphs = set(), set()
    for quad in quads:
        graphs.add(quad.graph_name.value)
        if quad.graph_name.value in (GRAPH_ONTOLOGY, GRAPH_SHAPES):
            continue
        terms.add(quad.predicate.value)
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            terms.add(quad.object.value)
    return terms, graphs


def mark(graph: rdflib.Graph, terms: Iterable[str], graphs: Iterable[str]) -> None:
    """Say in `graph` which terms and named graphs are in use, for the shapes of these names: each is its class."""
    for kind, names in (("UsedTerm", terms), ("UsedGraph", graphs)):
        for name in names:
            graph.add((rdflib.URIRef(name), rdflib.RDF.type, rdflib.URIRef(SHAPES + kind)))
