"""Rules that say what follows from the sources; what they find stands in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.library.registry import Library
from sorgenetz.names import DCT, GRAPH_DERIVED, PROV, RULE


def derived_quads(quads: Iterable[ox.Quad], queries: Path) -> set[ox.Quad]:
    """Return what each CONSTRUCT rule of queries/derive finds in `quads`, and which rules there were."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple, ox.DefaultGraph()) for triple in {quad.triple for quad in quads})
    graph = ox.NamedNode(GRAPH_DERIVED)
    found: set[ox.Quad] = set()
    for rule in Library(queries).derivations():
        fresh = {ox.Quad(*triple, graph) for triple in store.query(rule.query)}
        store.extend(ox.Quad(*quad.triple, ox.DefaultGraph()) for quad in fresh)
        found |= fresh
        name = ox.NamedNode(RULE + rule.name)
        found.add(ox.Quad(graph, ox.NamedNode(PROV + "wasDerivedFrom"), name, graph))
        for language in ("de", "en"):
            text = ox.Literal(rule.title(language), language=language)
            found.add(ox.Quad(name, ox.NamedNode(DCT + "description"), text, graph))
    return found
