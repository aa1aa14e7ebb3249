"""What sources say of those who do something: read once per release, one piece of evidence per statement and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Reader, by_column
from sorgenetz.insight.vocabulary import UNORDERED
from sorgenetz.names import ID
from sorgenetz.terms import Term

# Size classes of German town statistics (BBSR, Stadt- und Gemeindetyp): people from, name.
SIZES = ((100_000, "city"), (20_000, "town"), (5_000, "small-town"), (0, "village"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement: a barrier lowered, a group cared for, a means, or the place; `rank` is 1 for the surest source."""

    value: str
    source: str
    rank: float
    means: Term | None = None
    size: str = ""
    people: int = 0
    counted: str = ""


KINDS = ("measures", "means", "groups", "places")


@dataclass(frozen=True)
class Practice:
    """Who does something, and all that sources say of it here."""

    iri: str
    barriers: tuple[Evidence, ...]
    means: tuple[Evidence, ...]
    groups: tuple[Evidence, ...]
    places: tuple[Evidence, ...]


@dataclass(frozen=True)
class Practices:
    """All practices of a release, what stands above each concept, and how sure the surest sources are."""

    all: Mapping[str, Practice]
    above: Mapping[str, frozenset[str]]


def practices(reader: Reader) -> Practices:
    """Return all who lower a barrier or care for a group, worked out once per release and language."""
    return reader.kept(("practices", reader.language), lambda: _practices(reader))


def size_of(people: int) -> str:
    """Return the size class of a municipality.

    >>> size_of(4_200), size_of(270_028)
    ('village', 'city')
    """
    return next(name for least, name in SIZES if people >= least)


def _practices(reader: Reader) -> Practices:
    levels = {
        named.iri: named.order
        for named in reader.names(
            row["concept"].value for row in reader.ask("concepts", scheme=f"{ID}scheme/confidence")
        ).values()
    }
    found: dict[str, dict[str, dict[Evidence, None]]] = {}
    for kind in KINDS:
        for row in reader.ask(f"practice-{kind}"):
            said = found.setdefault(row["thing"].value, {}).setdefault(kind, {})
            said[_evidence(row, levels)] = None
    practices = {
        iri: Practice(iri, *(tuple(of.get(kind, ())) for kind in KINDS))
        for iri, of in found.items()
        if "measures" in of or "groups" in of
    }
    above = by_column(reader.ask("selection-above"), "value", "above")
    return Practices(practices, {iri: frozenset(of) for iri, of in above.items()})


def _evidence(row: Mapping[str, Term], levels: Mapping[str, float]) -> Evidence:
    people = int(row["population"].value) if "population" in row else 0
    return Evidence(
        row["value"].value, row["source"].value, levels.get(row["confidence"].value, UNORDERED), row.get("means"),
        size_of(people) if people else "", people, row["counted"].value if "counted" in row else "",
    )  # fmt: skip
