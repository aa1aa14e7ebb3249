"""The columns of the tables: which properties a class has, in which order, under which names, meaning what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.names import OWL, PREFIXES, RDF, RDFS, SH, SKOS, SN, short

SCHEMA = PREFIXES["schema"]
CONCEPTS = (SKOS + "Concept", SKOS + "ConceptScheme")
LANGUAGES = ("de", "en")
TEXT = "rdf:langString"
ANYTHING = "rdfs:Resource"
# Which class a thing is of says the table it stands in.
UNSHOWN = (RDF + "type",)
LAST = 800.0


@cache
def words() -> dict[str, dict]:
    """Return what table_words.toml holds."""
    return tomllib.loads((Path(__file__).parent / "table_words.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Column:
    """One column: its name, the property whose values it holds, their language, and whether it holds their names."""

    name: str
    property: str
    language: str
    names: bool
    label: dict[str, str]
    definition: dict[str, str]
    type: str


@dataclass
class Seen:
    """What the data of a class have of one property: languages ("" for none) and whether a value has a name."""

    languages: set[str]
    named: bool = False


class Ontology:
    """What ontology and shapes in a store say of classes and properties, as far as tables need it."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def classes(self) -> list[str]:
        """Return the classes of our things: those of the ontology by sn:order, then the concepts."""
        own = [iri for iri in self._subjects(RDF + "type", OWL + "Class") if iri.startswith(SN)]
        return [*sorted(own, key=lambda iri: (self.place(iri), iri)), *CONCEPTS]

    def narrower(self, of_class: str) -> set[str]:
        """Return the classes below `of_class`."""
        return self._closed(of_class, lambda iri: self._subjects(RDFS + "subClassOf", iri))

    def properties(self, of_class: str) -> set[str]:
        """Return the properties that the shapes of the class, and of those above it, let its things have."""
        above = self._closed(of_class, lambda iri: self._objects(iri, RDFS + "subClassOf"))
        shapes = {shape for iri in {of_class, *above} for shape in self._subjects(SH + "targetClass", iri)}
        for shape in list(shapes):
            shapes |= self._closed(shape, lambda iri: self._objects(iri, SH + "node"))
        found = set()
        for prop in {prop for shape in shapes for prop in self._objects(shape, SH + "property")}:
            if "0" not in self._texts(prop, SH + "maxCount"):
                found.update(self._objects(prop, SH + "path"))
        return found - set(UNSHOWN)

    def place(self, term: str) -> float:
        """Return where a term stands in the order of display."""
        entry = words()["terms"].get(short(term))
        if entry:
            return float(entry["place"])
        orders = self._texts(term, SN + "order")
        return float(min(orders, key=float)) if orders else LAST

    def columns(self, of_property: str, seen: Seen | None) -> list[Column]:
        """Return the columns that a property takes, given what the data have of it."""
        entry = words()["terms"].get(short(of_property), {})
        name = entry.get("column") or _column_name(of_property)
        kinds = entry.get("type", "").split(" | ") if entry else self._ranges(of_property)
        languages = set(seen.languages) if seen else set()
        columns = []
        if TEXT in kinds or languages - {""}:
            columns += [
                Column(f"{name}_{language}", of_property, language, False, *self._words(of_property, entry), TEXT)
                for language in [*LANGUAGES, *sorted(languages - {"", *LANGUAGES})]
            ]
        if not columns or "" in languages:
            plain = [kind for kind in kinds if kind != TEXT] or ["xsd:string"]
            columns.append(Column(name, of_property, "", False, *self._words(of_property, entry), " | ".join(plain)))
        if (seen and seen.named) or any(kind.startswith(("sn:", "skos:")) for kind in kinds):
            about = words()["columns"]["label"]
            label, _ = self._words(of_property, entry)
            columns.append(Column(
                f"{name}_label", of_property, "", True,
                {language: about[language][0].format(name=label[language]) for language in LANGUAGES},
                {language: about[language][1].format(column=name) for language in LANGUAGES}, about["type"],
            ))  # fmt: skip
        return columns

    def name(self, iri: str) -> str:
        """Return the German name of a thing, else the one without language, the English, or an empty text."""
        texts = [
            (quad.object.language or "", quad.object.value)
            for quad in self._about(iri, RDFS + "label")
            if isinstance(quad.object, ox.Literal)
        ]
        return min(texts, key=lambda text: ("de", "", "en", text[0]).index(text[0]), default=("", ""))[1]

    def text(self, iri: str, property: str, language: str) -> str:
        """Return the text in this language, or an empty one."""
        return min(
            (
                quad.object.value
                for quad in self._about(iri, property)
                if isinstance(quad.object, ox.Literal) and quad.object.language in (language, None)
            ),
            default="",
        )

    def _words(self, iri: str, entry: dict) -> tuple[dict[str, str], dict[str, str]]:
        if entry:
            return tuple({language: entry[language][at] for language in LANGUAGES} for at in (0, 1))  # type: ignore[return-value]
        return (
            {language: self.text(iri, RDFS + "label", language) for language in LANGUAGES},
            {language: self.text(iri, SKOS + "definition", language) for language in LANGUAGES},
        )

    def _ranges(self, iri: str) -> list[str]:
        stated = {*self._objects(iri, RDFS + "range"), *self._objects(iri, SCHEMA + "rangeIncludes")}
        return [short(one) for one in sorted(stated)] or [ANYTHING]

    def _about(self, iri: str, property: str) -> Iterable[ox.Quad]:
        return self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(property), None, ox.DefaultGraph())

    def _texts(self, iri: str, property: str) -> set[str]:
        return {quad.object.value for quad in self._about(iri, property) if isinstance(quad.object, ox.Literal)}

    def _objects(self, iri: str, property: str) -> set[str]:
        return {quad.object.value for quad in self._about(iri, property) if isinstance(quad.object, ox.NamedNode)}

    def _subjects(self, property: str, iri: str) -> set[str]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(property), ox.NamedNode(iri), ox.DefaultGraph())
        return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    @staticmethod
    def _closed(start: str, step: object) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            fresh = step(waiting.pop()) - found - {start}  # type: ignore[operator]
            found |= fresh
            waiting += fresh
        return found


def _column_name(iri: str) -> str:
    """Return the local name for our own terms, prefix and local name for others."""
    return iri.removeprefix(SN) if iri.startswith(SN) else short(iri).replace(":", "_")
