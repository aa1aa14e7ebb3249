"""Words for what kind of term something is, how it relates to others, and how bad it is to break a rule."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from sorgenetz.names import OWL, RDFS, SKOS

_TYPES = {
    OWL + "Class": _("class"),
    OWL + "ObjectProperty": _("relation to a thing"),
    OWL + "DatatypeProperty": _("property with a value"),
    OWL + "AnnotationProperty": _("note on a term"),
    OWL + "FunctionalProperty": _("one value at most"),
    OWL + "SymmetricProperty": _("holds both ways"),
    OWL + "TransitiveProperty": _("holds along chains"),
}
_ALIGNMENTS = {
    RDFS + "subClassOf": _("is a kind of"),
    RDFS + "subPropertyOf": _("is a case of"),
    SKOS + "exactMatch": _("means the same as"),
    SKOS + "closeMatch": _("means nearly the same as"),
    SKOS + "broadMatch": _("is narrower than"),
    SKOS + "narrowMatch": _("is broader than"),
    SKOS + "relatedMatch": _("is related to"),
}
_SEVERITIES = {"Violation": _("error"), "Warning": _("warning"), "Info": _("hint")}


def type_words(types: Iterable[str]) -> str:
    """Return what sort of class or property a term is."""
    own = set(types)
    return ", ".join(str(words) for kind, words in _TYPES.items() if kind in own)


def alignment_words(relation: str) -> str:
    """Return how a term of ours relates to a foreign one."""
    return str(_ALIGNMENTS.get(relation, ""))


def severity_words(severity: str) -> str:
    """Return how bad it is to break a rule."""
    return str(_SEVERITIES.get(severity, severity))
