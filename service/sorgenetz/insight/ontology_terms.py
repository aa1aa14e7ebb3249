"""The ontology as people read it: classes and properties with definitions, examples, ends and alignments."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.kinds import kind_of, local_name
from sorgenetz.insight.reader import Reader
from sorgenetz.names import DCT, OWL, RDFS, SCHEMA, SKOS, SN
from sorgenetz.terms import Term

MATCHES = tuple(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"))
_ABOVE = (RDFS + "subClassOf", RDFS + "subPropertyOf")
_DOMAINS = (RDFS + "domain", SCHEMA + "domainIncludes")
_RANGES = (RDFS + "range", SCHEMA + "rangeIncludes")


@dataclass(frozen=True)
class OntologyTerm:
    """One class or property; `alignments` are pairs of what relates it to a foreign term, and that term."""

    iri: str
    label: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    types: tuple[str, ...]
    above: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    inverse: tuple[str, ...]
    disjoint: tuple[str, ...]
    replaced_by: tuple[str, ...]
    alignments: tuple[tuple[str, str], ...]
    kind: str
    deprecated: bool

    @property
    def is_class(self) -> bool:
        return OWL + "Class" in self.types

    @property
    def is_relation(self) -> bool:
        """Tell whether this property leads from a thing to a thing."""
        return OWL + "ObjectProperty" in self.types

    @property
    def local(self) -> str:
        """Return the name without namespace, which is also where the term stands on its page."""
        return local_name(self.iri)


def ontology_terms(reader: Reader) -> tuple[OntologyTerm, ...]:
    """Return all terms in the order of the ontology, classes first, worked out once per release and language."""
    return reader.kept(("ontology", reader.language), lambda: _terms(reader))


def family_of(reader: Reader, iri: str) -> str:
    """Return the uppermost of our classes above a class, which may be the class itself."""
    above = sorted((name for name in reader.vocabulary.above(iri) if name.startswith(SN)),
                   key=lambda name: len(reader.vocabulary.above(name)))  # fmt: skip
    return above[0] if above else iri


def _terms(reader: Reader) -> tuple[OntologyTerm, ...]:
    said: dict[str, dict[str, set[Term]]] = {}
    types: dict[str, set[str]] = {}
    for row in reader.ask("ontology-terms"):
        iri = row["term"].value
        said.setdefault(iri, {}).setdefault(row["p"].value, set()).add(row["o"])
        types.setdefault(iri, set()).add(row["type"].value)
    found = (_term(reader, iri, about, types[iri]) for iri, about in said.items())
    return tuple(sorted(found, key=lambda term: (not term.is_class, reader.vocabulary.order(term.iri), term.iri)))


def _term(reader: Reader, iri: str, about: dict[str, set[Term]], types: set[str]) -> OntologyTerm:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(sorted(term.value for term in about.get(name, ()) if not reader.foreign(term)))

    def iris(*names: str) -> tuple[str, ...]:
        found = {term.value for name in names for term in about.get(name, ()) if term.kind == "uri"}
        return tuple(sorted(found, key=lambda one: (reader.vocabulary.order(one), one)))

    definition = reader.best(about.get(SKOS + "definition", ()))
    above = iris(*_ABOVE)
    domains = iris(*_DOMAINS)
    aligned = [(name, one) for name in (*_ABOVE, *MATCHES) for one in iris(name) if not one.startswith(SN)]
    family = family_of(reader, iri if OWL + "Class" in types else domains[0] if len(domains) == 1 else "")
    return OntologyTerm(
        iri, reader.vocabulary.label(iri, reader.language), definition.value if definition else "",
        texts(SKOS + "example"), texts(SKOS + "scopeNote"), tuple(sorted(types)),
        tuple(one for one in above if one.startswith(SN)), domains, iris(*_RANGES), iris(OWL + "inverseOf"),
        iris(OWL + "disjointWith"), iris(DCT + "isReplacedBy"), tuple(aligned), kind_of("", (family,)),
        any(term.value in ("true", "1") for term in about.get(OWL + "deprecated", ())),
    )  # fmt: skip
