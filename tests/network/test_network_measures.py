"""Measures: by hand on the small network, and equal to networkx on random ones; the same each time."""

from __future__ import annotations

import json
import random
from dataclasses import asdict

import networkx as nx
import pytest

from network.conftest import actor, slugs
from sorgenetz.insight.network.known import Known
from sorgenetz.releases.network.index import index_of_ties, read_network
from sorgenetz.releases.network.measures import betweenness, communities, degrees, standings
from sorgenetz.releases.network.ties import Tie, actor_graph


def random_ties(seed: int, actors: int = 60, things: int = 45) -> tuple[Tie, ...]:
    chance = random.Random(seed)
    found = {(f"a{chance.randrange(actors)}", f"t{chance.randrange(things)}") for _ in range(round(1.6 * things))}
    return tuple(Tie(one, thing, "r") for one, thing in sorted(found))


def test_the_small_network_as_counted_by_hand(known: Known) -> None:
    found = {iri.rpartition("/")[2]: one for iri, one in known.index.standings.items()}
    assert {slug: one.degree.value for slug, one in found.items()} == {
        "amt": 3, "bund": 3, "chor": 3, "verein": 2, "dorf": 2, "verbund": 2, "frei": 1, "einzeln": 0,
    }  # fmt: skip
    assert {slug: one.between.value for slug, one in found.items()} == {
        "chor": 9, "dorf": 8, "verbund": 5, "amt": 2, "bund": 2, "verein": 0, "frei": 0, "einzeln": 0,
    }  # fmt: skip
    assert {slug for slug, one in found.items() if one.cuts} == {"chor", "dorf", "verbund"}
    assert {one.group for slug, one in found.items() if slug != "einzeln"} == {7} and found["einzeln"].group == 1
    assert found["chor"].between.rank == 1 and found["amt"].degree.rank == found["bund"].degree.rank == 1


@pytest.mark.parametrize("seed", range(6))
def test_measures_equal_those_of_networkx(seed: int) -> None:
    ties = random_ties(seed)
    graph = actor_graph(ties)
    assert betweenness(graph) == pytest.approx(nx.betweenness_centrality(graph, normalized=False), abs=1e-5)
    assert degrees(graph) == dict(graph.degree)
    found = standings(ties, resamples=2)
    assert {one for one, standing in found.items() if standing.cuts} == set(nx.articulation_points(graph))
    assert all(found[one].group == len(nx.node_connected_component(graph, one)) for one in graph)


def test_ranks_have_intervals_that_hold_most_resamples_and_widen_with_less_data() -> None:
    star = tuple(Tie(one, f"t{n}", "r") for n in range(40) for one in ("hub", f"a{n}"))
    found = standings(star)
    assert found["hub"].degree == found["hub"].degree.__class__(40.0, 1, 1, 1)
    leaf = found["a3"].degree
    assert leaf.rank == 2 and leaf.first == 2 and leaf.last > 20
    assert standings(star) == found


@pytest.mark.parametrize("seed", range(4))
def test_a_rank_lies_in_its_interval_though_equals_share_the_first_of_theirs(seed: int) -> None:
    # Much that only one actor is named for: where ties are missing, as in a resample, more actors are equal.
    alone = tuple(Tie(f"a{n}", f"alone{n}", "r") for n in range(100))
    for one in standings(random_ties(seed) + alone, resamples=60).values():
        for measure in (one.degree, one.between):
            assert measure.first <= measure.rank <= measure.last


def test_communities_are_the_same_in_every_order_and_named_by_the_best_connected() -> None:
    ties = random_ties(3)
    found = communities(actor_graph(ties))
    assert found == communities(actor_graph(tuple(reversed(ties))))
    graph = actor_graph(ties)
    assert all(graph.degree(group[0]) == max(graph.degree(one) for one in group) for group in found)
    assert nx.community.modularity(graph, [*map(set, found), *({one} for one in graph if not graph.degree(one))]) > 0.6


def test_the_small_network_falls_into_two_communities_and_one_alone_is_none(known: Known) -> None:
    groups = [slugs(group) for group in known.index.communities]
    assert groups == [{"amt", "bund", "chor", "verein"}, {"dorf", "frei", "verbund"}]
    assert actor("einzeln") not in known.communities


def test_the_file_of_the_network_says_what_was_worked_out(tmp_path) -> None:
    found = index_of_ties(random_ties(1, 20, 15))
    path = tmp_path / "network.json"
    path.write_text(json.dumps(asdict(found)))
    assert read_network(path) == found
    working, everything = found.drawings
    assert all(0 <= x <= working.width and 0 <= y <= working.height for x, y in working.places.values())
    assert everything.places == working.places
