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
    """One source with one confidence, under the number that its marks on the page have."""

    number: int
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
    notes: tuple[str, ...] = ()
    derived: bool = False


@dataclass
class Numbering:
    """Gives each graph a number at its first use."""

    numbers: dict[str, int] = field(default_factory=dict)

    def marks(self, graphs: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of `graphs`, each once, in order."""
        return tuple(sorted(self.numbers.setdefault(graph, len(self.numbers) + 1) for graph in sorted(set(graphs))))

    def sources(self, reader: Reader) -> list[Source]:
        """Return the sources in the order of their numbers."""
        found = sources_of(reader, self.numbers)
        return [found[graph] for graph in self.numbers]


def sources_of(reader: Reader, numbers: dict[str, int]) -> dict[str, Source]:
    """Return who speaks in each graph; a graph that nobody registered stands for itself, its confidence open."""
    said: dict[str, dict[str, list[Term]]] = {graph: {} for graph in numbers}
    head: dict[str, tuple[str, str]] = {}
    for row in reader.ask("graphs", graph=list(numbers)) if numbers else ():
        graph = row["graph"].value
        confidence = row["confidence"].value if "confidence" in row else ""
        head[graph] = (row["source"].value, confidence.removeprefix(ID + "confidence/"))
        said[graph].setdefault(row["p"].value, []).append(row["o"])
    return {graph: _source(reader, graph, number, head.get(graph), said[graph]) for graph, number in numbers.items()}


def _source(
    reader: Reader, graph: str, number: int, head: tuple[str, str] | None, said: dict[str, list[Term]]
) -> Source:
    if head is None:
        return Source(number, graph, "", local_name(graph), "", "")
    label = reader.best(said.get(RDFS + "label", ()))
    publisher = reader.best(term for term in said.get(DCT + "publisher", ()) if term.kind == "literal")
    notes = [reader.best(said[name]) for name in (SN + "licenceNote", SN + "sourceNote") if name in said]
    return Source(
        number,
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
        tuple(note.value for note in notes if note),
        derived=graph == GRAPH_DERIVED,
    )


def _term(said: dict[str, list[Term]], name: str) -> Term | None:
    return max(said.get(name, ()), key=lambda term: term.value, default=None)


def _first(said: dict[str, list[Term]], name: str) -> str:
    return min((term.value for term in said.get(name, ())), default="")
