"""The terms that a release knows, and those nearest to one it does not know: by spelling, by name, by namespace."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from sorgenetz.errors import SorgenetzError
from sorgenetz.german.words import folded
from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader
from sorgenetz.names import OWL, RDF, RDFS

CLASS_TYPES = {OWL + "Class", RDFS + "Class"}
PROPERTY_TYPES = {RDF + "Property", OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}
LEAST_LIKE = 0.62
LOOKED_AT = 40
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Near:
    """A term that may be meant: how like the written one it is (0 to 1), and in how many statements it stands."""

    iri: str
    likeness: float
    uses: int = 0


class Index:
    """Terms by all the words they can be found by."""

    def __init__(self, uses: dict[str, int], names: dict[str, list[str]]) -> None:
        self.uses = uses
        self._words: list[str] = []
        self._of: list[str] = []
        for iri in uses:
            for word in {spelled(text) for text in (local_name(iri), *names.get(iri, ()))} - {""}:
                self._words.append(word)
                self._of.append(iri)

    def __contains__(self, iri: str) -> bool:
        return iri in self.uses

    def near(self, iri: str, most: int = 6) -> list[Near]:
        """Return the terms most like `iri`, the likest first; what stands in the same namespace is preferred."""
        word, space = spelled(local_name(iri)), _space(iri)
        best: dict[str, float] = {}
        hits = process.extract(
            word, self._words, scorer=OSA.normalized_similarity, limit=LOOKED_AT, score_cutoff=LEAST_LIKE
        )
        if len(word) > 3:
            hits += [(at, 0.8, i) for i, at in enumerate(self._words) if at.startswith(word) and at != word][:LOOKED_AT]
        for _, score, index in hits:
            other = self._of[index]
            nearness = JaroWinkler.normalized_similarity(space, _space(other))
            likeness = 0.8 * score + 0.2 * nearness + 0.001 * (local_name(other) == local_name(iri))
            best[other] = max(likeness, best.get(other, 0.0))
        order = sorted(best, key=lambda other: (-round(best[other], 3), -self.uses[other], other))
        return [Near(other, best[other], self.uses[other]) for other in order[:most]]


class Known:
    """What one release knows: properties, classes, graphs, and all things that have a name."""

    def __init__(self, reader: Reader) -> None:
        self._names: dict[str, list[str]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        for row in reader.ask("explain-names"):
            iri, label = row["thing"].value, row["label"]
            self._names.setdefault(iri, []).append(label.value)
            self.labels.setdefault(iri, {}).setdefault(label.lang or "", label.value)
        declared = {
            row["term"].value: row["type"].value for row in reader.ask("vocabulary") if row["type"].kind == "uri"
        }
        properties = _counts(reader, "property-counts", "property")
        classes = _counts(reader, "class-counts", "class")
        for iri, kind in declared.items():
            (classes if kind in CLASS_TYPES else properties).setdefault(iri, 0)
        self.properties = Index(properties, self._names)
        self.classes = Index(classes, self._names)
        self.graphs = Index(_counts(reader, "graph-counts", "g"), self._names)
        things = dict.fromkeys((*self._names, *self.graphs.uses), 0)
        self.things = Index({iri: 0 for iri in things if iri not in properties and iri not in classes}, self._names)

    def label(self, iri: str, language: str) -> str:
        """Return what a thing is called in a language, or an empty text."""
        labels = self.labels.get(iri, {})
        return next((labels[one] for one in (language, "de", "en", "") if one in labels), "")


class NotYetKnown(Exception):
    """What the release knows is still being gathered."""


class _Gathering:
    """Gathers what a release knows in a thread of its own, once; again when that failed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._known: Known | None = None

    def result(self, reader: Reader, patience_s: float) -> Known:
        with self._lock:
            if self._known is None and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._gather, args=(reader,), daemon=True)
                self._thread.start()
        if self._known is None:
            self._thread.join(patience_s)
        if self._known is None:
            raise NotYetKnown
        return self._known

    def _gather(self, reader: Reader) -> None:
        with suppress(SorgenetzError):
            self._known = Known(reader)


def known(reader: Reader, patience_s: float) -> Known:
    """Return what the served release knows; raises NotYetKnown when that takes longer than the patience (seconds)."""
    return reader.kept("explain-known", _Gathering).result(reader, patience_s)


def begin_gathering(reader: Reader) -> None:
    """Begin to find out what the served release knows, for those who will soon ask."""
    with suppress(NotYetKnown):
        known(reader, 0.0)


def name_of(reader: Reader, iri: str, language: str) -> str:
    """Return what a term is called in a language, or an empty text, also while names are still being gathered."""
    with suppress(NotYetKnown):
        return known(reader, 0.0).label(iri, language) if iri else ""
    return ""


def spelled(text: str) -> str:
    """Return a name as names are compared: folded, without signs between words.

    >>> spelled("senkt Hürde") == spelled("senktHuerde")
    True
    """
    return _SIGNS.sub("", folded(text))


def likeness(iri: str, other: str) -> float:
    """Return how like two terms are called, from 0 to 1."""
    return OSA.normalized_similarity(spelled(local_name(iri)), spelled(local_name(other)))


def like(text: str, others: Iterable[str], most: int = 3, least: float = 0.75) -> list[str]:
    """Return those of `others` that read most like `text`."""
    words = {other: spelled(other) for other in others}
    hits = process.extract(spelled(text), words, scorer=OSA.normalized_similarity, limit=most, score_cutoff=least)
    return [other for _, _, other in hits]


def _counts(reader: Reader, page: str, name: str) -> dict[str, int]:
    return {row[name].value: int(row["n"].value) for row in reader.ask(page) if row[name].kind == "uri"}


def _space(iri: str) -> str:
    return iri.rstrip("/#")[: -len(local_name(iri))] if local_name(iri) else iri
