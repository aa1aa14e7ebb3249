"""A candidate store: made anew, or as a hard-linked copy of its parent with the difference applied."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from errno import EXDEV
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.names import RDF, XSD

_TEXTS = (ox.NamedNode(XSD + "string"), ox.NamedNode(RDF + "langString"))


def quads_of(store: ox.Store) -> set[ox.Quad]:
    """Return what the named graphs of `store` say; the default graph only repeats it."""
    return {quad for graph in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, graph)}


def as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return the quads as a store gives them back: it keeps numbers and dates as values, "1.50" as "1.5"."""
    quads, store = set(quads), ox.Store()
    typed = {quad for quad in quads if isinstance(quad.object, ox.Literal) and quad.object.datatype not in _TEXTS}
    store.bulk_extend(typed)
    return (quads - typed) | set(store)


def make_store(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write a store with all `quads`, and each distinct triple once more in the default graph."""
    store = ox.Store(folder)
    quads = list(quads)
    store.bulk_extend(quads)
    default = ox.DefaultGraph()
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, default) for triple in {quad.triple for quad in quads}
    )
    store.optimize()
    store.flush()


def link_store(parent: Path, folder: Path) -> None:
    """Copy a store by hard links: its tables never change. The few small files are copied, and all to another disk."""
    folder.mkdir(parents=True)
    for path in parent.iterdir():
        if path.name == "LOCK" or path.name.startswith("LOG"):
            continue
        if path.suffix != ".sst" or not _linked(path, folder / path.name):
            shutil.copy2(path, folder / path.name)


def _linked(path: Path, copy: Path) -> bool:
    try:
        os.link(path, copy)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        return False
    return True


def apply_difference(folder: Path, added: set[ox.Quad], removed: set[ox.Quad]) -> None:
    """Change the store in `folder`; a triple leaves the default graph with the last graph that says it."""
    store = ox.Store(folder)
    default = ox.DefaultGraph()
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    for triple in {quad.triple for quad in removed}:
        if not any(
            quad.graph_name != default
            for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        ):
            store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, default))
    store.extend(ox.Quad(q.subject, q.predicate, q.object, default) for q in added)
    for graph in {quad.graph_name for quad in removed}:
        if next(iter(store.quads_for_pattern(None, None, None, graph)), None) is None:
            store.remove_graph(graph)
    store.flush()
