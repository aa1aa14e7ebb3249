"""What is known around a place: the places above it, and the initiatives in it, over it and near it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.pointers import Pointing
from sorgenetz.insight.reader import Named, Row, sn
from sorgenetz.insight.sources import Citations

MOST_INSIDE = 100
LEVELS = ("Quarter", "Region", "Municipality", "Kreis", "Land", "Country")


@dataclass(frozen=True)
class There:
    """The initiatives at one place."""

    at: Named
    initiatives: tuple[Pointing, ...]


@dataclass(frozen=True)
class Surroundings:
    """A place among places: `above` runs from the widest to the nearest."""

    above: tuple[Named, ...]
    here: tuple[Pointing, ...]
    inside: tuple[There, ...]
    over: tuple[There, ...]
    near: tuple[There, ...]
    inside_count: int

    @property
    def inside_shown(self) -> int:
        """Return how many of the initiatives here and in the parts of this place are shown."""
        parts = {one.thing.iri for there in self.inside for one in there.initiatives}
        return len(parts | {one.thing.iri for one in self.here})


def surroundings(place: str, rows: Iterable[Row], names: Mapping[str, Named], citations: Citations) -> Surroundings:
    """Return what the rows of the query place-surroundings say."""
    found: dict[str, dict[str, dict[str, set[str]]]] = {"inside": {}, "over": {}, "near": {}}
    above: set[str] = set()
    for row in rows:
        relation, at = row["relation"].value, row["at"].value
        if relation == "above":
            above.add(at)
            relation = "over"
        if "initiative" not in row:
            continue
        graphs = found[relation].setdefault(at, {}).setdefault(row["initiative"].value, set())
        if "g" in row:
            graphs.add(row["g"].value)
    inside_count = len({iri for initiatives in found["inside"].values() for iri in initiatives})
    parts = set(found["inside"])
    found["inside"] = _the_first(found["inside"], names, place)
    here = found["inside"].pop(place, {})
    # A city that is its own Kreis holds all that is in the Kreis; it is said once.
    found["near"] = {at: found["near"][at] for at in found["near"] if at != place and at not in parts}
    return Surroundings(
        tuple(sorted((names[iri] for iri in above if iri in names), key=_width)),
        _pointing(here, names, citations),
        *(_there(found[relation], names, citations) for relation in ("inside", "over", "near")),
        inside_count,
    )


def iris_in(rows: Iterable[Row]) -> set[str]:
    """Return the places and initiatives that need a name."""
    return {row[name].value for row in rows for name in ("at", "initiative") if name in row}


def _the_first(
    found: Mapping[str, Mapping[str, set[str]]], names: Mapping[str, Named], place: str
) -> dict[str, dict[str, set[str]]]:
    """Return as many initiatives as are shown, those at the place itself first, then by the names of its parts."""
    left = MOST_INSIDE
    kept: dict[str, dict[str, set[str]]] = {}
    for at in sorted(found, key=lambda iri: (iri != place, names[iri].label.casefold())):
        few = sorted(found[at], key=lambda iri: names[iri].label.casefold())[:left]
        if few:
            kept[at] = {iri: found[at][iri] for iri in few}
        left -= len(few)
    return kept


def _there(
    found: Mapping[str, Mapping[str, set[str]]], names: Mapping[str, Named], citations: Citations
) -> tuple[There, ...]:
    places = sorted(found, key=lambda iri: names[iri].label.casefold())
    return tuple(There(names[at], _pointing(found[at], names, citations)) for at in places)


def _pointing(
    initiatives: Mapping[str, set[str]], names: Mapping[str, Named], citations: Citations
) -> tuple[Pointing, ...]:
    ordered = sorted(initiatives, key=lambda iri: names[iri].label.casefold())
    return tuple(Pointing(names[iri], citations.marks(initiatives[iri])) for iri in ordered)


def _width(place: Named) -> tuple[int, str]:
    levels = [LEVELS.index(level) for level in LEVELS if sn(level) in place.classes]
    return (-max(levels, default=-1), place.label)
