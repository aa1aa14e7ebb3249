"""Concept schemes: what there is, in its hierarchy, and how often it is used."""

from __future__ import annotations

from dataclasses import dataclass, field

from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.vocabulary import UNORDERED
from sorgenetz.names import ID, SKOS
from sorgenetz.terms import Term


@dataclass
class Concept:
    """A concept with what stands below it."""

    thing: Named
    definition: str
    uses: int
    narrower: list[Concept] = field(default_factory=list)


@dataclass(frozen=True)
class Scheme:
    """A scheme and the number of its concepts."""

    thing: Named
    concepts: int


def schemes(reader: Reader) -> list[Scheme]:
    """Return all schemes by name."""
    rows = [row for row in reader.ask("schemes") if "scheme" in row]
    names = reader.names(row["scheme"].value for row in rows)
    found = [Scheme(names[row["scheme"].value], int(row["n"].value)) for row in rows]
    return sorted(found, key=lambda scheme: scheme.thing.label.casefold())


def concepts_of(reader: Reader, scheme: str) -> list[Concept]:
    """Return the top concepts of a scheme, each with those below it, in the order of the scheme."""
    labels: dict[str, list[Term]] = {}
    definitions: dict[str, list[Term]] = {}
    broader: dict[str, str] = {}
    orders: dict[str, float] = {}
    for row in reader.ask("concepts", scheme=scheme):
        iri = row["concept"].value
        labels.setdefault(iri, [])
        if "label" in row:
            labels[iri].append(row["label"])
        if "definition" in row:
            definitions.setdefault(iri, []).append(row["definition"])
        if "broader" in row:
            broader[iri] = row["broader"].value
        if "order" in row:
            orders[iri] = float(row["order"].value)
    uses = {row["concept"].value: int(row["n"].value) for row in reader.ask("concept-uses", scheme=scheme)
            if "concept" in row}  # fmt: skip
    found = {}
    for iri, texts in labels.items():
        named = reader.name(iri, texts, (SKOS + "Concept",), orders.get(iri, UNORDERED))
        definition = reader.best(definitions.get(iri, ()))
        found[iri] = Concept(named, definition.value if definition else "", uses.get(iri, 0))
    top = []
    for iri, concept in found.items():
        above = found.get(broader.get(iri, ""))
        (above.narrower if above and above is not concept else top).append(concept)
    for concepts in (top, *(concept.narrower for concept in found.values())):
        concepts.sort(key=lambda concept: (concept.thing.order, concept.thing.label.casefold()))
    return top


def barriers(reader: Reader) -> list[Concept]:
    """Return the barriers to access."""
    return concepts_of(reader, ID + "scheme/barriers")
