"""The numbered sources of a page: who says a statement, when it was read, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader
from sorgenetz.names import DCT, GRAPH_DERIVED, ID, RDFS, SN
from sorgenetz.terms import Term


@dataclass(frozen=True)
class Source:
    """One source with one confidence."""

    graph: str
    iri: str
    label: str
    lang: str
    confidence: str
    publisher: str = ""
    url: str = ""
    retrieved: Term | None = None
    issued: Term | None = None
    as_of: Term | None = None
    license: str = ""
    note: str = ""
    derived: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """Return what makes this source another one to the reader."""
        return (self.iri or self.graph, self.confidence, self.derived)


@dataclass
class Citations:
    """The sources of one page: all graphs that speak on it, numbered as the page first cites them."""

    known: dict[str, Source] = field(default_factory=dict)
    _seen: dict[str, None] = field(default_factory=dict)
    _numbers: dict[tuple[str, str, bool], int] = field(default_factory=dict)
    _first: dict[int, Source] = field(default_factory=dict)

    def marks(self, graphs: Iterable[str]) -> tuple[str, ...]:
        """Return `graphs` in a lasting order, and remember that they speak on the page."""
        ordered = tuple(sorted(set(graphs)))
        self._seen.update(dict.fromkeys(ordered))
        return ordered

    def look_up(self, reader: Reader) -> None:
        """Find out who speaks in the graphs seen so far."""
        self.known = sources_of(reader, list(self._seen))

    def cite(self, marks: Iterable[str]) -> list[tuple[int, Source]]:
        """Return the sources behind marks with their numbers; a source gets its number when it is first cited.

        Two graphs in which the same source speaks with the same confidence are one source to the reader.
        """
        cited = {}
        for graph in marks:
            source = self.known[graph]
            number = self._numbers.setdefault(source.key, len(self._numbers) + 1)
            self._first.setdefault(number, source)
            cited[number] = self._first[number]
        return sorted(cited.items())

    def cited(self) -> list[tuple[int, Source]]:
        """Return all sources cited so far, by number."""
        return sorted(self._first.items())


def sources_of(reader: Reader, graphs: list[str]) -> dict[str, Source]:
    """Return who speaks in each graph; a graph that nobody registered stands for itself, its confidence open."""
    said: dict[str, dict[str, list[Term]]] = {graph: {} for graph in graphs}
    head: dict[str, tuple[str, str]] = {}
    for row in reader.ask("graphs", graph=graphs) if graphs else ():
        graph = row["graph"].value
        confidence = row["confidence"].value if "confidence" in row else ""
        head[graph] = (row["source"].value, confidence.removeprefix(ID + "confidence/"))
        said[graph].setdefault(row["p"].value, []).append(row["o"])
    return {graph: _source(reader, graph, head.get(graph), said[graph]) for graph in graphs}


def _source(reader: Reader, graph: str, head: tuple[str, str] | None, said: dict[str, list[Term]]) -> Source:
    if head is None:
        return Source(graph, "", local_name(graph), "", "")
    label = reader.best(said.get(RDFS + "label", ()))
    publisher = reader.best(term for term in said.get(DCT + "publisher", ()) if term.kind == "literal")
    note = reader.best(said.get(SN + "sourceNote", ()))
    return Source(
        graph,
        head[0],
        label.value if label else local_name(head[0]),
        reader.foreign(label) if label else "",
        head[1],
        publisher.value if publisher else "",
        _first(said, SN + "url"),
        _term(said, SN + "retrieved"),
        _term(said, DCT + "issued"),
        _term(said, SN + "asOf"),
        _first(said, DCT + "license"),
        note.value if note else "",
        derived=graph == GRAPH_DERIVED,
    )


def _term(said: dict[str, list[Term]], name: str) -> Term | None:
    return max(said.get(name, ()), key=lambda term: term.value, default=None)


def _first(said: dict[str, list[Term]], name: str) -> str:
    return min((term.value for term in said.get(name, ())), default="")
