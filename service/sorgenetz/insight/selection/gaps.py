"""The gap matrix: which terms are stated in which places, where their absence is, and where nobody says anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.lists import collated
from sorgenetz.insight.reader import Named, Reader, sn
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue, catalogue
from sorgenetz.insight.selection.facets import Facet
from sorgenetz.names import ID

COLUMNS = ("lowersBarrier", "targetGroup", "supportForm", "role")
ROWS = {"land": "Land", "kreis": "Kreis", "municipality": "Municipality"}
STATED, STATED_NONE, NO_DATA = "stated", "stated-none", "no-data"
DEEPEST_COLUMN = 1


@dataclass(frozen=True)
class Cell:
    """What is known of a term in a place: `count` initiatives, that there is expressly none, or nothing at all."""

    state: str
    count: int
    term: Named


@dataclass(frozen=True)
class GapRow:
    """A place with its cells; `silent` of its `initiatives` say nothing at all of this kind of term."""

    place: Named
    initiatives: int
    silent: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class GapMatrix:
    """Terms against places, also those places that hold no initiative."""

    facet: Facet
    terms: tuple[Named, ...]
    rows: tuple[GapRow, ...]

    @property
    def states(self) -> dict[str, int]:
        """Return how many cells are in each state."""
        cells = [cell.state for row in self.rows for cell in row.cells]
        return {state: cells.count(state) for state in (STATED, STATED_NONE, NO_DATA)}


def gap_matrix(reader: Reader, column: str, level: str, within: str, confidence: str = "") -> GapMatrix | None:
    """Return the terms of facet `column` against the places of `level` inside `within`; None for an unknown facet.

    A term holds for a place when an initiative in it or for it says it or a narrower one. An absence that a source
    states for a place holds for narrower terms too; an initiative that says the opposite is shown before it.
    """
    facet = catalogue(reader).facet(column)
    if facet is None or not facet.scheme:
        return None
    absent: dict[str, set[str]] = {}
    for row in reader.ask("gap-places", **{"class": sn(ROWS[level]), "within": within}):
        found = absent.setdefault(row["place"].value, set())
        if "absent" in row:
            found.add(row["absent"].value)
    matrix = matrix_of(reader, facet, reader.names(absent), absent, confidence)
    return replace(
        matrix, rows=tuple(sorted(matrix.rows, key=lambda row: (-row.initiatives, collated(row.place.label))))
    )


def matrix_of(
    reader: Reader, facet: Facet, places: Mapping[str, Named], absent: Mapping[str, set[str]], confidence: str = ""
) -> GapMatrix:
    """Return the terms of a facet against these places, in their order; `absent` is what a source says is not there."""
    at = catalogue(reader)
    key = ("columns", facet.scheme, reader.language)
    terms, rank = reader.kept(key, lambda: _columns(concepts_of(reader, facet.scheme))), at.rank(confidence)
    rows = [_row(at, facet, places[place], terms, absent.get(place, set()), rank) for place in places]
    return GapMatrix(facet, tuple(terms), tuple(rows))


def _row(at: Catalogue, facet: Facet, place: Named, terms: list[Named], absent: set[str], rank: float) -> GapRow:
    here = at.members(PLACE_KEY, place.iri)
    silent = len(here - at.stated(facet.key, rank))
    cells = []
    for term in terms:
        count = len(here & at.members(facet.key, term.iri, rank))
        is_absent = bool(absent & {term.iri, *at.above.get(term.iri, ())})
        cells.append(Cell(STATED if count else STATED_NONE if is_absent else NO_DATA, count, term))
    return GapRow(place, len(here), silent, tuple(cells))


def _columns(concepts: list[Concept], depth: int = 0) -> list[Named]:
    """Return the terms down to the second level of their scheme, each before those below it."""
    found = []
    for concept in concepts:
        found.append(concept.thing)
        if depth < DEEPEST_COLUMN:
            found += _columns(concept.narrower, depth + 1)
    return found


def places_to_look_inside(reader: Reader, level: str) -> list[Named]:
    """Return the places whose parts of this level can be the rows, those of Germany first."""
    around = {"land": "Country", "kreis": "Land", "municipality": "Kreis"}[level]
    return reader.kept(("gap areas", level, reader.language), lambda: _areas(reader, sn(around)))


def _areas(reader: Reader, of_class: str) -> list[Named]:
    rows = reader.ask("list", **{"class": of_class})
    names = reader.names({row["thing"].value for row in rows})
    german = (f"{ID}land/", f"{ID}kreis/", f"{ID}country/DE")
    return sorted(names.values(), key=lambda one: (not one.iri.startswith(german), collated(one.label), one.iri))
