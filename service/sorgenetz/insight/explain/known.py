"""The terms that a release knows, and those nearest to one it does not know: by spelling, by name, by namespace."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.explain.spelling import other_keys, spelled
from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader, Row
from sorgenetz.names import OWL, RDF, RDFS

CLASS_TYPES = {OWL + "Class", RDFS + "Class"}
PROPERTY_TYPES = {RDF + "Property", OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}
# The label of each term per language.
Labels = dict[str, dict[str, str]]
LEAST_LIKE = 0.62
LOOKED_AT = 40
# What names of properties begin with elsewhere.
_VERB = re.compile(r"^(?:has|hat|is|ist)(?=\w{4})")
# A longer name is nobody's slip, and to compare it with all others would take seconds.
LONGEST = 200


@dataclass(frozen=True)
class Near:
    """A term that may be meant: how like the written one it is (0 to 1), and in how many statements it stands."""

    iri: str
    likeness: float
    uses: int = 0


class Index:
    """Terms by all the words they can be found by."""

    def __init__(self, uses: dict[str, int], names: Mapping[str, Mapping[str, str] | list[str]]) -> None:
        self.uses = uses
        self._words: list[str] = []
        self._of: list[str] = []
        for iri in uses:
            given = names.get(iri, {})
            texts = given.values() if isinstance(given, Mapping) else given
            for word in {spelled(text) for text in (local_name(iri), *texts)} - {""}:
                self._words.append(word)
                self._of.append(iri)

    def __contains__(self, iri: str) -> bool:
        return iri in self.uses

    def near(self, iri: str, most: int = 6) -> list[Near]:
        """Return the terms most like `iri`, the likest first; what stands in the same namespace is preferred."""
        word, space = spelled(local_name(iri)), _space(iri)
        if len(word) > LONGEST:
            return []
        best: dict[str, float] = {}
        core = _VERB.sub("", word)
        hits = process.extract(
            word, self._words, scorer=OSA.normalized_similarity, limit=LOOKED_AT, score_cutoff=LEAST_LIKE
        )
        if len(word) > 3:
            hits += [(at, 0.8, i) for i, at in enumerate(self._words) if at.startswith(word) and at != word][:LOOKED_AT]
            hits += [(at, LEAST_LIKE, i) for i, at in enumerate(self._words) if len(at) > 3 and _in_part(at, word)]
        if core != word:
            hits += [(at, 0.8, i) for i, at in enumerate(self._words) if _in_part(core, at)][:LOOKED_AT]
        for key in other_keys(local_name(iri)):
            if space + key in self.uses:
                best[space + key] = 1.0
        for _, score, index in hits:
            other = self._of[index]
            nearness = JaroWinkler.normalized_similarity(space, _space(other))
            # The same namespace outweighs that a name of another one is a letter nearer.
            likeness = 0.75 * score + 0.15 * nearness + 0.1 * (space == _space(other))
            likeness += 0.001 * (local_name(other) == local_name(iri))
            best[other] = max(likeness, best.get(other, 0.0))
        order = sorted(best, key=lambda other: (-round(best[other], 3), -self.uses[other], other))
        return [Near(other, best[other], self.uses[other]) for other in order[:most]]


def _in_part(word: str, other: str) -> bool:
    return other != word and (other.startswith(word) or other.endswith(word))


class NotYetKnown(Exception):
    """What the release knows is still being gathered."""


class _Gathering:
    """Gathers something of a release in a thread of its own, once; again when that failed."""

    def __init__(self, gather: Callable[[], object]) -> None:
        self._gather = gather
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._gathered: object = None

    def begin(self) -> None:
        with self._lock:
            if self._gathered is None and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def result(self, patience_s: float) -> object:
        self.begin()
        if self._gathered is None:
            self._thread.join(patience_s)
        if self._gathered is None:
            raise NotYetKnown
        return self._gathered

    def _run(self) -> None:
        with suppress(SorgenetzError):
            self._gathered = self._gather()


class Known:
    """What one release knows, each part gathered when first asked for, which is waited for as long as there is time.

    The parts raise NotYetKnown when that is not long enough. Classes and properties come quickly, names of all things
    take a second.
    """

    def __init__(self, reader: Reader, patience_s: Callable[[], float]) -> None:
        self._reader = reader
        self._patience_s = patience_s

    @property
    def properties(self) -> Index:
        return self._part("properties")[0]

    @property
    def classes(self) -> Index:
        return self._part("classes")[0]

    @property
    def graphs(self) -> Index:
        return self._part("graphs")[0]

    @property
    def things(self) -> Index:
        """Return all things that have a name and are neither property nor class."""
        return self._part("things")[0]

    def begin(self, *names: str) -> None:
        """Begin to gather these parts, for those who will soon ask."""
        for name in names:
            self._gathering(name).begin()

    def label(self, iri: str, language: str) -> str:
        """Return what a term is called in a language, or an empty text."""
        part = self._part("properties" if iri in self._reader.vocabulary else "things")
        labels = part[1].get(iri, {})
        return next((labels[one] for one in (language, "de", "en", "") if one in labels), "")

    def _part(self, name: str) -> tuple[Index, Labels]:
        return self._gathering(name).result(self._patience_s())

    def _gathering(self, name: str) -> _Gathering:
        reader = self._reader
        return reader.kept(f"explain-{name}", lambda: _Gathering(lambda: _PARTS[name](reader)))


def _properties(reader: Reader) -> tuple[Index, Labels]:
    return _of_vocabulary(reader, "property-counts", "property", PROPERTY_TYPES)


def _classes(reader: Reader) -> tuple[Index, Labels]:
    return _of_vocabulary(reader, "class-counts", "class", CLASS_TYPES)


def _of_vocabulary(reader: Reader, page: str, name: str, types: set[str]) -> tuple[Index, Labels]:
    """Return the terms of these types, and those that are used as such, with the labels of the whole vocabulary."""
    rows = reader.ask("vocabulary")
    uses = {row["term"].value: 0 for row in rows if row["type"].value in types}
    uses |= _counts(reader, page, name)
    labels = _labels(rows, "term")
    return Index(uses, labels), labels


def _graphs(reader: Reader) -> tuple[Index, Labels]:
    return Index(_counts(reader, "graph-counts", "g"), {}), {}


def _things(reader: Reader) -> tuple[Index, Labels]:
    rows = reader.ask("explain-names")
    labels = _labels(rows, "thing")
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["thing"].value, []).append(row["label"].value)
    uses = {iri: 0 for iri in names if iri not in reader.vocabulary}
    return Index(uses, names), labels


_PARTS: dict[str, Callable[[Reader], tuple[Index, Labels]]] = {
    "properties": _properties, "classes": _classes, "graphs": _graphs, "things": _things,
}  # fmt: skip


def name_of(reader: Reader, iri: str, language: str) -> str:
    """Return what a term is called in a language, or an empty text, also while names are still being gathered."""
    with suppress(NotYetKnown):
        return Known(reader, lambda: 0.0).label(iri, language) if iri else ""
    return ""


def _labels(rows: list[Row], name: str) -> Labels:
    """Return a label per language of each term."""
    found: Labels = {}
    for row in rows:
        if "label" in row:
            found.setdefault(row[name].value, {}).setdefault(row["label"].lang or "", row["label"].value)
    return found


def _counts(reader: Reader, page: str, name: str) -> dict[str, int]:
    return {row[name].value: int(row["n"].value) for row in reader.ask(page) if row[name].kind == "uri"}


def _space(iri: str) -> str:
    return iri.rstrip("/#")[: -len(local_name(iri))] if local_name(iri) else iri
