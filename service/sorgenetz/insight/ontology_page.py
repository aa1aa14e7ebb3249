"""The whole ontology on one page: what it is, its terms with all that is known of each, its schemes, what it reuses."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.concepts import schemes
from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.ontology_checks import Shape, questions_by_term, shapes_of
from sorgenetz.insight.ontology_terms import OntologyTerm, ontology_terms
from sorgenetz.insight.overview import class_counts
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.library.queries import QueryFile
from sorgenetz.names import ID, PREFIXES
from sorgenetz.terms import Term


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself; each field holds values in the reader's language where there are two."""

    said: dict[str, tuple[Term, ...]]

    def all(self, prefix: str, name: str) -> tuple[str, ...]:
        """Return the values of a property."""
        return tuple(term.value for term in self.said.get(PREFIXES[prefix] + name, ()))

    def one(self, prefix: str, name: str) -> str:
        """Return the value of a property, or an empty text."""
        return next(iter(self.all(prefix, name)), "")


@dataclass(frozen=True)
class Entry:
    """A term with its surroundings: what is below it, what leaves from it and leads to it, rules, questions, uses."""

    term: OntologyTerm
    below: tuple[OntologyTerm, ...]
    leaving: tuple[OntologyTerm, ...]
    leading: tuple[OntologyTerm, ...]
    shapes: tuple[Shape, ...]
    questions: tuple[QueryFile, ...]
    uses: int


@dataclass(frozen=True)
class SchemeEntry:
    """A concept scheme, what it is for, and how many concepts it holds; `local` is where it stands on the page."""

    thing: Named
    local: str
    definition: str
    concepts: int


@dataclass(frozen=True)
class Reused:
    """A term of another vocabulary that is used as it is."""

    iri: str
    label: str
    note: str
    shapes: tuple[Shape, ...]
    uses: int


@dataclass(frozen=True)
class OntologyPage:
    """All of it."""

    header: Header
    entries: tuple[Entry, ...]
    schemes: tuple[SchemeEntry, ...]
    reused: tuple[Reused, ...]

    @property
    def classes(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.term.is_class]

    @property
    def properties(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.term.is_class]

    @property
    def relations(self) -> list[OntologyTerm]:
        return [entry.term for entry in self.entries if entry.term.is_relation]


def ontology_page(reader: Reader) -> OntologyPage:
    """Return the page, worked out once per release and language; without entries where there is no ontology."""
    return reader.kept(("ontology page", reader.language), lambda: _page(reader))


def ontology_header(reader: Reader) -> Header:
    """Return what the ontology says of itself."""
    said: dict[str, set[Term]] = {}
    for row in reader.ask("ontology-header"):
        said.setdefault(row["p"].value, set()).add(row["o"])
    return Header({name: _readable(reader, terms) for name, terms in said.items()})


def _readable(reader: Reader, terms: set[Term]) -> tuple[Term, ...]:
    ours = [term for term in terms if not reader.foreign(term)]
    return tuple(sorted(ours or terms, key=lambda term: term.value))


def _page(reader: Reader) -> OntologyPage:
    terms = ontology_terms(reader)
    shapes = shapes_of(reader)
    questions = questions_by_term(reader.library.questions())
    uses = {row["property"].value: int(row["n"].value) for row in reader.ask("property-counts")}
    uses.update(class_counts(reader))
    entries = tuple(
        Entry(
            term,
            tuple(other for other in terms if term.iri in other.above),
            tuple(other for other in terms if term.is_class and term.iri in other.domains),
            tuple(other for other in terms if term.is_class and term.iri in other.ranges),
            (shapes.by_class if term.is_class else shapes.by_term).get(term.iri, ()),
            questions.get(term.iri, ()),
            uses.get(term.iri, 0),
        )
        for term in terms
    )
    reused = {row["term"].value: row for row in reader.ask("ontology-reused") if not reader.foreign(row["label"])}
    return OntologyPage(
        ontology_header(reader),
        entries,
        _schemes(reader),
        tuple(
            Reused(iri, row["label"].value, row["note"].value, shapes.by_term.get(iri, ()), uses.get(iri, 0))
            for iri, row in sorted(reused.items(), key=lambda pair: _order(pair[1]))
        ),
    )


def _schemes(reader: Reader) -> tuple[SchemeEntry, ...]:
    found = []
    for scheme in schemes(reader):
        iri = scheme.thing.iri
        if iri.startswith(ID):
            rows = reader.ask("definition", thing=iri)
            definition = reader.best(row["definition"] for row in rows)
            found.append(SchemeEntry(scheme.thing, f"scheme-{local_name(iri)}", definition.value if definition else "",
                                     scheme.concepts))  # fmt: skip
    return tuple(found)


def _order(row: dict[str, Term]) -> tuple[float, str]:
    return (float(row["order"].value) if "order" in row else 1e9, row["term"].value)
