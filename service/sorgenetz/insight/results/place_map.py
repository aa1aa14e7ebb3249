"""A map of a result: its points, each with the rows that lie there, over the outlines of Länder and Kreise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sorgenetz.insight.kinds import kind_of
from sorgenetz.insight.maps.drawing import Shape, borders, shapes
from sorgenetz.insight.maps.outlines import outlines
from sorgenetz.insight.maps.projection import Projection, fitted
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.cells import Point, Tally, number_of, on_earth, point_of
from sorgenetz.insight.results.labels import Label, label_of
from sorgenetz.insight.results.lettering import Lettering, Words
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]
Names = Callable[[Iterable[Row]], Mapping[str, Named]]
NORTH = ("lat", "latitude", "breite", "breitengrad")
EAST = ("lon", "long", "lng", "longitude", "laenge", "länge", "längengrad", "laengengrad")
NOT_MEASURED = frozenset((*NORTH, *EAST, "year", "jahr"))
WIDTH, TALLEST = 660.0, 720.0
# West, south, east, north: beyond this frame the projection is no use, and we have no outlines.
FRAME = (-12.0, 34.0, 33.0, 65.0)
MOST_PLACES = 2000
# Where the places lie closer together than these degrees, the map shows their Kreise in place of all of Germany.
KREISE_BELOW = 3.2
GERMANY = ((5.9, 51.0), (15.0, 51.2), (10.2, 47.3), (8.4, 55.1))


@dataclass(frozen=True)
class Spot:
    """One point with all that lies there; `is_drawn` unless it is off the map."""

    number: int
    point: Point
    labels: tuple[Label, ...]
    is_drawn: bool = False
    x: float = 0.0
    y: float = 0.0
    words: Words = Words()

    @property
    def radius(self) -> float:
        """Return the size of its circle; its area grows with what lies there."""
        return round(min(16.0, 4.2 + 1.6 * (len(self.labels) - 1) ** 0.5), 1)


@dataclass(frozen=True)
class PlaceMap:
    """The outlines and the spots; `looked_up` when the graph, not the result, says where the places are."""

    spots: tuple[Spot, ...]
    width: float
    height: float
    laender: tuple[Shape, ...]
    kreise: str
    looked_up: bool
    without: int

    @property
    def drawn(self) -> tuple[Spot, ...]:
        """Return the spots on the map, the largest first so that none covers a smaller one."""
        return tuple(sorted((spot for spot in self.spots if spot.is_drawn), key=lambda spot: -spot.radius))


def find_points(reader: Reader, tallies: tuple[Tally, ...], rows: tuple[Row, ...]) -> tuple[list[Point | None], bool]:
    """Return the point of each row, and whether they were looked up by the places the rows name.

    A row has its point in a cell with a WKT point, in two with latitude and longitude, or by its place.
    """
    names = [tally.name.lower() for tally in tallies]
    for at, tally in enumerate(tallies):
        if tally.sorts["point"]:
            return [point_of(row[at]) for row in rows], False
    north = next((at for at, name in enumerate(names) if name in NORTH and tallies[at].sorts["number"]), None)
    east = next((at for at, name in enumerate(names) if name in EAST and tallies[at].sorts["number"]), None)
    if north is not None and east is not None:
        return [on_earth(number_of(row[east]), number_of(row[north])) for row in rows], False
    return _looked_up(reader, rows), True


def map_of(
    points: list[Point | None], tallies: tuple[Tally, ...], rows: tuple[Row, ...], names: Names, looked_up: bool
) -> PlaceMap:
    """Return the map of the rows that have a point."""
    at = next((at for at, tally in enumerate(tallies) if tally.sorts["iri"]), None)
    if at is None:
        at = next((at for at, tally in enumerate(tallies) if tally.sorts["text"]), 0)
    named = names((row[at],) for row in rows)
    lying: dict[Point, dict[Label, None]] = {}
    for row, point in zip(rows, points, strict=True):
        if point:
            lying.setdefault(point, {})[label_of(row[at], named)] = None
    within = [point for point in lying if FRAME[0] <= point[0] <= FRAME[2] and FRAME[1] <= point[1] <= FRAME[3]]
    near = bool(within) and max(north for _, north in within) - min(north for _, north in within) < KREISE_BELOW
    projection = fitted(within if near else [*within, *GERMANY], WIDTH, TALLEST)
    lettering = Lettering(projection.width, projection.height)
    inside = {point: projection(point) for point in within}
    ordered = sorted(lying.items(), key=lambda one: (-len(one[1]), min(label.text for label in one[1])))
    spots = [
        _spot(number, point, tuple(labels), inside.get(point)) for number, (point, labels) in enumerate(ordered, 1)
    ]
    for spot in spots:
        if spot.is_drawn:
            lettering.block(spot.x, spot.y, spot.radius)
    spots = [_lettered(spot, lettering) for spot in spots]
    return PlaceMap(
        tuple(spots), projection.width, projection.height, *_ground(projection, near), looked_up,
        sum(point is None for point in points),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _ground(projection: Projection, near: bool) -> tuple[tuple[Shape, ...], str]:
    """Return what lies below the spots: the Länder, and for a close view their Kreise; most maps have the same."""
    laender, kreise = outlines("laender"), outlines("kreise")
    return shapes(laender, projection), borders(kreise, projection, laender.arcs_used()) if near else ""


def _spot(number: int, point: Point, labels: tuple[Label, ...], at: Point | None) -> Spot:
    labels = tuple(sorted(labels, key=lambda label: label.text.casefold()))
    return Spot(number, point, labels, True, round(at[0], 1), round(at[1], 1)) if at else Spot(number, point, labels)


def _lettered(spot: Spot, lettering: Lettering) -> Spot:
    """Return the spot with its name written beside it, where one thing lies there and there is room."""
    if not spot.is_drawn or len(spot.labels) > 1:
        return spot
    return replace(spot, words=lettering.place(spot.labels[0].text, spot.x, spot.y, spot.radius))


def _looked_up(reader: Reader, rows: tuple[Row, ...]) -> list[Point | None]:
    """Return the point of the first place of each row that the graph has one for."""
    places = {
        term.value for row in rows for term in row if term and term.kind == "uri" and kind_of(term.value) == "place"
    }
    if not places or len(places) > MOST_PLACES:
        return [None] * len(rows)
    found: dict[str, Point | None] = {}
    for row in reader.ask("points", place=sorted(places)):
        found[row["place"].value] = found.get(row["place"].value) or point_of(row["point"])
    return [next((found[term.value] for term in row if term and found.get(term.value)), None) for row in rows]
