"""A selection as a map: areas shaded by how many initiatives they hold, a dot for each place, and the list of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from sorgenetz.insight.lists import collated
from sorgenetz.insight.maps.drawing import Shape, shapes
from sorgenetz.insight.maps.outlines import Outlines, Point, outlines
from sorgenetz.insight.maps.projection import Projection, fitted
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.cells import point_of
from sorgenetz.insight.results.lettering import Lettering, Words
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue
from sorgenetz.insight.selection.selected import Selected
from sorgenetz.names import ID

WIDTH, TALLEST = 700.0, 820.0
# Of which places we have outlines below: municipalities of North Rhine-Westphalia, Kreise of the other Länder.
FINE = "05"


@dataclass(frozen=True)
class Area:
    """An area with its path and how many initiatives of the selection it holds."""

    place: Named
    path: str
    count: int


@dataclass(frozen=True)
class Dot:
    """A place with its initiatives, in the list or as a mark on the map; drawn when it lies in the frame."""

    place: Named
    initiatives: tuple[Named, ...]
    x: float = 0.0
    y: float = 0.0
    is_drawn: bool = False
    words: Words = Words()

    @property
    def radius(self) -> float:
        """Return the size of its circle; its area grows with the number of initiatives."""
        return round(min(14.0, 3.6 + 1.5 * (len(self.initiatives) - 1) ** 0.5), 1)


@dataclass(frozen=True)
class SelectionMap:
    """What is drawn, and all places with their initiatives; `nowhere` are those of which no place is known.

    A mark stands for all that lies at one point: for a municipality with those of its neighbourhoods that have none.
    """

    width: float
    height: float
    areas: tuple[Area, ...]
    marks: tuple[Dot, ...]
    dots: tuple[Dot, ...]
    nowhere: tuple[Named, ...]

    @property
    def drawn(self) -> tuple[Dot, ...]:
        """Return the marks on the map, the largest first so that none covers a smaller one."""
        return tuple(sorted(self.marks, key=lambda dot: -dot.radius))


def map_of(reader: Reader, selected: Selected) -> SelectionMap:
    """Return the map of a selection, framed by the place that is chosen, else by Germany."""
    at = selected.catalogue
    layer, within = _frame(selected)
    drawn, projection = ground(layer, within)
    kind = "municipality" if layer == "gemeinden" else "kreis"
    names = reader.names(f"{ID}{kind}/{shape.key}" for shape in drawn)
    things = frozenset(selected.things)
    areas = [Area(place, shape.path, len(things & at.members(PLACE_KEY, place.iri)))
             for shape in drawn if (place := names[f"{ID}{kind}/{shape.key}"]).known]  # fmt: skip
    dots = [_dot(place, things, point, projection) for place, things, point in places_of(reader, selected)]
    nowhere = [thing for thing in selected.things if not at.direct[PLACE_KEY].get(thing)]
    nowhere_names = reader.names(nowhere)
    return SelectionMap(
        projection.width, projection.height, tuple(areas), tuple(_marks(reader, at, dots, projection)), tuple(dots),
        tuple(nowhere_names[thing] for thing in nowhere),
    )  # fmt: skip


def _frame(selected: Selected) -> tuple[str, str]:
    """Return which outlines to draw and the key that those drawn begin with: of a Kreis, a Land, or of all."""
    places = selected.choice.values.get(PLACE_KEY, ())
    keys = {
        iri.rpartition("/")[2] for iri in places if iri.startswith((f"{ID}land/", f"{ID}kreis/", f"{ID}municipality/"))
    }
    if len(places) == 1 and len(keys) == 1:
        key = keys.pop()[:5]
        if key[:2].isdecimal():
            return ("gemeinden", key) if key.startswith(FINE) else ("kreise", key[:2])
    return "kreise", ""


@lru_cache(maxsize=64)
def ground(
    layer: str, within: str, width: float = WIDTH, tallest: float = TALLEST
) -> tuple[tuple[Shape, ...], Projection]:
    """Return the outlines whose keys begin with `within`, and the projection in which they fill the picture."""
    of = outlines(layer)
    regions = tuple(region for region in of.regions if region.key.startswith(within)) or of.regions
    chosen = Outlines(of.arcs, regions)
    points = [point for number in chosen.arcs_used() for point in of.arcs[number]]
    projection = fitted(points, width, tallest, least_degrees=0.2)
    return shapes(chosen, projection), projection


def places_of(reader: Reader, selected: Selected) -> list[tuple[Named, list[Named], Point | None]]:
    """Return each place that something of the selection is in or works for, with these things and where it is."""
    at = selected.catalogue
    points = _points(reader, at)
    lying: dict[str, list[str]] = {}
    for thing in selected.things:
        for place in at.direct[PLACE_KEY].get(thing, ()):
            lying.setdefault(place, []).append(thing)
    names = reader.names({*lying, *selected.things})
    ordered = sorted(lying, key=lambda iri: (-len(lying[iri]), collated(names[iri].label), iri))
    return [(names[iri], [names[thing] for thing in lying[iri]], _point(points, at, iri)) for iri in ordered]


def _marks(reader: Reader, at: Catalogue, dots: Iterable[Dot], projection: Projection) -> list[Dot]:
    """Return one mark for each point at which something of the selection lies, named where there is room."""
    points = _points(reader, at)
    lying: dict[str, dict[Named, None]] = {}
    for dot in dots:
        if dot.is_drawn:
            lying.setdefault(_located(points, at, dot.place.iri), {}).update(dict.fromkeys(dot.initiatives))
    names = reader.names(lying)
    marks = [_dot(names[iri], tuple(things), points[iri], projection) for iri, things in lying.items()]
    marks.sort(key=lambda mark: (-len(mark.initiatives), collated(mark.place.label), mark.place.iri))
    lettering = Lettering(projection.width, projection.height)
    for mark in marks:
        lettering.block(mark.x, mark.y, mark.radius)
    return [replace(mark, words=lettering.place(mark.place.label, mark.x, mark.y, mark.radius)) for mark in marks]


def _dot(place: Named, initiatives: Iterable[Named], point: Point | None, projection: Projection) -> Dot:
    at = projection(point) if point else None
    if at is None or not projection.shows(at):
        return Dot(place, tuple(initiatives))
    return Dot(place, tuple(initiatives), round(at[0], 1), round(at[1], 1), True)


def _points(reader: Reader, at: Catalogue) -> dict[str, Point]:
    """Return where places are, read once per release: those something is in, and those around them."""
    places = {place for of in at.direct[PLACE_KEY].values() for place in of}
    wanted = places | {above for place in places for above in at.above.get(place, ())}
    return reader.kept("points of places", lambda: dict(_pairs(reader.ask("points", place=sorted(wanted)))))


def _pairs(rows: Iterable) -> Iterable[tuple[str, Point]]:
    for row in rows:
        point = point_of(row["point"])
        if point:
            yield row["place"].value, point


def _point(points: dict[str, Point], at: Catalogue, place: str) -> Point | None:
    return points.get(_located(points, at, place))


def _located(points: dict[str, Point], at: Catalogue, place: str) -> str:
    """Return whose point says where a place is: the place itself, or the municipality around it; empty for none."""
    around = sorted(above for above in at.above.get(place, ()) if above.startswith(f"{ID}municipality/"))
    return next((iri for iri in (place, *around) if iri in points), "")
