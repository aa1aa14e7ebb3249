"""How far apart places are, and what is near one: straight lines between the points of places."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, degrees, radians, sin, sqrt

from sorgenetz.insight.maps.outlines import Point
from sorgenetz.insight.place_profile.features import LAND, MUNICIPALITY, Gazetteer
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue

# Mean radius of the earth in kilometres (IUGG), as geof:distance of the store has it.
EARTH = 6371.0088


def kilometres(one: Point, other: Point) -> float:
    """Return the straight line between two points, each of longitude and latitude, over a ball.

    >>> round(kilometres((7.0857, 51.5177), (6.9578, 50.9422)), 1)
    64.6
    """
    (east, north), (to_east, to_north) = ([radians(degree) for degree in point] for point in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def nearest(froms: Iterable[Point], to: Iterable[Point], within: float) -> float | None:
    """Return the shortest line between two sets of points, None where none is at most `within` kilometres."""
    to, widest = list(to), degrees(within / EARTH) + 1e-9
    lines = (kilometres(one, other) for one in froms for other in to if abs(one[1] - other[1]) <= widest)
    shortest = min(lines, default=None)
    return shortest if shortest is not None and shortest <= within else None


def has_surroundings(places: Gazetteer, place: str) -> bool:
    """Tell whether distances can be measured from a place: it has a point, and is no Land."""
    return places[place].level != LAND and bool(places.points(place))


def near(places: Gazetteer, at: Catalogue, place: str, within: float) -> dict[str, float]:
    """Return the initiatives around a place, but not in it or for it, with their distance; the nearest first.

    A Kreis counts from the nearest of its municipalities, a quarter from its municipality. A Land has no surroundings.
    """
    if not has_surroundings(places, place):
        return {}
    froms = places.points(place)
    here = at.members(PLACE_KEY, place)
    lines: dict[str, float | None] = {}
    found: dict[str, float] = {}
    for initiative, wheres in at.direct[PLACE_KEY].items():
        if initiative in here:
            continue
        for where in wheres:
            town = places.around(where, MUNICIPALITY)
            if town is None or town.point is None:
                continue
            if town.iri not in lines:
                lines[town.iri] = nearest(froms, [town.point], within)
            line = lines[town.iri]
            if line is not None:
                found[initiative] = min(line, found.get(initiative, line))
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))
