"""All statements of a release as one RDF file: canonical N-Quads, or TriG that people can read."""

from __future__ import annotations

import gzip
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from sorgenetz.names import PREFIXES, RDF

# Lines that are sorted in memory at a time; beyond that, sorted pieces wait on disk and are merged.
LINES_IN_MEMORY = 250_000
PACKING = 6
_TYPE = ox.NamedNode(RDF + "type")


class Statements:
    """What the named graphs of a store say, blank nodes under their canonical labels (RDFC-1.0)."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.graphs = sorted(store.named_graphs(), key=str)
        # A quad without blank node has no say in the labels, so the others are all that has to be held.
        self._relabelled = ox.Dataset(quad for graph in self.graphs for quad in self._read(graph, True))
        self._relabelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def of(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield what `graph` says."""
        relabelled = list(self._relabelled.quads_for_graph_name(graph))
        if not relabelled:
            return self._store.quads_for_pattern(None, None, None, graph)
        return chain(self._read(graph, False), relabelled)

    def _read(self, graph: ox.NamedNode, with_blank_node: bool) -> Iterator[ox.Quad]:
        for quad in self._store.quads_for_pattern(None, None, None, graph):
            if (type(quad.subject) is ox.BlankNode or type(quad.object) is ox.BlankNode) == with_blank_node:
                yield quad


def write_n_quads(said: Statements, path: Path, lines_in_memory: int = LINES_IN_MEMORY) -> None:
    """Write all statements as canonical N-Quads in code point order (RDFC-1.0, 5), packed."""
    lines = (f"{quad} .\n" for graph in said.graphs for quad in said.of(graph))
    with ExitStack() as opened, packed(path) as file:
        pieces: list[Iterable[str]] = []
        while piece := sorted(islice(lines, lines_in_memory)):
            pieces.append(piece if len(piece) < lines_in_memory else _on_disk(piece, opened))
        for line in pieces[0] if len(pieces) == 1 else heapq.merge(*pieces):
            file.write(line.encode())


def write_trig(said: Statements, path: Path) -> None:
    """Write the same as TriG, packed: one block per graph, subjects in order, the class of each first.

    The largest graph is held in memory, no more than that.
    """
    quads = (quad for graph in said.graphs for quad in sorted(said.of(graph), key=_reading_order))
    with packed(path) as file:
        ox.serialize(quads, file, ox.RdfFormat.TRIG, prefixes=PREFIXES)


@contextmanager
def packed(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing through gzip, without a time or a name in it: the same content, the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", PACKING, raw, mtime=0) as file:
        yield file


def _reading_order(quad: ox.Quad) -> tuple[str, bool, str, str]:
    return str(quad.subject), quad.predicate != _TYPE, quad.predicate.value, str(quad.object)


def _on_disk(piece: list[str], opened: ExitStack) -> Iterable[str]:
    file = opened.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115
    file.writelines(piece)
    file.seek(0)
    return file
