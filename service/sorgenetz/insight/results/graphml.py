"""A result as a network file that Gephi, Cytoscape, yEd and igraph read."""

from __future__ import annotations

from sorgenetz.insight.answers import Whole, names_in
from sorgenetz.insight.network.files import WRITERS, xml_text
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.results.cells import tallied
from sorgenetz.insight.results.labels import label_of
from sorgenetz.insight.results.network import ties_of
from sorgenetz.insight.results.refusals import NetworkTooLarge, NoNetwork

# What holds in memory at ease, with the names of all things.
MOST_ROWS = 20_000


def graphml(reader: Reader, whole: Whole) -> bytes:
    """Return all ties of an answer as GraphML; raises NoNetwork when nothing is tied, else NetworkTooLarge."""
    if whole.total > MOST_ROWS:
        raise NetworkTooLarge(limit=MOST_ROWS, count=whole.total)
    rows = tuple(whole.rows())
    ties = ties_of(tallied(whole.columns, rows), rows, are_statements=whole.form != "select")
    if ties is None:
        raise NoNetwork()
    import networkx as nx  # not before a network is wanted: it takes half a second

    names = names_in(reader, ties.ties)
    graph = nx.MultiDiGraph()
    for node in ties.nodes:
        label = label_of(node, names)
        graph.add_node(xml_text(node.value), label=xml_text(label.text), kind=label.kind)
    for start, relation, end in ties.ties:
        said = (
            {"relation": xml_text(relation.value), "label": xml_text(label_of(relation, names).text)}
            if relation
            else {}
        )
        graph.add_edge(xml_text(start.value), xml_text(end.value), **said)
    return WRITERS["graphml"](graph)
