"""What the endpoint says of itself, compared with what it does."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from test_sparql_dataset import NAMES
from test_sparql_protocol import COUNT, get, number, rows

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, Format
from sorgenetz.names import RDF, SD, VOID

ENDPOINT = ox.NamedNode("http://localhost/sparql")


def described(client: FlaskClient, **headers: str) -> ox.Store:
    response = client.get("/sparql", headers=headers)
    assert response.status_code == 200
    store = ox.Store()
    store.load(response.data, format=ox.RdfFormat.from_media_type(response.mimetype))
    return store


def objects(store: ox.Store, subject: ox.NamedNode | None, predicate: str) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)}


@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.key)
def test_it_comes_in_every_rdf_format(client: FlaskClient, fmt: Format) -> None:
    assert len(described(client, Accept=fmt.media_type)) == len(described(client))


def test_weights_decide_between_the_formats(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle, application/rdf+xml;q=0.8"})
    assert response.mimetype == "text/turtle"


def test_an_unknown_type_is_406(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/csv"})
    assert response.json["offered"] == [fmt.media_type for fmt in GRAPH_FORMATS]


def test_it_can_be_asked_for_by_name(client: FlaskClient) -> None:
    assert client.get("/sparql?format=nt").mimetype == "application/n-triples"
    assert client.get("/sparql?format=csv").status_code == 406


def test_it_is_304_when_nothing_has_changed(client: FlaskClient) -> None:
    tag = client.get("/sparql").headers["ETag"]
    assert client.get("/sparql", headers={"If-None-Match": tag}).status_code == 304


def test_it_is_one_service_at_this_address_for_queries(client: FlaskClient) -> None:
    store = described(client)
    assert objects(store, ENDPOINT, RDF + "type") == {SD + "Service"}
    assert objects(store, ENDPOINT, SD + "endpoint") == {ENDPOINT.value}
    assert objects(store, ENDPOINT, SD + "supportedLanguage") == {SD + "SPARQL11Query"}


def test_the_formats_claimed_are_those_that_are_given(client: FlaskClient) -> None:
    formats = [*ROW_FORMATS, *GRAPH_FORMATS]
    assert objects(described(client), ENDPOINT, SD + "resultFormat") == {fmt.iri for fmt in formats}
    for fmt in formats:
        query = "SELECT * { ?s ?p ?o } LIMIT 1" if fmt in ROW_FORMATS else "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"
        given = client.get(f"/sparql?query={quote(query)}", headers={"Accept": fmt.media_type})
        assert given.mimetype == fmt.media_type


def test_the_features_claimed_are_true_and_no_other_is_claimed(client: FlaskClient) -> None:
    assert objects(described(client), ENDPOINT, SD + "feature") == {SD + "UnionDefaultGraph"}
    both = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    missing = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    assert number(get(client, both)) == number(get(client, COUNT))
    assert number(get(client, missing)) == 0


def test_the_graphs_and_the_number_of_triples_claimed_are_those_there(client: FlaskClient) -> None:
    store = described(client)
    there = {row["g"]["value"] for row in rows(get(client, NAMES))}
    assert objects(store, None, SD + "name") == there and len(there) >= 5
    entries = objects(store, None, SD + "namedGraph")
    assert len(entries) == len(there)
    assert objects(store, None, VOID + "triples") == {str(number(get(client, COUNT)))}


def test_a_host_field_that_is_no_host_is_refused(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Host": "a b> <urn:x"})
    assert response.status_code == 400


# One query for each chapter of SPARQL 1.1 Query that 1.0 did not have; each is true.
OF_11 = {
    "paths": "ASK { <urn:ring:0> <urn:next>/<urn:next>|^<urn:nope> <urn:ring:2> . <urn:ring:0> !<urn:nope> ?x }",
    "paths of any length": "ASK { <urn:ring:0> <urn:next>+ <urn:ring:0> . <urn:ring:0> <urn:nope>* <urn:ring:0> }",
    "aggregates": "ASK { { SELECT (SUM(?x) AS ?n) { VALUES ?x { 1 2 } } HAVING (SUM(?x) = 3) } FILTER(?n = 3) }",
    "subqueries": "ASK { { SELECT ?b { <urn:ring:0> <urn:next> ?b } } FILTER(?b = <urn:ring:1>) }",
    "negation": "ASK { <urn:ring:0> <urn:next> ?b FILTER NOT EXISTS { ?b <urn:nope> ?c } MINUS { ?b <urn:nope> ?c } }",
    "assignment": "ASK { BIND(1 + 1 AS ?x) VALUES (?x ?y) { (2 UNDEF) } }",
    "functions": 'ASK { FILTER(COALESCE(1/0, IF(STRSTARTS("ab", "a"), SHA256("a") != MD5("a"), false))) }',
}


@pytest.mark.parametrize("query", OF_11.values(), ids=OF_11)
def test_the_language_claimed_is_spoken(client: FlaskClient, query: str) -> None:
    assert get(client, query).json["boolean"] is True


def test_no_language_is_claimed_that_is_not_spoken(client: FlaskClient) -> None:
    """SERVICE and updates are refused, and a graph named by its address is not fetched."""
    assert get(client, "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status_code == 400
    assert get(client, "CLEAR ALL").status_code == 400
    assert get(client, "ASK FROM <http://127.0.0.1:1/> { ?s ?p ?o }").json["boolean"] is False
