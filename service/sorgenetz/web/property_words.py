"""Names for the reused properties, which their own vocabularies name in English only or not at all."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from sorgenetz.names import DCT, FOAF, OWL, PREFIXES, RDF, RDFS, SKOS

_PROPERTIES = {
    RDF + "type": _("Class"),
    RDFS + "label": _("Name"),
    RDFS + "seeAlso": _("See also"),
    RDFS + "isDefinedBy": _("Defined by"),
    SKOS + "prefLabel": _("Preferred name"),
    SKOS + "altLabel": _("Also called"),
    SKOS + "definition": _("Definition"),
    SKOS + "example": _("Example"),
    SKOS + "scopeNote": _("Note"),
    SKOS + "broader": _("Belongs to"),
    SKOS + "narrower": _("Includes"),
    SKOS + "related": _("Related to"),
    SKOS + "inScheme": _("Scheme"),
    SKOS + "topConceptOf": _("Top concept of"),
    SKOS + "hasTopConcept": _("Top concepts"),
    SKOS + "exactMatch": _("Same meaning as"),
    SKOS + "closeMatch": _("Close in meaning to"),
    DCT + "description": _("Description"),
    DCT + "publisher": _("Publisher"),
    DCT + "license": _("Licence"),
    DCT + "issued": _("Published"),
    DCT + "subject": _("Subject"),
    DCT + "source": _("Source"),
    DCT + "isPartOf": _("Part of"),
    DCT + "title": _("Title"),
    FOAF + "homepage": _("Web site"),
    FOAF + "name": _("Name"),
    OWL + "differentFrom": _("Not to be confused with"),
    OWL + "deprecated": _("Deprecated"),
    PREFIXES["sn"] + "order": _("Order"),
}
_CLASSES = {
    SKOS + "Concept": _("Concept"),
    SKOS + "ConceptScheme": _("Concept scheme"),
    OWL + "Ontology": _("Ontology"),
}


def property_words(property: str, label: str) -> str:
    """Return the name of a property in the reader's language; `label` is what the graph calls it."""
    return str(_PROPERTIES.get(property, label))


def class_words(classes: tuple[str, ...], label: str) -> str:
    """Return the name of what sort of thing this is; `label` is what the graph calls it."""
    return str(next((_CLASSES[name] for name in classes if name in _CLASSES), label))
