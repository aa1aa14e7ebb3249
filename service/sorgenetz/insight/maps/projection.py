"""From degrees to a picture: the conformal conic projection that maps of Germany commonly have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, log, pi, radians, sin, tan

from sorgenetz.insight.maps.outlines import Point

_MIDDLE = 10.5
_PARALLELS = (48.7, 53.7)
_SOUTH, _NORTH = (radians(degrees) for degrees in _PARALLELS)
# Lambert's cone through both parallels on a sphere of radius 1 (Snyder, Map Projections, 1987, page 106).
_CONE = log(cos(_SOUTH) / cos(_NORTH)) / log(tan(pi / 4 + _NORTH / 2) / tan(pi / 4 + _SOUTH / 2))
_SIZE = cos(_SOUTH) * tan(pi / 4 + _SOUTH / 2) ** _CONE / _CONE


@dataclass(frozen=True)
class Projection:
    """Puts points of longitude and latitude into a picture of this width and height."""

    width: float
    height: float
    scale: float
    left: float
    top: float

    def __call__(self, point: Point) -> Point:
        """Return x from the left and y from the top."""
        x, y = _flat(point)
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def shows(self, point: Point) -> bool:
        """Tell whether a place in the picture lies within its frame."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def fitted(
    points: Iterable[Point], width: float, tallest: float, margin: float = 14, least_degrees: float = 0.8
) -> Projection:
    """Return the projection in which all `points` lie in a picture `width` wide and at most `tallest` high.

    Points that lie close together still show their surroundings: at least `least_degrees` of latitude each way.
    """
    points = list(points)
    around = radians(least_degrees) / 2
    flat = [_flat(point) for point in points]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    bottom, top = min(y for _, y in flat), max(y for _, y in flat)
    x, y = (left + right) / 2, (bottom + top) / 2
    wide, high = max(right - left, 2 * around), max(top - bottom, 2 * around)
    scale = min((width - 2 * margin) / wide, (tallest - 2 * margin) / high)
    height = min(tallest, max(high * scale + 2 * margin, width * 0.6))
    return Projection(width, round(height, 1), scale, x - width / 2 / scale, y + height / 2 / scale)


def _flat(point: Point) -> Point:
    east, north = point
    north = max(-89.0, min(89.0, north))
    radius = _SIZE / tan(pi / 4 + radians(north) / 2) ** _CONE
    turn = _CONE * radians(east - _MIDDLE)
    return radius * sin(turn), -radius * cos(turn)
