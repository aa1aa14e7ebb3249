"""What a document says, and what the graph does."""

from __future__ import annotations

import pyoxigraph as ox
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from sorgenetz.names import ID, SN

S = "https://schema.org/"


def graph_of(client: FlaskClient, thing: str, profile: str, ending: str = "nt") -> Graph:
    response = client.get(f"/doc/{thing}.{ending}?profile={profile}")
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.data, format={"jsonld": "json-ld", "rdf": "xml"}.get(ending, ending))


def said(graph: Graph, thing: str) -> dict[str, list[object]]:
    """Return the values of each schema.org property of the thing."""
    found: dict[str, list[object]] = {}
    for predicate, value in graph.predicate_objects(URIRef(ID + thing)):
        found.setdefault(str(predicate).removeprefix(S), []).append(value)
    return found


def objects(store: ox.Store, thing: str, name: str) -> set[str]:
    subject, predicate = ox.NamedNode(ID + thing), ox.NamedNode(name if ":" in name else SN + name)
    return {quad.object.value for quad in store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph())}
