"""What would be without an actor: who falls apart, who is left without any tie, what is left without anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sorgenetz.insight.network.chosen import Chosen


@dataclass(frozen=True)
class Without:
    """What is left of the group of an actor, itself not counted: its parts, the largest first, who would have no tie
    any more, and what nobody known would take part in."""

    before: int
    parts: tuple[Sequence[str], ...]
    alone: tuple[str, ...]
    abandoned: tuple[str, ...]

    @property
    def splits(self) -> bool:
        """Tell whether those who are left fall apart."""
        return len(self.parts) > 1


def without(chosen: Chosen, actor: str) -> Without:
    """Return what would be without `actor`, as far as ties are known."""
    import networkx as nx

    graph, order = chosen.actors, chosen.known.order
    if actor not in graph:
        return Without(0, (), (), ())
    group = nx.node_connected_component(graph, actor)
    left = graph.subgraph(group - {actor})
    parts = sorted(nx.connected_components(left), key=lambda part: (-len(part), min(map(order, part))))
    alone = sorted((one for one in left if not left.degree(one)), key=order)
    taking_part: dict[str, set[str]] = {}
    for tie in chosen.ties:
        taking_part.setdefault(tie.thing, set()).add(tie.actor)
    abandoned = sorted((thing for thing, of in taking_part.items() if of == {actor} and thing not in graph), key=order)
    ordered = tuple(sorted(part, key=lambda one: (-graph.degree(one), order(one))) for part in parts)
    return Without(len(group) - 1, ordered, tuple(alone), tuple(abandoned))
