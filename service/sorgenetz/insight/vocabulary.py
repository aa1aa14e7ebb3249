"""What the ontology says of classes and properties: names in two languages, parents, order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sorgenetz.insight.kinds import local_name
from sorgenetz.names import OWL, SN
from sorgenetz.terms import Term

UNORDERED = 10_000.0


@dataclass
class Entry:
    """One class or property."""

    labels: dict[str, str] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    order: float = UNORDERED


class Vocabulary:
    """The classes and properties of a release; empty for a dataset that brings no ontology."""

    def __init__(self, rows: Iterable[dict[str, Term]]) -> None:
        self._entries: dict[str, Entry] = {}
        for row in rows:
            entry = self._entries.setdefault(row["term"].value, Entry())
            entry.types.add(row["type"].value)
            if "label" in row:
                entry.labels.setdefault(row["label"].lang or "", row["label"].value)
            if "parent" in row:
                entry.parents.add(row["parent"].value)
            for name in ("shapeOrder", "order"):
                if name in row:
                    entry.order = _number(row[name].value, entry.order)

    def __contains__(self, iri: str) -> bool:
        return iri in self._entries

    def called(self, name: str) -> list[str]:
        """Return the IRIs of classes and properties that end with this name, whatever their namespace."""
        return sorted(iri for iri in self._entries if iri.endswith(("#" + name, "/" + name)))

    @property
    def is_ours(self) -> bool:
        """Tell whether the release brings the ontology of Sorgenetz."""
        return SN + "Initiative" in self._entries

    def label(self, iri: str, language: str) -> str:
        """Return the name of a class or property; what its IRI ends with when it has none."""
        entry = self._entries.get(iri)
        if not entry or not entry.labels:
            return local_name(iri)
        for wanted in (language, "en", "de", ""):
            if wanted in entry.labels:
                return entry.labels[wanted]
        return next(iter(entry.labels.values()))

    def order(self, iri: str) -> float:
        """Return the place of a property among others."""
        entry = self._entries.get(iri)
        return entry.order if entry else UNORDERED

    def is_functional(self, iri: str) -> bool:
        """Tell whether a thing can have one value of this property only."""
        entry = self._entries.get(iri)
        return bool(entry) and OWL + "FunctionalProperty" in entry.types

    def above(self, iri: str) -> set[str]:
        """Return the classes above a class, near and far."""
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            entry = self._entries.get(waiting.pop())
            for parent in entry.parents if entry else ():
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    def narrowest(self, classes: Iterable[str]) -> list[str]:
        """Return those of `classes` that stand above none of the others, sorted."""
        classes = set(classes)
        above = {upper for one in classes for upper in self.above(one)}
        return sorted(classes - above) or sorted(classes)


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise
