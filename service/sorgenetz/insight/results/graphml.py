"""A result as a network file that Gephi, Cytoscape, yEd and igraph read."""

from __future__ import annotations

import io
import re

from sorgenetz.insight.answers import Whole, names_in
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.results.cells import tallied
from sorgenetz.insight.results.labels import label_of
from sorgenetz.insight.results.network import ties_of
from sorgenetz.insight.results.refusals import NetworkTooLarge, NoNetwork

# What holds in memory at ease, with the names of all things.
MOST_ROWS = 20_000
# What XML 1.0 cannot hold at all (section 2.2).
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(reader: Reader, whole: Whole) -> bytes:
    """Return all ties of an answer as GraphML; raises NoNetwork when nothing is tied, else NetworkTooLarge."""
    import networkx as nx  # not before a network is wanted: it takes half a second

    if whole.total > MOST_ROWS:
        raise NetworkTooLarge(limit=MOST_ROWS, count=whole.total)
    rows = tuple(whole.rows())
    ties = ties_of(tallied(whole.columns, rows), rows, are_statements=whole.form != "select")
    if ties is None:
        raise NoNetwork()
    names = names_in(reader, ties.ties)
    graph = nx.MultiDiGraph()
    for node in ties.nodes:
        label = label_of(node, names)
        graph.add_node(_xml(node.value), label=_xml(label.text), kind=label.kind)
    for start, relation, end in ties.ties:
        said = {"relation": _xml(relation.value), "label": _xml(label_of(relation, names).text)} if relation else {}
        graph.add_edge(_xml(start.value), _xml(end.value), **said)
    output = io.BytesIO()
    nx.write_graphml_xml(graph, output, encoding="utf-8", prettyprint=False)
    return output.getvalue()


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
