"""All authored files of a bundle as quads, with the file that each thing was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.errors import FileBroken, SorgenetzError
from sorgenetz.names import GRAPH_DERIVED, GRAPH_ONTOLOGY, GRAPH_QUESTIONS, GRAPH_SHAPES, GRAPH_SOURCES, PREFIXES, RDF
from sorgenetz.sources.decisions import read_decisions
from sorgenetz.sources.places import read_places
from sorgenetz.sources.rdf_files import line_of, parse_rdf, with_stable_blank_nodes
from sorgenetz.text_files import bytes_of, text_of

DECISIONS = "decisions.csv"
# What stands in these graphs the build makes, of rules and of the files of questions.
_MADE = (GRAPH_DERIVED, GRAPH_QUESTIONS)
_TYPE = ox.NamedNode(RDF + "type")


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
            # A class that nobody defines is found where it is first given.
            given = quad.object if quad.predicate == _TYPE else None
            for name in (quad.subject, quad.predicate, quad.graph_name, given):
                if isinstance(name, ox.NamedNode):
                    self.files.setdefault(name.value, path)

    def read(self, bundle: Bundle, path: Path, text: bytes | None = None) -> None:
        """Take in what the file at `path` says, or would say if `text` stood in it; if it is broken, note that."""
        try:
            text = bytes_of(path) if text is None else text
            if path.name == DECISIONS:
                self.add(path, read_decisions(path, text_of(path, text)))
                return
            quads = parse_rdf(path, text, _graph_of(bundle, path))
            for quad in quads:
                if isinstance(quad.graph_name, ox.DefaultGraph):
                    raise _misplaced(path, quad, "Aussage außerhalb eines Graphen", "a statement outside a graph")
                if quad.graph_name.value in _MADE:
                    raise _misplaced(
                        path, quad, "in diesen Graphen schreibt nur der Build", "the build alone writes into this graph"
                    )
            self.add(path, with_stable_blank_nodes(quads, path.relative_to(bundle.root).as_posix()))
        except SorgenetzError as error:
            self.broken.append(error)


def authored_files(bundle: Bundle) -> Iterator[Path]:
    """Yield each file of the bundle that holds statements, in the order of reading; tables of places come after."""
    for folder in (bundle.ontology, bundle.shapes, bundle.data):
        yield from sorted(folder.rglob("*.ttl"))
    yield from sorted(bundle.data.rglob("*.trig"))
    if (bundle.data / DECISIONS).is_file():
        yield bundle.data / DECISIONS


def _graph_of(bundle: Bundle, path: Path) -> str | None:
    """Return the graph that the triples of a file go into; None where the file itself says it."""
    if path.suffix != ".ttl":
        return None
    if path.is_relative_to(bundle.data):
        return GRAPH_SOURCES
    return GRAPH_ONTOLOGY if path.is_relative_to(bundle.ontology) else GRAPH_SHAPES


def read_bundle(bundle: Bundle) -> Authored:
    """Return all that the bundle's files say; a broken file is noted and the others are read all the same."""
    authored = Authored()
    for path in authored_files(bundle):
        authored.read(bundle, path)
    try:
        for path, quads in read_places(bundle.data / "places").items():
            authored.add(path, quads)
    except SorgenetzError as error:
        authored.broken.append(error)
    return authored


def _misplaced(path: Path, quad: ox.Quad, what_de: str, what_en: str) -> FileBroken:
    reason_de = f"{what_de}; sie gehört in graph:<Quelle>-<Verlässlichkeit> {{ … }}"
    reason = f"{what_en}; put it into graph:<source>-<confidence> {{ … }}"
    line = line_of(path, quad.subject.value, PREFIXES) if isinstance(quad.subject, ox.NamedNode) else None
    shown = str(quad)[:120]
    return FileBroken(file=path, line=line or 1, column=1, reason=reason, reason_de=reason_de, shown=shown)


def input_files(bundle: Bundle) -> Iterator[tuple[str, Path]]:
    """Yield name and path of all files that a release is built from, in stable order."""
    for folder in (bundle.ontology, bundle.shapes, bundle.data, bundle.queries):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".ttl", ".trig", ".csv", ".rq"):
                yield path.relative_to(bundle.root).as_posix(), path


def input_digest(bundle: Bundle, version: str) -> str:
    """Return the SHA-256 over the names and bytes of all files that a release is built from."""
    digest = sha256(version.encode())
    for name, path in input_files(bundle):
        digest.update(name.encode() + b"\0")
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
