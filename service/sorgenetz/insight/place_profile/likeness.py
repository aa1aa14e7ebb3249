"""Places like a place: which features are compared, how much each counts, and why a place is like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log

from sorgenetz.insight.lists import collated
from sorgenetz.insight.place_profile.distance import nearest
from sorgenetz.insight.place_profile.features import CITIES, KREIS, LAND, MUNICIPALITY, Gazetteer, Place

# How much each feature counts when nobody says otherwise, and the most it can count.
WEIGHTS = {"people": 4.0, "density": 2.0, "kind": 2.0, "land": 1.0, "line": 0.0}
HEAVIEST = 10.0
# Ten times as many people are no likeness at all, and so are two hundred kilometres.
NO_MORE_LIKE = 10.0
FAR = 200.0
# What is less than half alike is not like it, and half of what counts must be known to tell.
LEAST_LIKE = 50.0
LEAST_KNOWN = 0.5
COMPARED = {
    MUNICIPALITY: ("people", "density", "kind", "land", "line"),
    KREIS: ("people", "density", "kind", "land"),
    LAND: ("people", "density"),
}


@dataclass(frozen=True)
class Feature:
    """One feature of two places: the value here, the value there, and how like they are, from 0 to 1."""

    key: str
    here: float | str | None
    there: float | str | None
    alike: float
    weight: float


@dataclass(frozen=True)
class Alike:
    """A place with its likeness from 0 to 100, and the features that make it up, those that count most first."""

    place: Place
    likeness: float
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class Likeness:
    """The places compared, the most alike first; `unknown_here` are features that nobody says of the place itself.

    `left_out` are places that have no such feature on record, with the keys of what is missing: they are not compared.
    """

    found: tuple[Alike, ...]
    unknown_here: tuple[str, ...] = ()
    left_out: tuple[tuple[Place, tuple[str, ...]], ...] = ()
    total: int = 0


def alike(
    places: Gazetteer,
    iri: str,
    weights: Mapping[str, float] = WEIGHTS,
    only: Iterable[str] | None = None,
    most: int = 50,
    least: float = LEAST_LIKE,
) -> Likeness:
    """Return the places of the same level, `only` those named, by how like they are; nothing for other levels.

    The likeness is the mean of the features by their weights. A weight of 0 leaves a feature out. At most `most` are
    returned, and none that is less than `least` alike.
    """
    own = places[iri]
    wanted = [key for key in COMPARED.get(own.level, ()) if weights.get(key, 0) > 0]
    unknown = tuple(key for key in wanted if _value(key, places, own) is None)
    asked = [key for key in wanted if key not in unknown]
    whole = sum(weights[key] for key in asked)
    if not whole or whole < LEAST_KNOWN * sum(weights[key] for key in wanted):
        return Likeness((), unknown)
    candidates = places.places.values() if only is None else (places[one] for one in only if one in places)
    found, left_out = [], []
    for other in candidates:
        if other.level != own.level or other.iri == iri:
            continue
        missing = tuple(key for key in asked if _value(key, places, other) is None)
        if missing:
            left_out.append((other, missing))
            continue
        likeness = sum(weights[key] * _compared(key, places, own, other)[2] for key in asked) / whole
        found.append((round(100 * likeness, 1), other))
    found.sort(key=lambda one: (-one[0], collated(one[1].name), one[1].iri))
    left_out.sort(key=lambda one: (collated(one[0].name), one[0].iri))
    by_weight = sorted(asked, key=lambda key: -weights[key])
    shown = [
        Alike(other, likeness,
              tuple(Feature(key, *_compared(key, places, own, other), weights[key]) for key in by_weight))
        for likeness, other in found[:most]
        if likeness >= least
    ]  # fmt: skip
    return Likeness(tuple(shown), unknown, tuple(left_out), len(found))


Compared = tuple[float | str | None, float | str | None, float]


def _compared(key: str, places: Gazetteer, own: Place, other: Place) -> Compared:
    """Return the value here, the value there, and how like they are, from 0 to 1."""
    if key == "line":
        line = nearest(places.points(own.iri), places.points(other.iri), FAR)
        return None, line, 0.0 if line is None else 1 - line / FAR
    here, there = _value(key, places, own), _value(key, places, other)
    if key in ("people", "density"):
        ratio = abs(log(float(here) / float(there)))  # type: ignore[arg-type]
        return here, there, max(0.0, 1 - ratio / log(NO_MORE_LIKE))
    if key == "kind":
        return here, there, float((here in CITIES) == (there in CITIES))
    return here, there, float(here == there)


def _value(key: str, places: Gazetteer, place: Place) -> float | str | None:
    return VALUES[key](places, place)


def density(places: Gazetteer, place: Place) -> float | None:
    """Return people per square kilometre in the Kreis around a place, or in a Land; area of less is not on record."""
    around = place if place.level == LAND else places.around(place.iri, KREIS)
    return around.density if around else None


def _kind(places: Gazetteer, place: Place) -> str | None:
    kreis = places.around(place.iri, KREIS)
    return kreis.designation or None if kreis else None


def _land(places: Gazetteer, place: Place) -> str | None:
    land = places.around(place.iri, LAND)
    return land.iri if land else None


VALUES: Mapping[str, Callable[[Gazetteer, Place], float | str | None]] = {
    "people": lambda places, place: place.people or None,
    "density": density,
    "kind": _kind,
    "land": _land,
    "line": lambda places, place: float(bool(places.points(place.iri))) or None,
}
