"""The ontology as people read it: classes and properties with definitions, examples and ends."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.reader import Reader
from sorgenetz.names import OWL, RDFS, SKOS
from sorgenetz.terms import Term


@dataclass(frozen=True)
class OntologyTerm:
    """One class or property."""

    iri: str
    label: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    above: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    is_class: bool
    deprecated: bool


def ontology_terms(reader: Reader) -> list[OntologyTerm]:
    """Return all terms in the order of the ontology, worked out once per release and language."""
    return reader.kept(("ontology", reader.language), lambda: _terms(reader))


def _terms(reader: Reader) -> list[OntologyTerm]:
    said: dict[str, dict[str, set[Term]]] = {}
    classes = set()
    for row in reader.ask("ontology-terms"):
        iri = row["term"].value
        said.setdefault(iri, {}).setdefault(row["p"].value, set()).add(row["o"])
        if row["type"].value == OWL + "Class":
            classes.add(iri)
    found = [_term(reader, iri, about, iri in classes) for iri, about in said.items()]
    return sorted(found, key=lambda term: (not term.is_class, reader.vocabulary.order(term.iri), term.iri))


def _term(reader: Reader, iri: str, about: dict[str, set[Term]], is_class: bool) -> OntologyTerm:
    def text(name: str) -> str:
        best = reader.best(about.get(name, ()))
        return best.value if best else ""

    def texts(name: str) -> tuple[str, ...]:
        return tuple(sorted(term.value for term in about.get(name, ()) if not reader.foreign(term)))

    def iris(name: str) -> tuple[str, ...]:
        return tuple(sorted(term.value for term in about.get(name, ()) if term.kind == "uri"))

    return OntologyTerm(
        iri, reader.vocabulary.label(iri, reader.language), text(SKOS + "definition"), texts(SKOS + "example"),
        texts(SKOS + "scopeNote"), iris(RDFS + "subClassOf"), iris(RDFS + "domain"), iris(RDFS + "range"), is_class,
        bool(about.get(OWL + "deprecated")),
    )  # fmt: skip
