"""A place at a glance: who is here and around, what is stated, what is expressly none, and what nobody says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.lists import collated
from sorgenetz.insight.place_profile.distance import has_surroundings, near
from sorgenetz.insight.place_profile.features import KREIS, LAND, Gazetteer, Place, gazetteer
from sorgenetz.insight.place_profile.likeness import density
from sorgenetz.insight.place_profile.said import FigureMarks, figure_marks
from sorgenetz.insight.pointers import Pointing
from sorgenetz.insight.reader import Named, Reader, Row, by_column
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue, catalogue
from sorgenetz.insight.selection.facets import Facet
from sorgenetz.insight.selection.gaps import NO_DATA, STATED, STATED_NONE, Cell, matrix_of
from sorgenetz.insight.sources import Citations

TERMS = ("lowersBarrier", "targetGroup", "supportForm", "role")
MOST_SHOWN = 10
MOST_NEAR = 8
MOST_ACTORS = 10
# Above so many initiatives a term has too many sources to be numbered; its list has them all.
MOST_NUMBERED = 60
# A role or term shows the first of its sources and says that there are more; its list has them all.
MOST_MARKS = 3


@dataclass(frozen=True)
class Line:
    """One initiative: of which kinds it is, in which places, and how far away where it is not here."""

    thing: Named
    kinds: tuple[Named, ...]
    at: tuple[Pointing, ...]
    kilometres: float | None = None


@dataclass(frozen=True)
class Lines:
    """The first of some initiatives, and how many there are."""

    shown: tuple[Line, ...]
    total: int


@dataclass(frozen=True)
class Term:
    """A term with its state at this place and the sources that say it."""

    cell: Cell
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """All terms of one kind: stated, expressly none, and not known; `silent` initiatives say nothing of the kind."""

    facet: Facet
    all: tuple[Term, ...]
    silent: int

    def of(self, state: str) -> tuple[Term, ...]:
        """Return the terms in one state, those that most initiatives state first."""
        return tuple(sorted((one for one in self.all if one.cell.state == state), key=lambda one: -one.cell.count))

    stated = property(lambda self: self.of(STATED))
    none = property(lambda self: self.of(STATED_NONE))
    unknown = property(lambda self: self.of(NO_DATA))


@dataclass(frozen=True)
class Actor:
    """Someone who takes part here: in how many initiatives, and in which roles."""

    thing: Named
    initiatives: int
    roles: tuple[Pointing, ...]


@dataclass(frozen=True)
class Part:
    """A place directly in this one, and how many initiatives are known there; 0 says that none is known."""

    place: Place
    initiatives: int


@dataclass(frozen=True)
class PlaceProfile:
    """What is known of a place; `can_be_near` tells whether its point is known, so that distances can be."""

    place: Place
    name: Named
    above: tuple[Named, ...]
    kreis: Named | None
    land: Named | None
    density: float | None
    parts: tuple[Part, ...]
    here: Lines
    near: Lines
    over: Lines
    can_be_near: bool
    terms: Mapping[str, Terms]
    actors: tuple[Actor, ...]
    actors_total: int
    seats: tuple[Pointing, ...]
    seats_total: int
    figures: FigureMarks
    citations: Citations
    initiatives: tuple[str, ...]


def profile(reader: Reader, iri: str, kilometres: float, citations: Citations) -> PlaceProfile | None:
    """Return the profile of a place with what is within so many kilometres, None for what is no place.

    The caller looks up `citations` when everything that it shows beside the profile has been added.
    """
    places, at = gazetteer(reader), catalogue(reader)
    if iri not in places:
        return None
    within = at.members(PLACE_KEY, iri)
    here = tuple(one for one in at.entries if one in within)
    around = near(places, at, iri, kilometres)
    above = [place.iri for place in places.above(iri)]
    kreis, land = (places.around(iri, level) for level in (KREIS, LAND))
    over = tuple(one for one in at.entries
                 if one not in within and one not in around
                 and at.direct[PLACE_KEY].get(one, {}).keys() & set(above))  # fmt: skip
    lists = (here[:MOST_SHOWN], tuple(around)[:MOST_NEAR], over[:MOST_SHOWN])
    shown = [one for of in lists for one in of]
    located = reader.ask("place-locations", initiative=shown) if shown else []
    holders = _holders(at, here)
    first = sorted(holders, key=lambda actor: (-holders[actor], actor))[:MOST_ACTORS]
    parts = reader.ask("place-actors", initiative=list(here), actor=first) if first else []
    seats = reader.ask("place-seats", place=iri)
    names = reader.names({iri, *above, *shown, *first, *_iris(located, "at"), *_iris(parts, "role"),
                          *_iris(seats, "actor")})  # fmt: skip
    lines = _lines(at, located, names, around, citations)
    return PlaceProfile(
        place=places[iri],
        name=names[iri],
        above=tuple(names[one] for one in reversed(above)),
        kreis=names[kreis.iri] if kreis else None,
        land=names[land.iri] if land else None,
        density=density(places, places[iri]),
        parts=_parts(places, at, iri),
        here=Lines(tuple(lines[one] for one in lists[0]), len(here)),
        near=Lines(tuple(lines[one] for one in lists[1]), len(around)),
        over=Lines(tuple(lines[one] for one in lists[2]), len(over)),
        can_be_near=has_surroundings(places, iri),
        terms=_terms(reader, at, names[iri], here, citations),
        actors=tuple(Actor(names[one], holders[one], _pointing(parts, one, names, citations)) for one in first),
        actors_total=len(holders),
        seats=_seats(seats, names, citations),
        seats_total=len(_iris(seats, "actor")),
        figures=figure_marks(reader, places, [iri], citations),
        citations=citations,
        initiatives=here,
    )


def _parts(places: Gazetteer, at: Catalogue, iri: str) -> tuple[Part, ...]:
    """Return the places in this one, those with most initiatives first, the others by name."""
    found = [Part(places[part], len(at.members(PLACE_KEY, part))) for part in places.parts.get(iri, ())]
    return tuple(sorted(found, key=lambda part: (-part.initiatives, collated(part.place.name), part.place.iri)))


def _holders(at: Catalogue, here: Collection[str]) -> dict[str, int]:
    """Return who takes part in how many of these initiatives."""
    found: dict[str, int] = {}
    for one in here:
        for actor in at.direct.get("actor", {}).get(one, ()):
            found[actor] = found.get(actor, 0) + 1
    return found


def _lines(
    at: Catalogue, rows: Iterable[Row], names: Mapping[str, Named], around: Mapping[str, float], citations: Citations
) -> dict[str, Line]:
    said: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        said.setdefault(row["initiative"].value, {}).setdefault(row["at"].value, set()).add(row["g"].value)
    return {
        one: Line(
            names[one],
            at.values_of(one, "initiativeKind"),
            tuple(Pointing(names[where], citations.marks(of[where])) for where in sorted(of)),
            around.get(one),
        )
        for one, of in said.items()
    }


def _terms(reader: Reader, at: Catalogue, name: Named, here: tuple[str, ...], citations: Citations) -> dict[str, Terms]:
    absent = by_column(reader.ask("place-absences", place=name.iri), "place", "absent")
    said: dict[str, set[str]] = {}
    if here and len(here) <= MOST_NUMBERED:
        for row in reader.ask("place-terms", initiative=list(here)):
            term = row["term"].value
            for one in (term, *at.above.get(term, ())):
                said.setdefault(one, set()).add(row["g"].value)
    found = {}
    for facet in (at.facet(key) for key in TERMS):
        if facet:
            (row,) = matrix_of(reader, facet, {name.iri: name}, absent).rows
            terms = (Term(cell, _first_marks(citations, said.get(cell.term.iri, ()))) for cell in row.cells)
            found[facet.key] = Terms(facet, tuple(terms), row.silent)
    return found


def _pointing(
    rows: Iterable[Row], actor: str, names: Mapping[str, Named], citations: Citations
) -> tuple[Pointing, ...]:
    roles = by_column((row for row in rows if row["actor"].value == actor), "role", "g")
    ordered = sorted(roles, key=lambda role: (names[role].order, names[role].label))
    return tuple(Pointing(names[role], _first_marks(citations, roles[role])) for role in ordered)


def _seats(rows: Iterable[Row], names: Mapping[str, Named], citations: Citations) -> tuple[Pointing, ...]:
    said = by_column(rows, "actor", "g")
    ordered = sorted(said, key=lambda actor: names[actor].label.casefold())
    return tuple(Pointing(names[actor], citations.marks(said[actor])) for actor in ordered[:MOST_ACTORS])


def _first_marks(citations: Citations, graphs: Iterable[str]) -> tuple[str, ...]:
    """Return the first marks, and one more where there are more, so that only those are looked up."""
    return citations.marks(sorted(graphs)[: MOST_MARKS + 1])


def _iris(rows: Iterable[Row], column: str) -> set[str]:
    return {row[column].value for row in rows}
