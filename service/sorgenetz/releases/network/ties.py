"""The ties of a release: who takes part in what, and which actors that ties to one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sorgenetz.names import ID

if TYPE_CHECKING:
    import networkx as nx

PAGE = "network-ties"
FUNDER = f"{ID}role/funder"


@dataclass(frozen=True, slots=True)
class Tie:
    """An actor's part in a thing, or its membership: role, times as sources write them, and the graphs that say so.

    `joint` tells that those who take part work together on it, as on an initiative; members of an association do not
    yet. `direct` tells that the thing itself takes part in something or is an actor, and so is tied like one.
    """

    actor: str
    thing: str
    role: str
    iri: str = ""
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    joint: bool = True
    direct: bool = False


def read_ties(rows: Iterable[Mapping[str, Any]]) -> tuple[Tie, ...]:
    """Return the ties in rows of the page query network-ties, in a lasting order."""
    found: dict[tuple[str, ...], dict[str, set[str]]] = {}
    of_actors: set[str] = set()
    for row in rows:
        key = tuple(row[name].value if name in row else "" for name in ("actor", "thing", "role", "tie"))
        said = found.setdefault(key, {"start": set(), "end": set(), "graph": set()})
        if row["isActor"].value == "true":
            of_actors.add(key[1])
        for name, values in said.items():
            if name in row:
                values.add(row[name].value)
    acting = of_actors | {key[0] for key in found}
    return tuple(
        Tie(
            *key,
            *(tuple(sorted(said[name])) for name in ("start", "end", "graph")),
            joint=key[1] not in of_actors,
            direct=key[1] in acting,
        )
        for key, said in sorted(found.items())
    )


def working(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return the ties without those of who only funds: that does not count as working together."""
    return tuple(tie for tie in ties if tie.role != FUNDER)


def actor_graph(ties: Iterable[Tie]) -> nx.Graph:
    """Return who works with whom: a line where two take part in the same thing, or one takes part in the other.

    The weight of a line counts what two actors share.
    """
    import networkx as nx  # not before a network is wanted: it takes half a second

    graph = nx.Graph()
    together: dict[str, set[str]] = {}
    shared: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        graph.add_node(tie.actor)
        if tie.direct:
            shared[min(tie.actor, tie.thing), max(tie.actor, tie.thing)] = 1
        if tie.joint:
            together.setdefault(tie.thing, set()).add(tie.actor)
    for actors in together.values():
        shared.update(combinations(sorted(actors), 2))
    graph.add_weighted_edges_from((one, other, n) for (one, other), n in sorted(shared.items()) if one != other)
    return graph


def participation_graph(ties: Iterable[Tie]) -> nx.Graph:
    """Return actors and what they take part in, a line for each part; what is drawn."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from((tie.actor, tie.thing) for tie in ties)
    return graph
