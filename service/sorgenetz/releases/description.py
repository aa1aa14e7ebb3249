"""What a release says of itself in VoID: how much it holds of what, counted once while it is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.library.registry import Library
from sorgenetz.names import BASE, PREFIXES, RDF

DATASET = BASE + "dataset"
# Words that only descriptions use.
MORE_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cc": "http://creativecommons.org/ns#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void-ext": "http://ldf.fi/void-ext#",
}
COUNTED = "void-"
_TYPE = ox.NamedNode(RDF + "type")


def write_description(store: ox.Store, library: Library, path: Path) -> None:
    """Write what the queries describe/void-*.rq find in `store` as Turtle."""
    found = {
        triple
        for query in library.descriptions()
        if query.name.startswith(COUNTED)
        for triple in store.query(query.query)
    }
    path.write_bytes(serialized(found, ox.RdfFormat.TURTLE))


def serialized(triples: Iterable[ox.Triple], fmt: ox.RdfFormat) -> bytes:
    """Return the triples in this format, by subject, the class of each first, with the prefixes they need."""
    triples = sorted(triples, key=lambda t: (t.subject.value, t.predicate != _TYPE, t.predicate.value, str(t.object)))
    used = {iri for triple in triples for iri in _namespaces(triple)}
    prefixes: Mapping[str, str] = {**PREFIXES, **MORE_PREFIXES}
    return ox.serialize(triples, format=fmt, prefixes={name: iri for name, iri in prefixes.items() if iri in used})


def _namespaces(triple: ox.Triple) -> Iterable[str]:
    for term in triple:
        name = term.datatype if isinstance(term, ox.Literal) else term
        if isinstance(name, ox.NamedNode):
            yield name.value[: max(name.value.rfind("#"), name.value.rfind("/")) + 1]
