"""A network of a result: its things and what ties them, laid out by springs, with every tie as a line of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import Tally
from sorgenetz.insight.results.labels import Label, label_of
from sorgenetz.insight.results.lettering import Lettering
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]
Names = Callable[[Iterable[Row]], Mapping[str, Named]]
MOST_NODES = 150
_MARGIN = 30.0


@dataclass(frozen=True)
class Ties:
    """What ties what: (from, relation, to), and the columns they come from; rows have no relation, only two things."""

    ties: tuple[tuple[Term, Term | None, Term], ...]
    columns: tuple[str, str]

    @property
    def nodes(self) -> tuple[Term, ...]:
        """Return each thing once, in the order of the rows."""
        return tuple(dict.fromkeys(end for start, _, to in self.ties for end in (start, to)))


@dataclass(frozen=True)
class Node:
    """One thing: its label, where it is drawn, how many neighbours it has, and the words beside it."""

    label: Label
    x: float
    y: float
    degree: int
    lettering: str

    @property
    def radius(self) -> float:
        """Return the size of its circle."""
        return round(4.5 + min(10.0, 1.5 * self.degree**0.5), 1)


@dataclass(frozen=True)
class Line:
    """One tie of the list."""

    start: Label
    relation: Label | None
    end: Label


@dataclass(frozen=True)
class Network:
    """The picture where it is small enough to be read, and the list in any case."""

    nodes: tuple[Node, ...]
    path: str
    width: float
    height: float
    lines: tuple[Line, ...]
    things: int
    columns: tuple[str, str]


def ties_of(tallies: tuple[Tally, ...], rows: tuple[Row, ...], *, are_statements: bool) -> Ties | None:
    """Return the ties of a graph's statements between things, or of the first two columns that hold things only.

    None when nothing is tied.
    """
    if are_statements:
        found = [(row[0], row[1], row[2]) for row in rows if row[2] and row[2].kind != "literal"]
        columns = ("subject", "object")
    else:
        things = [at for at, tally in enumerate(tallies) if tally.only("iri", "bnode")][:2]
        if len(things) < 2:
            return None
        one, other = things
        found = [(row[one], None, row[other]) for row in rows if row[one] and row[other]]
        columns = (tallies[one].name, tallies[other].name)
    return Ties(tuple(dict.fromkeys(found)), columns) if found else None  # type: ignore[arg-type]


def network_of(ties: Ties, names: Names) -> Network:
    """Return the network; above MOST_NODES things only its list."""
    named = names((start, relation, end) for start, relation, end in ties.ties)
    lines = tuple(
        Line(label_of(start, named), label_of(relation, named) if relation else None, label_of(end, named))
        for start, relation, end in ties.ties
    )
    nodes = ties.nodes
    if len(nodes) > MOST_NODES:
        return Network((), "", 0, 0, lines, len(nodes), ties.columns)
    width, height = 760.0, min(900.0, 260.0 + 5.0 * len(nodes))
    places, degrees = _layout(ties, width, height)
    lettering = Lettering(width, height)
    drawn = [Node(label_of(node, named), *places[node], degrees[node], "") for node in nodes]
    for node in drawn:
        lettering.block(node.x, node.y, node.radius)
    lettered = {}
    for node in sorted(drawn, key=lambda node: -node.degree):
        lettered[node] = lettering.place(node.label.text, node.x + node.radius + 3, node.y)
    path = "".join(
        f"M{places[start][0]:g} {places[start][1]:g}L{places[end][0]:g} {places[end][1]:g}"
        for start, end in dict.fromkeys((start, end) for start, _, end in ties.ties)
    )
    shown = tuple(Node(node.label, node.x, node.y, node.degree, lettered[node]) for node in drawn)
    return Network(shown, path, width, height, lines, len(nodes), ties.columns)


def _layout(ties: Ties, width: float, height: float) -> tuple[dict[Term, tuple[float, float]], dict[Term, int]]:
    import networkx as nx  # not before a network is drawn: it takes half a second

    graph = nx.Graph()
    graph.add_nodes_from(ties.nodes)
    graph.add_edges_from((start, end) for start, _, end in ties.ties)
    found = nx.spring_layout(graph, seed=1, iterations=120, k=1.6 / max(1, len(graph)) ** 0.5)
    xs, ys = [float(at[0]) for at in found.values()], [float(at[1]) for at in found.values()]
    wide, high = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    # Names stand to the right of their circles: there is more room for them at that side.
    places = {
        node: (
            round(_MARGIN + (float(x) - min(xs)) / wide * (width - 5 * _MARGIN), 1),
            round(_MARGIN + (float(y) - min(ys)) / high * (height - 2 * _MARGIN), 1),
        )
        for node, (x, y) in found.items()
    }
    return places, dict(graph.degree())
