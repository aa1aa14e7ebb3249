"""How actors stand in a network: numbers, ranks with how sure they are, and groups."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sorgenetz.releases.network.ties import Tie, actor_graph

if TYPE_CHECKING:
    import networkx as nx

SEED = 1
RESAMPLES = 200
# The method ends where it can get no better step by step, which depends on where it starts.
STARTS = 10
# Of twenty resamples one may rank ahead of the interval, and one behind it.
OUTSIDE = 0.05


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, its rank (1 for the largest), and the ranks between which nine of ten resamples lie.

    Equals share the first of their ranks. In a resample they may have any of them, and it has more equals: a third of
    the ties is missing, so that the first rank of all who have the least comes far earlier in it. So the interval
    reaches from the first of an actor's ranks to the last.
    """

    value: float
    rank: int
    first: int
    last: int


@dataclass(frozen=True)
class Standing:
    """How one actor stands: with how many it works, between how many it mediates, and what it belongs to.

    `group` counts those connected with it by any way, itself included; `cuts` tells that they fall apart without it.
    """

    degree: Measure
    between: Measure
    group: int
    cuts: bool


def standings(ties: Sequence[Tie], resamples: int = RESAMPLES) -> dict[str, Standing]:
    """Return how each actor stands; ranks are tried on as many resamples of the ties, drawn with replacement."""
    import networkx as nx

    graph = actor_graph(ties)
    numbers = (degrees(graph), betweenness(graph))
    drawn: tuple[dict[str, list[range]], ...] = tuple({actor: [] for actor in graph} for _ in numbers)
    chance = random.Random(SEED)
    for _ in range(resamples):
        sample = actor_graph(chance.choices(ties, k=len(ties))) if ties else graph
        sample.add_nodes_from(graph)
        for held, measure in zip(drawn, (degrees, betweenness), strict=True):
            for actor, shared in ranks(measure(sample)).items():
                if actor in held:
                    held[actor].append(shared)
    groups = {actor: len(group) for group in nx.connected_components(graph) for actor in group}
    cutting = set(nx.articulation_points(graph))
    measured = [_measures(found, held) for found, held in zip(numbers, drawn, strict=True)]
    return {actor: Standing(measured[0][actor], measured[1][actor], groups[actor], actor in cutting) for actor in graph}


def degrees(graph: nx.Graph) -> dict[str, float]:
    """Return with how many others each actor works."""
    return {actor: float(degree) for actor, degree in graph.degree}


def betweenness(graph: nx.Graph) -> dict[str, float]:
    """Return for how many pairs of others the shortest way leads over each actor; where it has n forms, 1/n of it."""
    import networkx as nx

    # Groups one by one: no way leads out of them, and where all work with all nobody stands between others.
    found = dict.fromkeys(graph, 0.0)
    for group in nx.connected_components(graph):
        if any(graph.degree(actor) < len(group) - 1 for actor in group):
            own = nx.Graph()
            own.add_edges_from(graph.edges(sorted(group)))  # in a lasting order: sums of fractions depend on it
            found.update(nx.betweenness_centrality(own, normalized=False))
    return {actor: round(value, 6) for actor, value in found.items()}


def ranks(numbers: Mapping[str, float]) -> dict[str, range]:
    """Return the ranks of each: from 1 for the largest number, equal ones share theirs.

    >>> ranks({"a": 3.0, "b": 5.0, "c": 3.0})
    {'b': range(1, 2), 'a': range(2, 4), 'c': range(2, 4)}
    """
    found: dict[str, range] = {}
    for _, equals in groupby(sorted(numbers, key=lambda name: -numbers[name]), key=lambda name: numbers[name]):
        names = list(equals)
        found |= dict.fromkeys(names, range(len(found) + 1, len(found) + len(names) + 1))
    return found


def communities(graph: nx.Graph) -> list[list[str]]:
    """Return the communities of more than one by Louvain's method, the largest first, the best connected ahead in each.

    The same graph gives the same communities.
    """
    import networkx as nx

    order = sorted(graph)
    # Numbers for names: sets of numbers have the same order in every run.
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(order)))
    at = {actor: number for number, actor in enumerate(order)}
    numbered.add_weighted_edges_from((at[one], at[other], n) for one, other, n in sorted(graph.edges(data="weight")))
    tried = [nx.community.louvain_communities(numbered, seed=seed) for seed in range(STARTS)] if order else [[]]
    found = max(tried, key=lambda groups: nx.community.modularity(numbered, groups) if numbered.size() else 0.0)
    named = [sorted((order[number] for number in group), key=lambda one: (-graph.degree(one), one)) for group in found]
    return sorted((group for group in named if len(group) > 1), key=lambda group: (-len(group), group))


def _measures(numbers: Mapping[str, float], drawn: Mapping[str, Sequence[range]]) -> dict[str, Measure]:
    found = {}
    for actor, shared in ranks(numbers).items():
        resampled = drawn[actor] or [shared]
        outside = int(len(resampled) * OUTSIDE)
        first = sorted(one[0] for one in resampled)[outside]
        last = sorted(one[-1] for one in resampled)[-1 - outside]
        found[actor] = Measure(numbers[actor], shared[0], first, last)
    return found
