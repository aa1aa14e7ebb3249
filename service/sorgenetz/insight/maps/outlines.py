"""The outlines of Länder, Kreise and the municipalities of North Rhine-Westphalia, as their files say them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from sorgenetz.bundle import find_bundle

# What the maker of the outlines wants to be read beside each map.
SOURCE_NOTE = "© GeoBasis-DE / BKG 2017, verändert"

Point = tuple[float, float]
Ring = tuple[int, ...]

_FILES = {"laender": "kreise_de.topojson", "kreise": "kreise_de.topojson", "gemeinden": "gemeinden_nrw.topojson"}
_KEYS = {"laender": "land", "kreise": "AGS", "gemeinden": "id"}


@dataclass(frozen=True)
class Region:
    """One area: its official key as text, and its rings; each ring lists arcs, ~n is arc n from its end."""

    key: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Outlines:
    """The areas of one layer, and the arcs (points as longitude and latitude) that their rings are made of."""

    arcs: tuple[tuple[Point, ...], ...]
    regions: tuple[Region, ...]

    def arcs_used(self) -> frozenset[int]:
        """Return the number of each arc that bounds a region; two neighbours share theirs."""
        return frozenset(max(arc, ~arc) for region in self.regions for ring in region.rings for arc in ring)


def outlines(layer: str) -> Outlines:
    """Return the outlines of a layer: laender, kreise or gemeinden; read once.

    >>> {len(region.key) for region in outlines("kreise").regions}
    {5}
    """
    return _read(find_bundle().data / "places" / _FILES[layer], layer)


@cache
def _read(path: Path, layer: str) -> Outlines:
    topology = _topology(path)
    regions = []
    for geometry in topology["objects"][layer]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = tuple(tuple(ring) for polygon in polygons for ring in polygon)
        regions.append(Region(str(geometry["properties"][_KEYS[layer]]), rings))
    return Outlines(_arcs(path), tuple(regions))


@cache
def _arcs(path: Path) -> tuple[tuple[Point, ...], ...]:
    """Return the arcs in degrees; the file holds whole steps from point to point."""
    topology = _topology(path)
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    return tuple(
        tuple(
            (west + east * x, south + north * y)
            for x, y in zip(accumulate(x for x, _ in arc), accumulate(y for _, y in arc), strict=True)
        )
        for arc in topology["arcs"]
    )


def _topology(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))
