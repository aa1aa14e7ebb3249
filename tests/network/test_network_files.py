"""The network as files: all of what is shown, coloured, and nothing where an address cannot be followed."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import networkx as nx
import pytest
from flask import Flask

from sorgenetz.web import downloads
from sorgenetz.web.app import create_app


@pytest.fixture
def get(small: Flask):
    return lambda path: small.test_client().get(path)


def test_graphml_holds_every_tie_with_roles_times_and_sources(get) -> None:
    response = get("/de/network.graphml")
    assert response.headers["Content-Disposition"] == "attachment; filename=sorgenetz-000001-netz.graphml"
    graph = nx.parse_graphml(response.text)
    assert len(graph) == 13 and graph.number_of_edges() == 12
    chor = next(data for _, data in graph.nodes(data=True) if data["label"] == "Chor")
    assert (chor["kind"], chor["kinds"], chor["works_with"], chor["betweenness_in_whole"]) == (
        "actor",
        "Verein",
        3,
        9.0,
    )
    assert (chor["r"], chor["g"], chor["b"]) == (63, 61, 153)
    one = next(data for *_, data in graph.edges(data=True) if data["starts"] == "2012")
    assert one["roles"] == "Kooperationspartner" and one["ends"] == "2015-06-30" and one["graphs"].endswith("own-high")


def test_a_neighbourhood_is_taken_away_under_its_choice(get) -> None:
    graph = nx.parse_graphml(get("/en/network.graphml?actor=organisation/verein&year=2014").text)
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"Verein", "Bund der Nachbarn", "Eins"}


def test_gexf_is_coloured_without_alpha(get) -> None:
    text = get("/de/network.gexf").text
    assert ElementTree.fromstring(text).attrib["version"] == "1.1" and " a=" not in text
    assert text.count("<viz:color") == 13


@pytest.mark.parametrize("query", ["year=x", "role=x", "actor=niemand", "steps=99"])
def test_an_address_that_cannot_be_followed_is_an_error(get, query: str) -> None:
    response = get(f"/de/network.gexf?{query}")
    assert response.status_code == 400 and response.mimetype == "application/problem+json"
    assert query.startswith("actor") or get(f"/de/network.json?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/de/network.json", "/de/network.gexf?actor=organisation/verein"])
def test_who_has_the_file_of_this_release_is_told_so(small: Flask, path: str) -> None:
    visitor = small.test_client()
    first = visitor.get(path)
    assert first.headers["Sorgenetz-Release"].startswith("000001-") and first.headers["ETag"]
    assert visitor.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_one_file_is_made_at_a_time_and_who_waits_too_long_is_told_when_to_come_back(small: Flask) -> None:
    application = create_app(replace(small.extensions["sorgenetz"].settings, query_queue_seconds=2.0))
    visitor = application.test_client()
    with downloads.MAKING:
        refused = visitor.get("/de/network.graphml")
    assert refused.status_code == 503 and refused.headers["Retry-After"] == "2"
    assert visitor.get("/de/network.gexf").status_code == 200
    application.extensions["sorgenetz"].engine.close()
