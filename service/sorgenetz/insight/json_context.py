"""The JSON-LD context of the ontology: with it, plain JSON keys are its terms (JSON-LD 1.1, 3.1)."""

from __future__ import annotations

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.ontology_terms import OntologyTerm, ontology_terms
from sorgenetz.insight.reader import Reader
from sorgenetz.names import ID, OWL, PREFIXES, RDF, XSD

# The prefixes of things stay out: some of them (source, role, initiative) are names of properties as well.
VOCABULARIES = tuple(prefix for prefix, namespace in PREFIXES.items() if not namespace.startswith(ID))
_LANGUAGE_TEXT = RDF + "langString"
# Of the reused properties, which hold texts in languages and which lead to things; others hold either, or plain values.
_TEXTS = ("rdfs:label", "rdfs:comment", "skos:altLabel", "skos:prefLabel", "skos:definition", "skos:example",
          "skos:scopeNote", "dct:description")  # fmt: skip
_LINKS = ("foaf:homepage", "rdfs:seeAlso", "dct:subject", "dct:license", "dct:source", "dct:isReplacedBy",
          "owl:differentFrom", "skos:broader", "skos:inScheme", "skos:topConceptOf", "prov:wasDerivedFrom")  # fmt: skip


def json_context(reader: Reader) -> dict[str, object]:
    """Return the context document; empty when the release brings no ontology."""
    return reader.kept("json context", lambda: _context(reader))


def _context(reader: Reader) -> dict[str, object]:
    terms = ontology_terms(reader)
    if not terms:
        return {}
    reused = sorted({row["term"].value for row in reader.ask("ontology-reused")} - {RDF + "type"})
    context: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type"}
    context |= {prefix: PREFIXES[prefix] for prefix in VOCABULARIES}
    context |= {local_name(iri): _reused(_short(iri)) for iri in reused}
    context |= {term.local: _own(term) for term in terms}
    return {"@context": context}


def _own(term: OntologyTerm) -> object:
    named = _short(term.iri)
    if term.is_class:
        return named
    if term.is_relation:
        return {"@id": named, "@type": "@id"}
    if term.ranges == (_LANGUAGE_TEXT,):
        return {"@id": named, "@container": "@language"}
    if len(term.ranges) == 1 and term.ranges[0] != XSD + "string" and OWL + "DatatypeProperty" in term.types:
        return {"@id": named, "@type": _short(term.ranges[0])}
    return {"@id": named}


def _reused(named: str) -> object:
    if named in _TEXTS:
        return {"@id": named, "@container": "@language"}
    return {"@id": named, "@type": "@id"} if named in _LINKS else {"@id": named}


def _short(iri: str) -> str:
    for prefix in VOCABULARIES:
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
    return iri
