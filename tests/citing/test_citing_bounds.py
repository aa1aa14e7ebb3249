"""Citing an answer keeps to the bounds of queries: nobody else waits for what it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sorgenetz.engine.canonical import CANONICAL
from sorgenetz.insight.citing.outcome import repeatable
from sorgenetz.insight.citing.reference import Reference
from sorgenetz.settings import Settings
from sorgenetz.web import downloads
from sorgenetz.web.app import create_app

# Each node is tied to each other: to name ten of them by RDFC-1.0 takes ten minutes, each one more ten times as long.
NODES = range(11)
ALL_TIED = " ".join(f"_:n{one} <urn:p> _:n{other} ." for one in NODES for other in NODES if one != other)
POISON = f"CONSTRUCT {{ {ALL_TIED} }} {{}}"
LARGE = "SELECT ?a ?b ?x { ?a <urn:next> ?b . VALUES ?x { 1 2 3 4 } }"
SMALL = "SELECT ?a { ?a <urn:next> ?b } ORDER BY ?a LIMIT 3"


@pytest.fixture(scope="module")
def hasty(settings: Settings) -> Iterator[Flask]:
    """The application with little time for queries, which may wait long for a worker on a busy machine."""
    application = create_app(replace(settings, query_seconds=1.0, query_queue_seconds=60.0))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def client(hasty: Flask) -> FlaskClient:
    return hasty.test_client()


def address(client: FlaskClient, query: str) -> str:
    return client.post("/cite", data={"query": query}).headers["Location"]


def forged(app: Flask, query: str) -> str:
    return "/q/" + Reference(query, app.extensions["sorgenetz"].engine.release.name, "0" * 64).id


def test_a_graph_whose_nodes_take_hours_to_name_ends_at_a_limit_of_queries(hasty: Flask, client: FlaskClient) -> None:
    for response in (
        client.post("/cite", data={"query": POISON}),
        client.get(forged(hasty, POISON), headers={"Accept": "application/json"}),
    ):
        assert response.status_code == 503
        problem = response.json.get("error") or response.json
        # Which limit comes first depends on how quick the machine is.
        assert problem["type"].rpartition("/")[2] in ("query-timed-out", "query-out-of-memory")
        assert problem.get("limit_s") == 1.0 or problem.get("limit_mb")
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 200


def test_a_graph_has_one_canonical_form_whatever_its_nodes_are_called(hasty: Flask) -> None:
    engine = hasty.extensions["sorgenetz"].engine
    queries = (
        f"CONSTRUCT {{ {nodes} }} {{}}"
        for nodes in ("_:a <urn:p> _:b . _:b <urn:q> 1", "_:x <urn:q> 1 . _:y <urn:p> _:x", "[] <urn:p> [ <urn:q> 1 ]")
    )
    assert len({engine.answer(query, CANONICAL).body for query in queries}) == 1


def test_large_answers_are_read_one_at_a_time_and_small_ones_at_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = address(client, LARGE), address(client, SMALL)
    with monkeypatch.context() as meanwhile:
        # Somebody else has the turn for as long as anybody waits.
        meanwhile.setattr(downloads, "MAKING", SimpleNamespace(acquire=lambda timeout: False))
        for response in (client.get(large), client.post("/cite", data={"query": LARGE})):
            assert (response.status_code, "Retry-After" in response.headers) == (503, True)
        assert client.get(small).status_code == 200
    assert client.get(large, headers={"Accept": "application/json"}).json["rows"] == 4 * 3000


def test_an_address_made_up_of_open_quotes_is_read_in_no_time(hasty: Flask, client: FlaskClient) -> None:
    query = '"' + '\\"' * 60_000
    began = time.process_time()
    assert client.get(forged(hasty, query)).status_code == 400
    assert repeatable(query) == ""
    assert time.process_time() - began < 5


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/html;q=0"])
def test_a_form_there_is_not_is_406(client: FlaskClient, accept: str) -> None:
    assert client.get(address(client, SMALL), headers={"Accept": accept}).status_code == 406
