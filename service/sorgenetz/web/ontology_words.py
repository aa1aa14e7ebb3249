"""Words for what kind of term something is, how it relates to others, and how bad it is to break a rule."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from sorgenetz.names import OWL, RDFS, SKOS


def type_words(types: Iterable[str]) -> str:
    """Return what sort of class or property a term is."""
    known = {
        OWL + "Class": _("class"),
        OWL + "ObjectProperty": _("relation to a thing"),
        OWL + "DatatypeProperty": _("property with a value"),
        OWL + "AnnotationProperty": _("note on a term"),
        OWL + "FunctionalProperty": _("one value at most"),
        OWL + "SymmetricProperty": _("holds both ways"),
        OWL + "TransitiveProperty": _("holds along chains"),
    }
    return ", ".join(known[one] for one in known if one in set(types))


def alignment_words(relation: str) -> str:
    """Return how a term of ours relates to a foreign one."""
    return {
        RDFS + "subClassOf": _("is a kind of"),
        RDFS + "subPropertyOf": _("is a case of"),
        SKOS + "exactMatch": _("means the same as"),
        SKOS + "closeMatch": _("means nearly the same as"),
        SKOS + "broadMatch": _("is narrower than"),
        SKOS + "narrowMatch": _("is broader than"),
        SKOS + "relatedMatch": _("is related to"),
    }.get(relation, "")


def severity_words(severity: str) -> str:
    """Return how bad it is to break a rule."""
    return {"Violation": _("error"), "Warning": _("warning"), "Info": _("hint")}.get(severity, severity)
