"""Which graphs a query is asked of: the request wins over the query, and several default graphs are merged."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from test_sparql_protocol import ALIA, COUNT, GRAPH, SN, WAYS, get, number, rows

OWN, PAPER = GRAPH + "own-pages-high", GRAPH + "newspaper-medium"
PLACES = f"SELECT (COUNT(?place) AS ?n) WHERE {{ <{ALIA}> <{SN}locatedIn> ?place }}"
NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"


@WAYS
def test_an_unknown_default_graph_is_empty(client: FlaskClient, send) -> None:
    assert number(send(client, COUNT, **{"default-graph-uri": "urn:unknown"})) == 0


@WAYS
def test_an_unknown_named_graph_is_empty(client: FlaskClient, send) -> None:
    assert rows(send(client, NAMES, **{"named-graph-uri": "urn:unknown"})) == []


@WAYS
def test_one_default_graph_holds_what_its_source_says(client: FlaskClient, send) -> None:
    assert number(send(client, COUNT, **{"default-graph-uri": PAPER})) == 3


@WAYS
def test_two_default_graphs_are_merged_so_that_what_both_say_counts_once(client: FlaskClient, send) -> None:
    assert number(send(client, PLACES, **{"default-graph-uri": [OWN, PAPER]})) == 1


@WAYS
def test_named_graphs_only_leave_the_default_graph_empty(client: FlaskClient, send) -> None:
    assert number(send(client, COUNT, **{"named-graph-uri": [OWN, PAPER]})) == 0
    assert [row["g"]["value"] for row in rows(send(client, NAMES, **{"named-graph-uri": [OWN, PAPER]}))] == [PAPER, OWN]


@WAYS
def test_default_graphs_only_leave_no_named_graph(client: FlaskClient, send) -> None:
    assert rows(send(client, NAMES, **{"default-graph-uri": OWN})) == []


@WAYS
def test_the_graphs_of_the_request_win_over_those_of_the_query(client: FlaskClient, send) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{OWN}> WHERE {{ ?s ?p ?o }}"
    assert number(send(client, query, **{"default-graph-uri": PAPER})) == 3


@WAYS
def test_from_in_the_query_merges_graphs_too(client: FlaskClient, send) -> None:
    query = PLACES.replace("WHERE", f"FROM <{OWN}> FROM <{PAPER}> WHERE")
    assert number(send(client, query)) == 1


@WAYS
def test_from_named_in_the_query_limits_the_named_graphs(client: FlaskClient, send) -> None:
    query = NAMES.replace("WHERE", f"FROM NAMED <{OWN}> WHERE", 1)
    assert [row["g"]["value"] for row in rows(send(client, query))] == [OWN]


def test_the_default_graph_is_the_union_of_all_named_graphs(client: FlaskClient) -> None:
    distinct = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } }"
    assert number(get(client, COUNT)) == number(get(client, distinct))


@WAYS
def test_a_default_graph_of_the_request_leaves_no_named_graph_of_the_query(client: FlaskClient, send) -> None:
    """The dataset of the request takes the place of the query's as a whole (SPARQL 1.1 Protocol, 2.1.4)."""
    query = NAMES.replace("WHERE", f"FROM NAMED <{OWN}> WHERE", 1)
    assert rows(send(client, query, **{"default-graph-uri": PAPER})) == []


@WAYS
def test_default_and_named_graphs_of_the_request_stand_side_by_side(client: FlaskClient, send) -> None:
    given = {"default-graph-uri": PAPER, "named-graph-uri": OWN}
    assert number(send(client, COUNT, **given)) == 3
    assert [row["g"]["value"] for row in rows(send(client, NAMES, **given))] == [OWN]


@WAYS
def test_from_and_from_named_stand_side_by_side(client: FlaskClient, send) -> None:
    dataset = f"FROM <{PAPER}> FROM NAMED <{OWN}> WHERE"
    assert number(send(client, COUNT.replace("WHERE", dataset))) == 3
    assert [row["g"]["value"] for row in rows(send(client, NAMES.replace("WHERE", dataset, 1)))] == [OWN]


@WAYS
@pytest.mark.parametrize(
    "name", ["http://[2001:db8::1]:8080/graph", "http://[::1]", "urn:x?a=b#c", "tag:x,2026:ä", "a:"]
)
def test_a_graph_may_have_any_absolute_iri(client: FlaskClient, send, name: str) -> None:
    for parameter in ("default-graph-uri", "named-graph-uri"):
        assert number(send(client, COUNT, **{parameter: name})) == 0
