"""Two to four places side by side: the same rows for all, and what nobody says of one stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.place_profile.distance import has_surroundings, near
from sorgenetz.insight.place_profile.features import KREIS, LAND, Place, gazetteer
from sorgenetz.insight.place_profile.funding import grants
from sorgenetz.insight.place_profile.likeness import density
from sorgenetz.insight.place_profile.profile import TERMS
from sorgenetz.insight.place_profile.said import FigureMarks, figure_marks
from sorgenetz.insight.reader import Named, Reader, by_column
from sorgenetz.insight.selection.catalogue import PLACE_KEY, catalogue
from sorgenetz.insight.selection.facets import Facet
from sorgenetz.insight.selection.gaps import NO_DATA, Cell, matrix_of
from sorgenetz.insight.sources import Citations

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Column:
    """One place: what it is, and how many initiatives, actors and programmes or funders are known there.

    `near` is None where the place has no point to measure from.
    """

    name: Named
    place: Place
    kreis: Named | None
    land: Named | None
    density: float | None
    kind: str
    initiatives: int
    near: int | None
    actors: int
    givers: int


@dataclass(frozen=True)
class TermRow:
    """One term with its cell for each place."""

    term: Named
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Section:
    """The terms of one kind: those that are known of some of the places, and those nobody says of any of them."""

    facet: Facet
    rows: tuple[TermRow, ...]
    nowhere: tuple[Named, ...]


@dataclass(frozen=True)
class Comparison:
    """Places beside each other."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    figures: FigureMarks
    citations: Citations


def compare(reader: Reader, iris: Iterable[str], kilometres: float) -> Comparison:
    """Return the places, which must be known ones, beside each other in the order given."""
    places, at = gazetteer(reader), catalogue(reader)
    iris = list(iris)
    around = {iri: {level: places.around(iri, level) for level in (KREIS, LAND)} for iri in iris}
    areas = {place.iri for of in around.values() for place in of.values() if place}
    names = reader.names({*iris, *areas})
    absent = by_column(reader.ask("place-absences", place=iris), "place", "absent")
    shown = {iri: names[iri] for iri in iris}
    facets = [facet for facet in map(at.facet, TERMS) if facet]
    sections = tuple(_section(reader, facet, shown, absent) for facet in facets)
    columns = []
    for iri in iris:
        here = at.members(PLACE_KEY, iri)
        kreis, land = around[iri][KREIS], around[iri][LAND]
        columns.append(
            Column(
                names[iri],
                places[iri],
                names[kreis.iri] if kreis else None,
                names[land.iri] if land else None,
                density(places, places[iri]),
                kreis.designation if kreis else "",
                len(here),
                len(near(places, at, iri, kilometres)) if has_surroundings(places, iri) else None,
                len({actor for one in here for actor in at.direct.get("actor", {}).get(one, ())}),
                sum(1 for of in grants(reader).values() if of.keys() & here),
            )
        )
    citations = Citations()
    figures = figure_marks(reader, places, iris, citations)
    citations.look_up(reader)
    return Comparison(tuple(columns), sections, figures, citations)


def _section(reader: Reader, facet: Facet, shown: Mapping[str, Named], absent: Mapping[str, set[str]]) -> Section:
    matrix = matrix_of(reader, facet, shown, absent)
    rows = [TermRow(term, tuple(row.cells[n] for row in matrix.rows)) for n, term in enumerate(matrix.terms)]
    known = tuple(row for row in rows if any(cell.state != NO_DATA for cell in row.cells))
    nowhere = tuple(row.term for row in rows if row not in known)
    return Section(facet, known, nowhere)
