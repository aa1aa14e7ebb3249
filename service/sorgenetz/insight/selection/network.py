"""A selection as a network: its initiatives and those who take part in them, drawn, listed, or as a file in colour."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.network import Network, Ties, network_of
from sorgenetz.insight.selection.selected import Selected
from sorgenetz.terms import Term

if TYPE_CHECKING:
    import networkx as nx

ACTOR = "actor"
# The colours of the pages for each kind. Without an alpha value: readers that take one for zero show all nodes grey.
COLOURS = {"initiative": (14, 107, 92), "actor": (63, 61, 153)}


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
        _add(graph, thing, at.entries[thing].label, "initiative")
        for actor in at.values_of(thing, ACTOR):
            _add(graph, actor.iri, actor.label, "actor")
            graph.add_edge(thing, actor.iri)
    return graph


def _add(graph: nx.Graph, iri: str, label: str, kind: str) -> None:
    red, green, blue = COLOURS[kind]
    graph.add_node(iri, label=label, kind=kind, r=red, g=green, b=blue)


def gexf(selected: Selected) -> bytes:
    """Return the network as GEXF 1.1, whose colours have no alpha, with the colours as Gephi reads them."""
    import networkx as nx

    graph = graph_of(selected)
    for _, data in graph.nodes(data=True):
        data["viz"] = {"color": {"r": data.pop("r"), "g": data.pop("g"), "b": data.pop("b")}}
    return _written(lambda out: nx.write_gexf(graph, out, version="1.1draft"))


def graphml(selected: Selected) -> bytes:
    """Return the network as GraphML, with the colours in the attributes r, g and b, as Gephi writes and reads them."""
    import networkx as nx

    return _written(lambda out: nx.write_graphml_xml(graph_of(selected), out, encoding="utf-8", prettyprint=False))


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()
