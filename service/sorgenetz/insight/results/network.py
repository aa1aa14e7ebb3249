"""A network of a result: its things and what ties them, laid out by springs, with every tie as a line of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import Tally
from sorgenetz.insight.results.labels import Label, label_of
from sorgenetz.insight.results.lettering import Lettering, Words
from sorgenetz.layout import WIDTH, laid_out
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]
Names = Callable[[Iterable[Row]], Mapping[str, Named]]
MOST_NODES = 150
# The name of a thing with so many neighbours may stand over their circles, which lie all around it.
HUB = 4


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
    words: Words = Words()

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
    edges = list(dict.fromkeys((start, end) for start, _, end in ties.ties))
    places, height = laid_out(nodes, edges)
    degrees = {node: len(around) for node, around in _neighbours(edges).items()}
    lettering = Lettering(WIDTH, height)
    drawn = [Node(label_of(node, named), *places[node], degrees[node]) for node in nodes]
    for node in drawn:
        lettering.block(node.x, node.y, node.radius)
    lettered = {}
    for node in sorted(drawn, key=lambda node: -node.degree):
        is_hub = node.degree >= HUB
        lettered[node] = lettering.place(node.label.text, node.x, node.y, node.radius, over_marks=is_hub)
    path = "".join("M{:g} {:g}L{:g} {:g}".format(*places[start], *places[end]) for start, end in edges)
    shown = tuple(replace(node, words=lettered[node]) for node in sorted(drawn, key=lambda node: node.degree))
    return Network(shown, path, WIDTH, height, lines, len(nodes), ties.columns)


def _neighbours(edges: list[tuple[Term, Term]]) -> dict[Term, set[Term]]:
    found: dict[Term, set[Term]] = {}
    for start, end in edges:
        found.setdefault(start, set()).add(end)
        found.setdefault(end, set()).add(start)
    return found
