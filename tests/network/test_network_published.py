"""The network of the published data: its measures are those of networkx, and what is too much to draw is told."""

from __future__ import annotations

import networkx as nx
import pytest
from flask import Flask
from pages.parsed import Parsed
from readers import reader_of

from sorgenetz.insight.network.known import Known, known_network
from sorgenetz.names import ID
from sorgenetz.releases.network.ties import FUNDER, actor_graph, working

HUB = "organisation/bmfsfj"


@pytest.fixture(scope="module")
def network(published: Flask) -> Known:
    return known_network(reader_of(published))


def test_measures_of_the_release_are_those_of_networkx(network: Known) -> None:
    graph = actor_graph(working(network.ties))
    found = network.index.standings
    assert {actor: one.degree.value for actor, one in found.items()} == dict(graph.degree)
    assert {actor: one.between.value for actor, one in found.items()} == pytest.approx(
        nx.betweenness_centrality(graph, normalized=False), abs=1e-5
    )
    assert {actor for actor, one in found.items() if one.cuts} == set(nx.articulation_points(graph))
    measures = [measure for one in found.values() for measure in (one.degree, one.between)]
    assert all(measure.first <= measure.rank <= measure.last for measure in measures)
    assert set(graph) == set(found) and not any(tie.role == FUNDER for tie in working(network.ties))


def test_everything_has_its_place_and_communities_are_links(published: Flask, network: Known) -> None:
    page = Parsed(published.test_client().get("/de/network").get_data(as_text=True))
    drawn = page.one("svg", class_="overview")
    shapes = "".join(path.attributes["d"] for path in drawn.all("path", class_="dots"))
    assert shapes.count("M") == len(network.index.drawings[0].places)
    links = [link.attributes["href"] for link in drawn.all("a")]
    assert len(links) >= 10 and all(link.startswith("/de/network?group=") for link in links)
    listed = [link.attributes["href"] for link in page.all("a") if "group=" in link.attributes.get("href", "")]
    assert set(links) <= set(listed)
    small = Parsed(published.test_client().get(links[-1]).get_data(as_text=True))
    assert small.one("svg", class_="drawn").all("a", class_="is-actor")


def test_what_is_too_much_to_draw_is_told_and_the_lists_hold_all(published: Flask, network: Known) -> None:
    page = Parsed(published.test_client().get(f"/de/network/{HUB}?funding=1&steps=3").get_data(as_text=True))
    graph = actor_graph(network.ties)
    away = nx.single_source_shortest_path_length(graph, f"{ID}{HUB}", cutoff=3)
    assert len(page.one("svg", class_="drawn").all("a")) == 80 and len(away) > 150
    assert "Das Bild zeigt die nächsten 80." in page.text and "weitere sind nicht gezeichnet" in page.text
    assert len(page.one("table").all("tr")) - 1 == len(away)
