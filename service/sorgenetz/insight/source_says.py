"""What one source says: how much, how sure, and of which things."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Named, Reader, Row
from sorgenetz.names import ID


@dataclass(frozen=True)
class SpokenOf:
    """A thing and how many statements the source makes of it."""

    thing: Named
    statements: int
    confidence: str


@dataclass(frozen=True)
class SourceSays:
    """The graphs of a source (graph, confidence, statements) and the things in them."""

    graphs: tuple[tuple[str, str, int], ...]
    things: tuple[SpokenOf, ...]
    complete: bool

    @property
    def statements(self) -> int:
        """Return how many statements the source makes in all."""
        return sum(count for _, _, count in self.graphs)


def source_says(reader: Reader, source: str) -> SourceSays:
    """Return what the graphs of `source` hold, up to three hundred things."""
    graphs = tuple(
        sorted(
            (
                row["graph"].value,
                local_name(row["confidence"].value) if "confidence" in row else "",
                int(row["n"].value),
            )
            for row in reader.ask("source-graphs", source=source)
            if "graph" in row
        )
    )
    sure = {graph: confidence for graph, confidence, _ in graphs}
    rows = reader.ask("source-subjects", source=source) if graphs else []
    rows = [row for row in rows if "s" in row and row["s"].kind == "uri"]
    names = reader.names(row["s"].value for row in rows)
    things = [SpokenOf(names[row["s"].value], int(row["n"].value), sure[row["graph"].value]) for row in rows]
    things.sort(key=lambda one: (one.thing.iri.removeprefix(ID).split("/")[0], one.thing.label.casefold()))
    complete = sum(one.statements for one in things) == sum(count for _, _, count in graphs)
    return SourceSays(graphs, tuple(things), complete)


def _confidence(row: Row) -> str:
    return local_name(row["confidence"].value) if "confidence" in row else ""
