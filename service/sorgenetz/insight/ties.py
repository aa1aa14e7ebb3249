"""Ties: participations, measures, examples and figures, which join a thing to others and have facts of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Named, Reader, Row
from sorgenetz.insight.sources import Citations
from sorgenetz.insight.statements import Said, contradicts, graphs_by_value, in_readers_words, value_of
from sorgenetz.names import GRAPH_DERIVED, SN
from sorgenetz.terms import Term

LINKS = {
    "in": "participation", "actor": "participation", "role": "participation", "initiative": "measure",
    "lowersBarrier": "measure", "forGroup": "measure", "exampleOf": "example", "shownAt": "example",
    "shownIn": "example", "figureOf": "figure",
}  # fmt: skip
# A tie that points to the page's thing in two ways is told from the side that comes first here.
SIDES = tuple(LINKS)


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie as it looks from the page's thing: `side` is the property by which it points there."""

    iri: str
    kind: str
    side: str
    said: Mapping[str, tuple[Said, ...]]
    marks: tuple[str, ...]
    disagree: tuple[str, ...] = ()

    def all(self, name: str) -> tuple[Said, ...]:
        """Return the values of sn:<name>, none when nothing is said."""
        return self.said.get(name, ())

    def one(self, name: str) -> Said | None:
        """Return the first value of sn:<name>."""
        return next(iter(self.all(name)), None)

    def beside(self, name: str, other: Said) -> tuple[Said, ...]:
        """Return the values of sn:<name> that a source gives together with `other`."""
        return tuple(one for one in self.all(name) if set(one.marks) & set(other.marks))

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        """Return the times: a start and an end belong together only as one source has them."""
        marks = {mark for name in ("start", "end") for one in self.all(name) for mark in one.marks}
        found = {(self._said_by(mark, "start"), self._said_by(mark, "end")) for mark in marks}
        return tuple(sorted(one for one in found if not any(_within(one, other) for other in found - {one})))

    def _said_by(self, mark: str, name: str) -> str:
        return next((one.value.term.value for one in self.all(name) if mark in one.marks), "")

    def thing(self, name: str) -> Named | None:
        """Return the thing that sn:<name> names."""
        said = self.one(name)
        return said.value.thing if said else None


@dataclass(frozen=True)
class TieGroup:
    """Ties of one role (or barrier, or target group), under its name."""

    heading: Named | None
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class RawTie:
    """A tie before its things have names."""

    iri: str
    side: str
    rows: list[Row]


def raw_ties(rows: Iterable[Row]) -> list[RawTie]:
    """Return the ties in rows of ?tie ?link ?p ?o ?g."""
    sides: dict[str, set[str]] = {}
    said: dict[str, list[Row]] = {}
    seen: set[tuple[str, Term, Term, Term]] = set()
    for row in rows:
        iri = row["tie"].value
        sides.setdefault(iri, set()).add(row["link"].value.removeprefix(SN))
        key = (iri, row["p"], row["o"], row["g"])
        if key not in seen:
            seen.add(key)
            said.setdefault(iri, []).append(row)
    return [RawTie(iri, min(sides[iri], key=_side), rows) for iri, rows in said.items()]


def tie(reader: Reader, raw: RawTie, names: Mapping[str, Named], citations: Citations) -> Tie:
    """Return the tie with named things, and every value with its marks."""
    rows = [row for row in raw.rows if row["p"].value.startswith(SN) and row["g"].value != GRAPH_DERIVED]
    said: dict[str, tuple[Said, ...]] = {}
    disagree = []
    for property, values in graphs_by_value(rows).items():
        shown = sorted(in_readers_words(reader, values).items(), key=lambda pair: pair[0].value)
        name = property.removeprefix(SN)
        said[name] = tuple(Said(value_of(reader, term, names), citations.marks(graphs)) for term, graphs in shown)
        if contradicts(reader, property, shown):
            disagree.append(name)
    marks = citations.marks({row["g"].value for row in rows})
    return Tie(raw.iri, LINKS.get(raw.side, "tie"), raw.side, said, marks, tuple(disagree))


def by_heading(ties: Iterable[Tie], name: str) -> list[TieGroup]:
    """Return the ties grouped by the thing that sn:<name> names, in the order of its scheme."""
    groups: dict[str, list[Tie]] = {}
    headings: dict[str, Named | None] = {}
    for one in ties:
        heading = one.thing(name)
        key = heading.iri if heading else ""
        headings[key] = heading
        groups.setdefault(key, []).append(one)
    found = [TieGroup(headings[key], tuple(sorted(group, key=_start))) for key, group in groups.items()]
    return sorted(found, key=lambda group: _heading_rank(group.heading))


def figures_disagree(figures: Iterable[Tie]) -> bool:
    """Tell whether a figure has different values, or two figures that count the same."""
    seen: dict[str, str] = {}
    for figure in figures:
        if "value" in figure.disagree:
            return True
        counts, value = figure.one("counts"), figure.one("value")
        when = figure.one("asOf")
        if counts and value:
            key = f"{counts.value.term.value}|{when.value.term.value if when else ''}"
            if seen.setdefault(key, value.value.term.value) != value.value.term.value:
                return True
    return False


def _within(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether `other` says all that `one` says of start and end, and more."""
    return all(said in ("", more) for said, more in zip(one, other, strict=True))


def _side(name: str) -> int:
    return SIDES.index(name) if name in SIDES else len(SIDES)


def _start(one: Tie) -> tuple[str, str]:
    start = one.one("start")
    for name in ("in", "actor", "initiative", "exampleOf", "shownAt"):
        other = one.thing(name)
        if other and one.side != name:
            return (other.label.casefold(), start.value.term.value if start else "")
    return ("", one.iri)


def _heading_rank(heading: Named | None) -> tuple[float, str]:
    return (heading.order, heading.label.casefold()) if heading else (float("inf"), "")
