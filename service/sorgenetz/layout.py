"""Where the things of a network are drawn: each connected part laid out by springs, the parts side by side."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Place = tuple[float, float]
WIDTH = 760.0
# Springs take their time on large parts, and above this they would need another package.
LARGE = 500


@dataclass(frozen=True)
class Sheet:
    """How much room a picture has: its width and margin, the room of a thing, of the names at its side, of a gap.

    `grows` tells how the room of a part grows with its things; by 0.5 each thing has as much as in any other part.
    """

    width: float = WIDTH
    margin: float = 26.0
    across: float = 64.0
    down: float = 50.0
    # Names stand beside their circles.
    names: float = 120.0
    gap: float = 30.0
    grows: float = 0.5


def laid_out(
    nodes: Sequence[Hashable], edges: Sequence[tuple[Hashable, Hashable]], sheet: Sheet | None = None
) -> tuple[dict[Hashable, Place], float]:
    """Return the place of each node in a picture as wide as the sheet, and how high it is; the same each time."""
    import networkx as nx  # not before a network is drawn: it takes half a second

    sheet = sheet or Sheet()
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    order = {node: number for number, node in enumerate(nodes)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    places: dict[Hashable, Place] = {}
    x, y, lowest = sheet.margin, sheet.margin, sheet.margin
    for part in sorted(parts, key=lambda part: (-len(part), order[part[0]])):
        wide = min(sheet.across * len(part) ** sheet.grows, sheet.width - 2 * sheet.margin - sheet.names)
        high = sheet.down * len(part) ** sheet.grows
        if x > sheet.margin and x + wide + sheet.names > sheet.width - sheet.margin:
            x, y = sheet.margin, lowest + sheet.gap
        for node, (across, down) in _in_unit_square(_placed(part, graph)).items():
            places[node] = round(x + across * wide, 1), round(y + down * high, 1)
        x, lowest = x + wide + sheet.names, max(lowest, y + high)
    return places, lowest + sheet.margin


def _placed(part: list[Hashable], graph: nx.Graph) -> dict[Hashable, Sequence[float]]:
    """Return where the things of one part are; what counts is how they lie to one another."""
    import networkx as nx

    if len(part) < 3:
        return {node: (float(number), 0.0) for number, node in enumerate(part)}
    # A graph of its own, in the order of the rows: the order of a part of a graph changes from run to run.
    own = nx.Graph()
    own.add_nodes_from(part)
    number = {node: at for at, node in enumerate(part)}
    own.add_edges_from(edge for node in part for edge in graph.edges(node) if number[edge[0]] <= number[edge[1]])
    return (
        nx.forceatlas2_layout(own, seed=1, max_iter=50)
        if len(part) > LARGE
        else nx.spring_layout(own, seed=1, iterations=150)
    )


def _in_unit_square(found: dict[Hashable, Sequence[float]]) -> dict[Hashable, Place]:
    """Return the places stretched so that they reach from 0 to 1 both ways."""
    xs, ys = [float(x) for x, _ in found.values()], [float(y) for _, y in found.values()]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    return {
        node: ((float(x) - min(xs)) / wide if wide else 0.5, (float(y) - min(ys)) / high if high else 0.5)
        for node, (x, y) in found.items()
    }
