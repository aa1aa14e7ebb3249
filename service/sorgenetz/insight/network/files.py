"""A network as a file that Gephi, Cytoscape, yEd and igraph read, in the colours of the pages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.releases.network.ties import Tie

if TYPE_CHECKING:
    import networkx as nx

# The colours of the pages for each kind. Without an alpha value: readers that take one for zero show all nodes grey.
COLOURS = {
    "initiative": (14, 107, 92), "actor": (63, 61, 153), "event": (29, 91, 158), "programme": (76, 96, 17),
}  # fmt: skip
OTHER = (86, 97, 95)
# What XML 1.0 cannot hold at all (section 2.2).
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph_of_ties(chosen: Chosen, ties: Iterable[Tie]) -> nx.Graph:
    """Return the graph of ties: each actor and thing with what is known of it, each line with roles and sources."""
    import networkx as nx  # not before a network is wanted: it takes half a second

    known = chosen.known
    graph = nx.Graph()
    for tie in ties:
        for iri in (tie.actor, tie.thing):
            if iri not in graph:
                add_node(graph, iri, known.names[iri].label, known.names[iri].kind)
                graph.nodes[iri].update(_facts(chosen, iri))
        said = {
            "roles": {known.names[tie.role].label},
            "starts": {*tie.starts},
            "ends": {*tie.ends},
            "graphs": {*tie.graphs},
        }
        held = graph.get_edge_data(tie.actor, tie.thing) or {}
        graph.add_edge(tie.actor, tie.thing, **{key: held.get(key, set()) | values for key, values in said.items()})
    for _, _, data in graph.edges(data=True):
        data.update({key: xml_text("; ".join(sorted(values))) for key, values in data.items()})
    return graph


def add_node(graph: nx.Graph, iri: str, label: str, kind: str) -> None:
    """Add a node with its label, its kind, and the colour of its kind."""
    red, green, blue = COLOURS.get(kind, OTHER)
    graph.add_node(iri, label=xml_text(label), kind=kind, r=red, g=green, b=blue)


def xml_text(text: str) -> str:
    """Return a text that XML can hold.

    >>> xml_text("a\x00b") == "a\ufffdb"
    True
    """
    return _NOT_XML.sub("\ufffd", text)


def gexf(graph: nx.Graph) -> bytes:
    """Return the network as GEXF 1.1, whose colours have no alpha, with the colours as Gephi reads them."""
    import networkx as nx

    coloured = graph.copy()
    for _, data in coloured.nodes(data=True):
        data["viz"] = {"color": {"r": data.pop("r"), "g": data.pop("g"), "b": data.pop("b")}}
    return _written(lambda out: nx.write_gexf(coloured, out, version="1.1draft"))


def graphml(graph: nx.Graph) -> bytes:
    """Return the network as GraphML, with the colours in the attributes r, g and b, as Gephi writes and reads them."""
    import networkx as nx

    return _written(lambda out: nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=False))


WRITERS = {"gexf": gexf, "graphml": graphml}


def _facts(chosen: Chosen, iri: str) -> dict[str, str | int | float]:
    """Return what the table says of an actor, in the terms of network analysis; nothing of what is no actor."""
    known = chosen.known
    if iri not in chosen.actors:
        return {}
    facts: dict[str, str | int | float] = {
        "kinds": xml_text("; ".join(known.names[kind].label for kind in known.kinds.get(iri, ()))),
        "works_with": chosen.actors.degree(iri),
    }
    standing, community = known.index.standings.get(iri), known.communities.get(iri)
    if standing:
        facts |= {"degree_in_whole": standing.degree.value, "betweenness_in_whole": standing.between.value}
    return facts | ({"community": xml_text(known.names[community[0]].label)} if community else {})


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()
