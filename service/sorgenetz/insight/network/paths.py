"""Ways between two actors: over what they take part in together with others, the shortest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.releases.network.ties import Tie

MOST_WAYS = 3


@dataclass(frozen=True)
class Leg:
    """One half of a step: the ties between an actor and what it takes part in; `onward` when the actor comes first."""

    ties: tuple[Tie, ...]
    onward: bool


@dataclass(frozen=True)
class Way:
    """A way as legs, with how many actors lie between its ends."""

    legs: tuple[Leg, ...]
    between: int


@dataclass(frozen=True)
class Ways:
    """The shortest ways, and whether there are more than these."""

    ways: tuple[Way, ...]
    more: bool

    @property
    def graphs(self) -> set[str]:
        """Return the graphs that say so."""
        return {graph for way in self.ways for leg in way.legs for tie in leg.ties for graph in tie.graphs}


def ways_between(chosen: Chosen, start: str, end: str, most: int = MOST_WAYS) -> Ways:
    """Return the shortest ways from one actor to another in what is chosen; none when nothing known connects them."""
    import networkx as nx

    graph = chosen.parts
    if start == end or start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return Ways((), False)
    ties: dict[tuple[str, str], list[Tie]] = {}
    for tie in chosen.ties:
        ties.setdefault((tie.actor, tie.thing), []).append(tie)
    # Ways of one length come in the order of their names, not in that of the search.
    found: list[list[str]] = []
    for path in islice(nx.shortest_simple_paths(graph, start, end), 60):
        if len(found) > most and len(path) > len(found[-1]):
            break
        found.append(path)
    found.sort(key=lambda path: (len(path), [chosen.known.order(iri) for iri in path]))
    return Ways(tuple(_way(chosen, ties, path) for path in found[:most]), len(found) > most)


def _way(chosen: Chosen, ties: dict[tuple[str, str], list[Tie]], path: list[str]) -> Way:
    legs = []
    for one, other in pairwise(path):
        onward = (one, other) in ties
        legs.append(Leg(tuple(ties[(one, other) if onward else (other, one)]), onward))
    return Way(tuple(legs), sum(1 for iri in path[1:-1] if iri in chosen.actors))
