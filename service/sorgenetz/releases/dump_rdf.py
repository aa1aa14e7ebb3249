"""All statements of a release as one RDF file: canonical N-Quads, or TriG that people can read."""

from __future__ import annotations

import gzip
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedWriter
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from sorgenetz.names import PREFIXES, RDF

# Lines that are sorted in memory at a time; beyond that, sorted pieces wait on disk and are merged.
LINES_IN_MEMORY = 250_000
PACKING = 6
# Line by line, packing takes three times as long.
PACKED_AT_ONCE = 1 << 18
_TYPE = f" <{RDF}type> ".encode()


class Statements:
    """What the named graphs of a store say, blank nodes under their canonical labels (RDFC-1.0).

    The store is read once, into a file that is gone at the end of the `with` block.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._text = tempfile.TemporaryFile()  # noqa: SIM115
        self._places: dict[ox.NamedNode, tuple[int, int]] = {}
        suspects = []
        for graph in sorted(store.named_graphs(), key=str):
            text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            self._places[graph] = (self._text.tell(), len(text))
            self._text.write(text)
            if b"_:" in text:
                suspects.append(graph)
        # Only quads with a blank node have a say in the labels; the text "_:" in a literal costs time, nothing else.
        self._relabelled = ox.Dataset(quad for graph in suspects for quad in self._read(graph, True))
        self._relabelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        self._suspects = set(suspects)

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, *raised: object) -> None:
        self._text.close()

    @property
    def graphs(self) -> list[ox.NamedNode]:
        """Return the graphs in code point order."""
        return list(self._places)

    def of(self, graph: ox.NamedNode) -> list[bytes]:
        """Return what `graph` says as lines of canonical N-Quads, in no order."""
        if graph in self._suspects:
            quads = chain(self._read(graph, False), self._relabelled.quads_for_graph_name(graph))
            return [f"{quad} .\n".encode() for quad in quads]
        start, length = self._places[graph]
        self._text.seek(start)
        end = f"{graph} .\n".encode()
        return [line[:-1] + end for line in self._text.read(length).split(b"\n")[:-1]]

    def _read(self, graph: ox.NamedNode, with_blank_node: bool) -> Iterator[ox.Quad]:
        for quad in self._store.quads_for_pattern(None, None, None, graph):
            if (type(quad.subject) is ox.BlankNode or type(quad.object) is ox.BlankNode) == with_blank_node:
                yield quad


def write_n_quads(said: Statements, path: Path, lines_in_memory: int = LINES_IN_MEMORY) -> None:
    """Write all statements as canonical N-Quads in code point order (RDFC-1.0, 5), packed."""
    lines = (line for graph in said.graphs for line in said.of(graph))
    with ExitStack() as opened, packed(path) as file:
        pieces: list[Iterable[bytes]] = []
        # UTF-8 sorts as its code points do.
        while piece := sorted(islice(lines, lines_in_memory)):
            pieces.append(piece if len(piece) < lines_in_memory else _on_disk(piece, opened))
        file.writelines(pieces[0] if len(pieces) == 1 else heapq.merge(*pieces))


def write_trig(said: Statements, path: Path) -> None:
    """Write the same as TriG, packed: one block per graph, subjects in order, the class of each first.

    The largest graph is held in memory, no more than that.
    """
    quads = (
        quad
        for graph in said.graphs
        for quad in ox.parse(b"".join(sorted(said.of(graph), key=_reading_order)), format=ox.RdfFormat.N_QUADS)
    )
    with packed(path) as file:
        ox.serialize(quads, file, ox.RdfFormat.TRIG, prefixes=PREFIXES)


@contextmanager
def packed(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing through gzip, without a time or a name in it: the same content, the same bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", PACKING, raw, mtime=0) as packing,
        BufferedWriter(packing, PACKED_AT_ONCE) as file,
    ):
        yield file


def _reading_order(line: bytes) -> bytes:
    """Return a key by which x stands before x-1, and the class of a thing before its other properties."""
    return line.replace(b">", b"", 1).replace(_TYPE, b"  ", 1)


def _on_disk(piece: list[bytes], opened: ExitStack) -> Iterable[bytes]:
    file = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    file.writelines(piece)
    file.seek(0)
    return file
