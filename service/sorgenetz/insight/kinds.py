"""Which of the few kinds that pages tell apart (by colour and shape) a thing is of."""

from __future__ import annotations

from collections.abc import Iterable

from sorgenetz.names import ID, SKOS, SN

KINDS = (
    "initiative", "actor", "place", "barrier", "event", "source", "publication", "finding", "programme", "concept",
    "question", "thing",
)  # fmt: skip

_BY_ADDRESS = {
    "initiative": "initiative", "example": "initiative", "organisation": "actor", "network": "actor",
    "person": "actor", "participation": "actor", "municipality": "place", "kreis": "place", "land": "place",
    "country": "place", "quarter": "place", "place": "place", "barrier": "barrier", "measure": "barrier",
    "absence": "barrier",
    "event": "event", "publication": "publication", "finding": "finding", "programme": "programme",
    "law": "programme", "source": "source", "figure": "source",
    "question": "question",
}  # fmt: skip
_BY_CLASS = {
    "Initiative": "initiative", "PracticeExample": "initiative", "Actor": "actor", "Organisation": "actor",
    "Network": "actor", "Person": "actor", "Participation": "actor", "Place": "place", "Measure": "barrier",
    "Absence": "barrier",
    "Event": "event", "Publication": "publication", "Finding": "finding", "Programme": "programme",
    "LegalBasis": "programme", "Source": "source", "StatementGraph": "source", "Figure": "source",
}  # fmt: skip
_CONCEPTS = (SKOS + "Concept", SKOS + "ConceptScheme")


def kind_of(iri: str, classes: Iterable[str] = ()) -> str:
    """Return the kind of a thing, from its address if it is one of ours, else from its classes.

    >>> kind_of("https://w3id.org/sorgenetz/id/kreis/05315")
    'place'
    >>> kind_of("https://example.org/x")
    'thing'
    """
    if iri.startswith(ID):
        return _BY_ADDRESS.get(iri[len(ID) :].split("/")[0], "concept")
    for name in classes:
        if name.startswith(SN) and name[len(SN) :] in _BY_CLASS:
            return _BY_CLASS[name[len(SN) :]]
        if name in _CONCEPTS:
            return "concept"
    return "thing"


def local_name(iri: str) -> str:
    """Return what follows the last slash or hash of an IRI, for things that nobody has named.

    >>> local_name("http://xmlns.com/foaf/0.1/knows")
    'knows'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] or iri
