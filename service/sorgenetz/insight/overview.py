"""The home page's view of a release: numbers, ways in, what was shown last; for foreign data, classes and graphs."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.lists import Item, items
from sorgenetz.insight.reader import Named, Reader, sn
from sorgenetz.names import ID

LATEST = 3


@dataclass(frozen=True)
class Counted:
    """A thing and a number that belongs to it."""

    thing: Named
    n: int


@dataclass(frozen=True)
class Shown:
    """An event and the initiatives that were shown there."""

    event: Item
    initiatives: tuple[Named, ...]


@dataclass(frozen=True)
class Overview:
    """All that the home page says of the graph."""

    numbers: dict[str, int]
    barriers: tuple[Counted, ...]
    places: tuple[Counted, ...]
    actors: tuple[Counted, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class ForeignOverview:
    """What there is in a dataset that brings no ontology of ours."""

    classes: tuple[Counted, ...]
    graphs: tuple[Counted, ...]


def class_counts(reader: Reader) -> dict[str, int]:
    """Return how many things there are of each class."""
    return reader.kept(
        "class-counts",
        lambda: {row["class"].value: int(row["n"].value) for row in reader.ask("class-counts") if "class" in row},
    )


def overview(reader: Reader) -> Overview:
    """Return the view, worked out once per release and language."""
    return reader.kept(("overview", reader.language), lambda: _overview(reader))


def foreign_overview(reader: Reader) -> ForeignOverview:
    """Return classes and graphs with their counts, the largest first."""
    return reader.kept(("foreign", reader.language), lambda: _foreign(reader))


def _overview(reader: Reader) -> Overview:
    counts = class_counts(reader)
    lists = {name: _counted(reader, f"home-{name}") for name in ("barriers", "places", "actors")}
    barriers = len(reader.ask("concept-uses", scheme=ID + "scheme/barriers"))
    numbers = {
        "initiatives": counts.get(sn("Initiative"), 0),
        "actors": counts.get(sn("Actor"), 0),
        "places": counts.get(sn("Municipality"), 0),
        "barriers": barriers,
        "sources": counts.get(sn("Source"), 0),
    }
    return Overview(numbers, lists["barriers"], lists["places"], lists["actors"], _shown(reader))


def _counted(reader: Reader, query: str, name: str = "thing") -> tuple[Counted, ...]:
    rows = [row for row in reader.ask(query) if name in row and row[name].kind == "uri"]
    names = reader.names(row[name].value for row in rows)
    return tuple(Counted(names[row[name].value], int(row["n"].value)) for row in rows)


def _shown(reader: Reader) -> tuple[Shown, ...]:
    starts: dict[str, str] = {}
    initiatives: dict[str, set[str]] = {}
    for row in reader.ask("home-events"):
        event = row["event"].value
        starts[event] = max(starts.get(event, ""), row["start"].value)
        if "initiative" in row:
            initiatives.setdefault(event, set()).add(row["initiative"].value)
    latest = sorted(starts, key=lambda iri: (iri in initiatives, starts[iri]), reverse=True)[:LATEST]
    latest.sort(key=lambda iri: starts[iri], reverse=True)
    names = reader.names(iri for event in latest for iri in initiatives.get(event, ()))
    return tuple(
        Shown(
            item,
            tuple(sorted((names[iri] for iri in initiatives.get(item.thing.iri, ())), key=lambda named: named.label)),
        )
        for item in items(reader, latest)
    )


def _foreign(reader: Reader) -> ForeignOverview:
    counts = class_counts(reader)
    names = reader.names(counts)
    classes = sorted((Counted(names[iri], n) for iri, n in counts.items()), key=lambda one: (-one.n, one.thing.label))
    return ForeignOverview(tuple(classes[:200]), _counted(reader, "graph-counts", "g"))
