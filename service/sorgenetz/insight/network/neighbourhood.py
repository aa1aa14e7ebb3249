"""The neighbourhood of an actor: those it works with, those they work with, and what they do together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.releases.network.ties import Tie


@dataclass(frozen=True)
class Neighbourhood:
    """Actors by how many steps they are away, and the ties among them; a step leads over what two have in common."""

    centre: str
    away: Mapping[str, int]
    ties: tuple[Tie, ...]

    @property
    def others(self) -> int:
        """Return how many there are beside the centre."""
        return len(self.away) - 1


@dataclass(frozen=True)
class Together:
    """One thing with the ties of all who take part in it, the nearest first."""

    thing: str
    ties: tuple[Tie, ...]


def neighbourhood(chosen: Chosen, centre: str) -> Neighbourhood:
    """Return the neighbourhood of `centre` by as many steps as are chosen, and one more where it is opened further."""
    import networkx as nx

    graph = chosen.actors
    away = {centre: 0}
    if centre in graph:
        away = dict(nx.single_source_shortest_path_length(graph, centre, cutoff=chosen.choice.steps))
    opened = {centre}
    for actor in chosen.choice.further:
        # One that was opened may bring the next that is: the address names them in the order of opening.
        if actor in away:
            opened.add(actor)
            for other in graph[actor]:
                away.setdefault(other, away[actor] + 1)
    return Neighbourhood(centre, away, _among(chosen, away, opened))


def _among(chosen: Chosen, away: Mapping[str, int], opened: set[str]) -> tuple[Tie, ...]:
    """Return the ties of these actors to one another, and those by which the nearer ones were left."""
    members: dict[str, set[str]] = {}
    for tie in chosen.ties:
        if tie.actor in away:
            members.setdefault(tie.thing, set()).add(tie.actor)

    def belongs(tie: Tie) -> bool:
        if tie.actor not in away:
            return False
        if tie.direct and tie.thing in away:
            return True
        inside = members[tie.thing]
        nearer = any(away[actor] < chosen.choice.steps or actor in opened for actor in inside)
        return tie.joint and (nearer or len(inside) > 1)

    return tuple(tie for tie in chosen.ties if belongs(tie))


def together(of: Neighbourhood, chosen: Chosen) -> tuple[Together, ...]:
    """Return what the actors of a neighbourhood take part in, the nearest first, each with its ties."""
    by_thing: dict[str, list[Tie]] = {}
    for tie in of.ties:
        by_thing.setdefault(tie.thing, []).append(tie)
    order = chosen.known.order
    found = [
        Together(thing, tuple(sorted(ties, key=lambda tie: (of.away[tie.actor], order(tie.actor), tie.role))))
        for thing, ties in by_thing.items()
    ]
    return tuple(sorted(found, key=lambda one: (of.away[one.ties[0].actor], order(one.thing))))


def nearest(of: Neighbourhood, chosen: Chosen, most: int) -> frozenset[str]:
    """Return at most so many actors and things of a neighbourhood, the nearest first; pinned ones stay in any case."""
    reach: dict[str, float] = {iri: float(steps) for iri, steps in of.away.items()}
    for one in together(of, chosen):
        reach.setdefault(one.thing, of.away[one.ties[0].actor] + 0.5)
    pinned = set(chosen.choice.pinned)
    parts = chosen.parts
    order = sorted(
        reach,
        key=lambda iri: (iri not in pinned, reach[iri], -parts.degree(iri) if iri in parts else 0, iri),
    )
    return frozenset(order[:most]) | {of.centre}
