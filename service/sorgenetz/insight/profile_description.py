"""The profiles in RDF (W3C, The Profiles Vocabulary), so that a client learns what it can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from sorgenetz.insight.profiles import DEFAULT, Profile
from sorgenetz.names import DCT, RDF, RDFS, XSD
from sorgenetz.releases.description import DATASET, serialized
from sorgenetz.releases.dump_files import IANA

PROF = "http://www.w3.org/ns/dx/prof/"


def profiles_in_rdf(told: Iterable[Profile], media_type: str) -> bytes:
    """Return what is to be said of these profiles in an RDF format."""
    return serialized({triple for one in told for triple in _said(one)}, ox.RdfFormat.from_media_type(media_type))


def _said(profile: Profile) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(profile.iri)

    def says(predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(predicate), value)

    yield says(RDF + "type", ox.NamedNode(PROF + "Profile"))
    yield says(PROF + "hasToken", ox.Literal(profile.token, datatype=ox.NamedNode(XSD + "token")))
    for language in ("de", "en"):
        yield says(DCT + "title", ox.Literal(profile.query.title(language), language=language))
        yield says(DCT + "description", ox.Literal(profile.query.description(language), language=language))
    if profile.standard:
        yield says(PROF + "isProfileOf", ox.NamedNode(profile.standard))
    if profile.see_also:
        yield says(RDFS + "seeAlso", ox.NamedNode(profile.see_also))
    for fmt in profile.formats:
        yield says(DCT + "format", ox.NamedNode(IANA + fmt.media_type))
    if profile.token == DEFAULT:
        yield ox.Triple(ox.NamedNode(DATASET), ox.NamedNode(DCT + "conformsTo"), subject)
