"""All places with what can be compared of them: names, ranks, people, area, point, and what is above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sorgenetz.german.words import folded
from sorgenetz.insight.maps.outlines import Point
from sorgenetz.insight.reader import Reader, Row
from sorgenetz.insight.results.cells import point_of
from sorgenetz.names import ID, SN

MUNICIPALITY, KREIS, LAND = "municipality", "kreis", "land"
LEVELS = {SN + "Municipality": MUNICIPALITY, SN + "Kreis": KREIS, SN + "Land": LAND}
# Kreise that are one city; Baden-Württemberg calls them Stadtkreis.
CITIES = ("Kreisfreie Stadt", "Stadtkreis")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and what the graph says of it; None and empty mean that nobody says it. Area in square kilometres."""

    iri: str
    level: str = ""
    name: str = ""
    part_of: tuple[str, ...] = ()
    point: Point | None = None
    people: int | None = None
    area: float | None = None
    designation: str = ""

    @property
    def token(self) -> str:
        """Return how an address names this place.

        >>> Place(ID + "municipality/05513000").token
        'municipality/05513000'
        """
        return self.iri.removeprefix(ID)

    @property
    def density(self) -> float | None:
        """Return people per square kilometre."""
        return self.people / self.area if self.people and self.area else None


class Gazetteer:
    """All places of one release, by their IRI and by their name."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.places = places
        self._around: dict[tuple[str, str], Place | None] = {}

    def __contains__(self, iri: str) -> bool:
        return iri in self.places

    def __getitem__(self, iri: str) -> Place:
        return self.places[iri]

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Return the places that have the same name, by its folded form; they stay different places."""
        found: dict[str, list[str]] = {}
        for iri, place in self.places.items():
            found.setdefault(folded(place.name), []).append(iri)
        return {name: tuple(sorted(iris)) for name, iris in found.items()}

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Return the places that are directly part of each place."""
        found: dict[str, list[str]] = {}
        for iri, place in self.places.items():
            for above in place.part_of:
                found.setdefault(above, []).append(iri)
        return {above: tuple(sorted(iris)) for above, iris in found.items()}

    def town(self, iri: str) -> Place | None:
        """Return a place that is one municipality, be it that its Kreis has no other; None for a larger one."""
        place = self.places.get(iri)
        if place and place.level == KREIS and len(self.parts.get(iri, ())) == 1:
            return self.places[self.parts[iri][0]]
        return place if place and place.level == MUNICIPALITY else None

    def above(self, iri: str) -> list[Place]:
        """Return the places around a place, the nearest first."""
        found: dict[str, Place] = {}
        line = list(self.places[iri].part_of) if iri in self.places else []
        while line:
            one = line.pop(0)
            if one in self.places and one not in found and one != iri:
                found[one] = self.places[one]
                line += self.places[one].part_of
        return list(found.values())

    def around(self, iri: str, level: str) -> Place | None:
        """Return the place of this level that `iri` is, or is in."""
        if (iri, level) not in self._around:
            own = self.places.get(iri)
            line = [*([own] if own else []), *self.above(iri)]
            self._around[iri, level] = next((place for place in line if place.level == level), None)
        return self._around[iri, level]

    def points(self, iri: str) -> list[Point]:
        """Return the point of the municipality that a place is or is in, else those of the municipalities in it."""
        town = self.around(iri, MUNICIPALITY)
        if town:
            return [town.point] if town.point else []
        inside = [self.places[part] for part in self.parts.get(iri, ())]
        return [place.point for place in inside if place.level == MUNICIPALITY and place.point]


def gazetteer(reader: Reader) -> Gazetteer:
    """Return all places, read once per release."""
    return reader.kept("gazetteer", lambda: Gazetteer(_with_sums(_read(reader.ask("place-features")))))


def _read(rows: Iterable[Row]) -> dict[str, Place]:
    """Return one place per IRI; where sources disagree, the smallest value, so that the choice does not change."""
    found: dict[str, Place] = {}
    for row in rows:
        iri = row["place"].value
        place = found.get(iri) or Place(iri)
        level = LEVELS.get(row["level"].value, "") if "level" in row else ""
        part = (row["part"].value,) if "part" in row else ()
        german = row["name"].lang == "de" or not place.name
        people = int(row["people"].value) if "people" in row else 0
        area = float(row["area"].value) if "area" in row else 0.0
        found[iri] = replace(
            place,
            level=place.level or level,
            name=row["name"].value if german else place.name,
            part_of=tuple(sorted({*place.part_of, *part})),
            point=place.point or (point_of(row["point"]) if "point" in row else None),
            people=min(filter(None, (place.people, people)), default=None),
            area=min(filter(None, (place.area, area)), default=None),
            designation=place.designation or (row["designation"].value if "designation" in row else ""),
        )
    return found


def _with_sums(places: dict[str, Place]) -> dict[str, Place]:
    """Return the places; a Land of which only the Kreise are counted has their sum, if all of them are."""
    of: dict[str, list[Place]] = {}
    for place in places.values():
        if place.level == KREIS:
            for above in place.part_of:
                of.setdefault(above, []).append(place)
    for iri, kreise in of.items():
        land = places.get(iri)
        if land and land.level == LAND and land.people is None and all(one.people and one.area for one in kreise):
            people, area = sum(one.people or 0 for one in kreise), sum(one.area or 0 for one in kreise)
            places[iri] = replace(land, people=people, area=land.area or area)
    return places
