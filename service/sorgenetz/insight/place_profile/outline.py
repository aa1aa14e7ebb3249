"""A small map of where a place is: its outline, or a point in the outline around it, among its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.place_profile.features import CITIES, KREIS, LAND, MUNICIPALITY, Gazetteer
from sorgenetz.insight.selection.map import FINE, ground

WIDTH, TALLEST = 300.0, 330.0


@dataclass(frozen=True)
class Outline:
    """The paths of the neighbours, that of the place or of the Kreis around it, and its point where it has one."""

    width: float
    height: float
    others: tuple[str, ...]
    own: str
    x: float | None = None
    y: float | None = None


def outline(places: Gazetteer, iri: str) -> Outline | None:
    """Return the small map of a place, None where we have no outline of it or around it."""
    land, kreis, town = (places.around(iri, level) for level in (LAND, KREIS, MUNICIPALITY))
    if land is None:
        return None
    keys = [one.iri.rpartition("/")[2] if one else "" for one in (land, kreis, town)]
    if town and keys[1].startswith(FINE) and not (kreis and kreis.designation in CITIES):
        layer, within, key = "gemeinden", keys[1], keys[2]
    elif kreis:
        layer, within, key = "kreise", keys[0], keys[1]
    else:
        layer, within, key = "laender", "", keys[0]
    shapes, projection = ground(layer, within, WIDTH, TALLEST)
    own = next((shape.path for shape in shapes if shape.key == key), "")
    if not own:
        return None
    others = tuple(shape.path for shape in shapes if shape.key != key)
    found = Outline(projection.width, projection.height, others, own)
    if town and town.point and layer == "kreise" and not (kreis and kreis.designation in CITIES):
        x, y = projection(town.point)
        return Outline(found.width, found.height, others, own, round(x, 1), round(y, 1))
    return found
