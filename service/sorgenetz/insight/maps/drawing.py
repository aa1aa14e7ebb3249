"""Outlines as paths of an SVG, with no more points than the eye tells apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.insight.maps.outlines import Outlines, Point
from sorgenetz.insight.maps.projection import Projection

TOLERANCE = 0.7


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of the map: its official key and its path."""

    key: str
    path: str


def shapes(outlines: Outlines, projection: Projection, tolerance: float = TOLERANCE) -> tuple[Shape, ...]:
    """Return each area that reaches into the picture, closed, to be filled; neighbours keep a common border."""
    arcs = _drawn(outlines, projection, tolerance)
    found = []
    for region in outlines.regions:
        rings = [_ring(ring, arcs) for ring in region.rings]
        path = "".join(_path(ring) + "Z" for ring in rings if len(ring) > 3 and _reaches(ring, projection))
        if path:
            found.append(Shape(region.key, path))
    return tuple(found)


def borders(
    outlines: Outlines, projection: Projection, without: Iterable[int] = (), tolerance: float = TOLERANCE
) -> str:
    """Return the path of all borders in the picture, each drawn once; `without` leaves out arcs drawn elsewhere."""
    arcs = _drawn(outlines, projection, tolerance)
    wanted = sorted(outlines.arcs_used() - set(without))
    return "".join(_path(arcs[number]) for number in wanted if _reaches(arcs[number], projection))


def _drawn(outlines: Outlines, projection: Projection, tolerance: float) -> dict[int, list[Point]]:
    return {
        number: _simplified([projection(point) for point in outlines.arcs[number]], tolerance)
        for number in outlines.arcs_used()
    }


def _ring(ring: tuple[int, ...], arcs: dict[int, list[Point]]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += part[1:] if points else part
    return points


def _reaches(points: list[Point], projection: Projection) -> bool:
    """Tell whether the frame around `points` meets the picture."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) <= projection.width and max(xs) >= 0 and min(ys) <= projection.height and max(ys) >= 0


def _path(points: list[Point]) -> str:
    """Return the line through `points` in tenths, each step from the point before it."""
    x, y = round(points[0][0], 1), round(points[0][1], 1)
    steps = [f"M{x:g} {y:g}l"]
    for next_x, next_y in points[1:]:
        step_x, step_y = round(next_x - x, 1), round(next_y - y, 1)
        if step_x or step_y:
            x, y = round(x + step_x, 1), round(y + step_y, 1)
            steps.append(f"{step_x:g},{step_y:g} ")
    return "".join(steps).rstrip() if len(steps) > 1 else f"{steps[0]}0,0"


def _simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Return the line without the points that lie within `tolerance` of it (Douglas and Peucker, 1973)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = max(
            ((_distance(points[n], points[first], points[last]), n) for n in range(first + 1, last)), default=(0, 0)
        )
        if far > tolerance:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [points[number] for number in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far `point` is from the stretch between `start` and `end`."""
    (x, y), (a, b) = point, start
    across, down = end[0] - a, end[1] - b
    length = across * across + down * down
    along = max(0.0, min(1.0, ((x - a) * across + (y - b) * down) / length)) if length else 0.0
    return ((a + along * across - x) ** 2 + (b + along * down - y) ** 2) ** 0.5
