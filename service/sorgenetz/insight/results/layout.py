"""Where the things of a network are drawn: each connected part laid out by springs, the parts side by side."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

Place = tuple[float, float]
WIDTH = 760.0
_MARGIN = 26.0
# Names stand beside their circles.
_NAMES = 120.0
_GAP = 30.0
_ACROSS, _DOWN = 64.0, 50.0


def laid_out(
    nodes: Sequence[Hashable], edges: Sequence[tuple[Hashable, Hashable]]
) -> tuple[dict[Hashable, Place], float]:
    """Return the place of each node in a picture WIDTH wide, and how high it is; the same each time."""
    import networkx as nx  # not before a network is drawn: it takes half a second

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    order = {node: number for number, node in enumerate(nodes)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    places: dict[Hashable, Place] = {}
    x, y, lowest = _MARGIN, _MARGIN, _MARGIN
    for part in sorted(parts, key=lambda part: (-len(part), order[part[0]])):
        wide = min(_ACROSS * len(part) ** 0.5, WIDTH - 2 * _MARGIN - _NAMES)
        high = _DOWN * len(part) ** 0.5
        if x > _MARGIN and x + wide + _NAMES > WIDTH - _MARGIN:
            x, y = _MARGIN, lowest + _GAP
        # A graph of its own, in the order of the rows: the order of a part of a graph changes from run to run.
        own = nx.Graph()
        own.add_nodes_from(part)
        own.add_edges_from(edge for edge in graph.edges(part))
        for node, (across, down) in _in_unit_square(nx.spring_layout(own, seed=1, iterations=150)).items():
            places[node] = round(x + across * wide, 1), round(y + down * high, 1)
        x, lowest = x + wide + _NAMES, max(lowest, y + high)
    return places, lowest + _MARGIN


def _in_unit_square(found: dict[Hashable, Sequence[float]]) -> dict[Hashable, Place]:
    """Return the places stretched so that they reach from 0 to 1 both ways."""
    xs, ys = [float(x) for x, _ in found.values()], [float(y) for _, y in found.values()]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    return {
        node: ((float(x) - min(xs)) / wide if wide else 0.5, (float(y) - min(ys)) / high if high else 0.5)
        for node, (x, y) in found.items()
    }
