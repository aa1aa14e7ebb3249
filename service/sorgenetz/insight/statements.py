"""Statements become facts: one row per property, every value with the marks of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Named, Reader, Row
from sorgenetz.insight.sources import Citations
from sorgenetz.names import DCT, SN
from sorgenetz.terms import Term

# Two sources can name different values of these, but only one of them can be true at a time.
SINGLE = tuple(
    SN + name
    for name in (
        "start", "end", "startTime", "endTime", "ags", "point", "population", "areaKm2", "value", "designation",
        "nuts", "legalForm", "online", "asOf", "administrationOf",
        "amount",
    )
) + (DCT + "issued",)  # fmt: skip


@dataclass(frozen=True)
class Value:
    """One value: a term, and the thing it names if it names one."""

    term: Term
    thing: Named | None = None
    lang: str = ""


@dataclass(frozen=True)
class Said:
    """A value with the numbers of the sources that say it."""

    value: Value
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One property of a thing with all its values; `disagree` when the sources contradict each other."""

    property: str
    label: str
    said: tuple[Said, ...]
    disagree: bool = False


def value_of(reader: Reader, term: Term, names: Mapping[str, Named]) -> Value:
    """Return the term as a value."""
    if term.kind == "uri":
        return Value(term, names.get(term.value))
    return Value(term, lang=reader.foreign(term))


def graphs_by_value(rows: Iterable[Row]) -> dict[str, dict[Term, set[str]]]:
    """Return {property: {value: graphs that say so}} of rows with ?p ?o ?g."""
    found: dict[str, dict[Term, set[str]]] = {}
    for row in rows:
        graphs = found.setdefault(row["p"].value, {}).setdefault(row["o"], set())
        if "g" in row:
            graphs.add(row["g"].value)
    return found


def in_readers_words(reader: Reader, values: Mapping[Term, set[str]]) -> dict[Term, set[str]]:
    """Leave out a text that the same source says in the reader's language too."""
    kept: dict[Term, set[str]] = {}
    translated = {
        graph for term, graphs in values.items() if term.lang and not reader.foreign(term) for graph in graphs
    }
    for term, graphs in values.items():
        if reader.foreign(term):
            graphs = graphs - translated if graphs else graphs
            if not graphs and (translated or values[term]):
                continue
        kept[term] = graphs
    return kept or dict(values)


def fact(
    reader: Reader, property: str, values: Mapping[Term, set[str]], names: Mapping[str, Named], citations: Citations
) -> Fact:
    """Return the row of one property; values in a lasting order, things by their place in a scheme, then by name."""
    shown = sorted(
        ((value_of(reader, term, names), graphs) for term, graphs in in_readers_words(reader, values).items()),
        key=lambda pair: _rank(pair[0]),
    )
    return Fact(
        property,
        reader.vocabulary.label(property, reader.language),
        tuple(Said(value, citations.marks(graphs)) for value, graphs in shown),
        contradicts(reader, property, [(value.term, graphs) for value, graphs in shown]),
    )


def contradicts(reader: Reader, property: str, values: list[tuple[Term, set[str]]]) -> bool:
    """Tell whether two sources give values of which only one can be true; 2021 and 2021-09-15 agree."""
    if property not in SINGLE and not reader.vocabulary.is_functional(property):
        return False
    return any(not _compatible(one, other) for at, (one, _) in enumerate(values) for other, _ in values[at + 1 :])


def _compatible(one: Term, other: Term) -> bool:
    shorter, longer = sorted((one.value, other.value), key=len)
    return longer == shorter or longer.startswith(shorter + "-")


def _rank(value: Value) -> tuple[float, str, str]:
    if value.thing:
        return (value.thing.order, value.thing.label.casefold(), value.thing.iri)
    return (0.0, value.term.value.casefold(), value.term.value)
