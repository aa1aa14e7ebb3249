"""All authored files of a bundle as quads, with the file that each thing was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.errors import FileBroken, SorgenetzError
from sorgenetz.names import GRAPH_ONTOLOGY, GRAPH_SHAPES, GRAPH_SOURCES
from sorgenetz.sources.places import read_places
from sorgenetz.sources.rdf_files import read_rdf_file, with_stable_blank_nodes


@dataclass
class Authored:
    """What the files say, file by file; where each name first stands; and the errors of files that cannot be read."""

    by_file: dict[Path, list[ox.Quad]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    broken: list[SorgenetzError] = field(default_factory=list)

    @cached_property
    def quads(self) -> set[ox.Quad]:
        """Return what all files say together."""
        return {quad for quads in self.by_file.values() for quad in quads}

    def add(self, path: Path, quads: list[ox.Quad]) -> None:
        """Take in what a file says. The ontology and the register come first, so what they define counts as theirs."""
        self.by_file[path] = quads
        for quad in quads:
            for name in (quad.subject, quad.predicate, quad.graph_name):
                if isinstance(name, ox.NamedNode):
                    self.files.setdefault(name.value, path)


def authored_files(bundle: Bundle) -> Iterator[tuple[Path, str | None]]:
    """Yield each RDF file of the bundle in stable order, with the graph that its triples go into."""
    for folder, graph in ((bundle.ontology, GRAPH_ONTOLOGY), (bundle.shapes, GRAPH_SHAPES)):
        yield from ((path, graph) for path in sorted(folder.rglob("*.ttl")))
    yield from ((path, GRAPH_SOURCES) for path in sorted(bundle.data.rglob("*.ttl")))
    yield from ((path, None) for path in sorted(bundle.data.rglob("*.trig")))


def read_bundle(bundle: Bundle, on_file: Callable[[Path], None] = lambda path: None) -> Authored:
    """Return all that the bundle's files say; a broken file is noted and the others are read all the same."""
    authored = Authored()
    for path, graph in authored_files(bundle):
        on_file(path)
        try:
            quads = read_rdf_file(path, graph)
            for quad in quads:
                if isinstance(quad.graph_name, ox.DefaultGraph):
                    raise _outside_a_graph(path, quad)
            authored.add(path, with_stable_blank_nodes(quads, path.relative_to(bundle.root).as_posix()))
        except SorgenetzError as error:
            authored.broken.append(error)
    try:
        for path, quads in read_places(bundle.data / "places").items():
            on_file(path)
            authored.add(path, quads)
    except SorgenetzError as error:
        authored.broken.append(error)
    return authored


def _outside_a_graph(path: Path, quad: ox.Quad) -> FileBroken:
    reason = "a statement outside a graph; put it into graph:<source>-<confidence> { … }"
    return FileBroken(file=path, line=1, column=1, reason=reason, shown=str(quad)[:120])


def input_digest(bundle: Bundle, version: str) -> str:
    """Return the SHA-256 over the names and bytes of all files that a release is built from."""
    digest = sha256(version.encode())
    for folder in (bundle.ontology, bundle.shapes, bundle.data, bundle.queries):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".ttl", ".trig", ".csv", ".rq"):
                digest.update(path.relative_to(bundle.root).as_posix().encode() + b"\0")
                digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
