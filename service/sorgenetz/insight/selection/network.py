"""A selection as a network: its initiatives and those who take part in them, drawn, listed, or as a file in colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sorgenetz.insight.network.files import add_node
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.network import Network, Ties, network_of
from sorgenetz.insight.selection.selected import Selected
from sorgenetz.terms import Term

if TYPE_CHECKING:
    import networkx as nx

ACTOR = "actor"


@dataclass(frozen=True)
class SelectionNetwork:
    """The picture where it is small enough to be read, each initiative with its actors, and those without any known."""

    drawn: Network | None
    taking_part: tuple[tuple[Named, tuple[Named, ...]], ...]
    alone: tuple[Named, ...]


def drawn_network(reader: Reader, selected: Selected) -> SelectionNetwork:
    """Return the initiatives of the selection and who takes part in them."""
    at = selected.catalogue
    names = {**at.names, **reader.names(selected.things)}
    pairs = [(names[thing], at.values_of(thing, ACTOR)) for thing in selected.things]
    ties = tuple((_term(thing), None, _term(actor)) for thing, actors in pairs for actor in actors)
    return SelectionNetwork(
        network_of(Ties(ties, ("initiative", ACTOR)), lambda rows: names) if ties else None,
        tuple(pair for pair in pairs if pair[1]),
        tuple(thing for thing, actors in pairs if not actors),
    )


def _term(named: Named) -> Term:
    return Term("uri", named.iri)


def graph_of(selected: Selected) -> nx.Graph:
    """Return the graph of initiatives and their actors, each with label, kind and colour."""
    import networkx as nx  # not before a network is wanted: it takes half a second

    at = selected.catalogue
    graph = nx.Graph()
    for thing in selected.things:
        add_node(graph, thing, at.entries[thing].label, "initiative")
        for actor in at.values_of(thing, ACTOR):
            add_node(graph, actor.iri, actor.label, "actor")
            graph.add_edge(thing, actor.iri)
    return graph
