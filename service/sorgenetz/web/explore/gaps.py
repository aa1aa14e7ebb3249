"""The gap matrix as a page, and one of its cells with its list and its query."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from sorgenetz.insight.lists import items
from sorgenetz.insight.reader import Named
from sorgenetz.insight.selection.catalogue import PLACE_KEY, catalogue
from sorgenetz.insight.selection.choice import Choice
from sorgenetz.insight.selection.gaps import (
    COLUMNS,
    ROWS,
    GapMatrix,
    gap_matrix,
    places_to_look_inside,
)
from sorgenetz.insight.selection.selected import select
from sorgenetz.names import ID
from sorgenetz.web.explore.place_address import practices_for
from sorgenetz.web.explore.warmth import warmth
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import nothing_here, shown

bp = Blueprint("gaps", __name__)
QUESTION = "initiatives-with-a-term-in-a-place"
FIRST_ROWS = "kreis"
LEVELS = {
    "land": lazy_gettext("Länder"),
    "kreis": lazy_gettext("Kreise and cities"),
    "municipality": lazy_gettext("Municipalities"),
}
WIDEST = {"land": "country/DE", "kreis": "land/05", "municipality": "kreis/05554"}


@dataclass(frozen=True)
class Frame:
    """What a matrix is asked for: its columns, its rows, where, and how sure the sources must be."""

    columns: str
    rows: str
    within: str
    confidence: str
    wrong: tuple[str, ...] = ()

    def query(self, **others: str) -> str:
        """Return the query string for this frame, with some of it changed."""
        here = {"columns": self.columns, "rows": self.rows, "within": self.within, "confidence": self.confidence}
        return urlencode([(name, value) for name, value in {**here, **others}.items() if value])


@bp.get(f"{IN_LANGUAGE}/gaps")
def gaps() -> Response:
    """Show which terms are stated where; what of the address cannot be followed is said, and the usual is shown."""
    frame = frame_of_address()
    return page(
        "explore/gaps.html",
        400 if frame.wrong else 200,
        frame=frame,
        matrix=matrix_of(frame),
        facets=[facet for facet in catalogue(reader()).facets if facet.key in COLUMNS],
        levels=LEVELS,
        areas=places_to_look_inside(reader(), frame.rows),
        area=_named(frame.within),
        confidences=catalogue(reader()).confidences,
        cell_query=lambda row, cell: _cell_query(frame, row.place, cell.term),
        warmth=warmth,
    )


@bp.get(f"{IN_LANGUAGE}/gaps/cell")
def cell() -> Response:
    """Show what is known of one term in one place: the initiatives, or why there are none, and the query."""
    at = catalogue(reader())
    facet = at.facet(request.args.get("columns", ""))
    place, term = (_known(request.args.get(name, "")) for name in ("place", "term"))
    if not facet or facet.key not in COLUMNS or not place or not term:
        raise nothing_here()
    confidence = _confidence(request.args.get("confidence", ""))
    chosen = Choice(values={PLACE_KEY: (place.iri,), facet.key: (term.iri,)}, confidence=confidence)
    things = select(reader(), chosen).things if term.iri in at.names and place.iri in at.names else ()
    absences = reader().ask("gap-absences", place=place.iri, term=term.iri)
    names = reader().names({row[name].value for row in absences for name in ("absence", "source")})
    here = at.members(PLACE_KEY, place.iri)
    return page(
        "explore/gap_cell.html",
        facet=facet,
        place=place,
        term=term,
        found=items(reader(), list(things)),
        absences=[(names[row["absence"].value], names[row["source"].value]) for row in absences],
        initiatives=len(here),
        silent=len(here - at.stated(facet.key, at.rank(confidence))),
        elsewhere=practices_for(term.iri, place.iri) if facet.key == "lowersBarrier" else "",
        selection=f"/{reader().language}/initiatives?{chosen.address(at)}",
        question=f"/{reader().language}/questions/{QUESTION}?{urlencode({'place': place.iri, 'term': term.iri})}",
        query=reader().library.question(QUESTION).with_values({"place": place.iri, "term": term.iri}),
        back=f"/{reader().language}/gaps?{urlencode({'columns': facet.key})}",
    )


def frame_of_address() -> Frame:
    """Return what the address asks for; what of it cannot be followed is noted, and the usual stands in its place."""
    wrong = [shown(key)[:60] for key in request.args if key not in ("columns", "rows", "within", "confidence")]
    columns, rows = request.args.get("columns") or COLUMNS[0], request.args.get("rows") or FIRST_ROWS
    if columns not in COLUMNS or not catalogue(reader()).facet(columns):
        columns = _noted(wrong, columns, COLUMNS[0])
    if rows not in ROWS:
        rows = _noted(wrong, rows, FIRST_ROWS)
    within = request.args.get("within") or WIDEST[rows]
    if ID + within not in {area.iri for area in places_to_look_inside(reader(), rows)}:
        # The choice of rows alone changes what can be looked inside; only a place that was never there is wrong.
        within = WIDEST[rows] if _known(within) else _noted(wrong, within, WIDEST[rows])
    confidence = request.args.get("confidence", "")
    if confidence and not _confidence(confidence):
        confidence = _noted(wrong, confidence, "")
    return Frame(columns, rows, within, confidence, tuple(wrong))


def _noted(wrong: list[str], given: str, instead: str) -> str:
    wrong.append(given[:60])
    return instead


def matrix_of(frame: Frame) -> GapMatrix:
    """Return the matrix that is asked for; raises NothingHere when the release has no such terms."""
    matrix = gap_matrix(reader(), frame.columns, frame.rows, ID + frame.within, _confidence(frame.confidence))
    if matrix is None:
        raise nothing_here()
    return matrix


def _confidence(token: str) -> str:
    iri = f"{ID}confidence/{token}"
    return iri if iri in {level.iri for level in catalogue(reader()).confidences} else ""


def _known(token: str) -> Named | None:
    """Return the thing that the address names by the end of its IRI, if the graph knows it."""
    if not token or any(sign in token for sign in ' <>"{}|\\^`\n\t'):
        return None
    named = _named(token)
    return named if named.known else None


def _named(token: str) -> Named:
    return reader().names([ID + token])[ID + token]


def _cell_query(frame: Frame, place: Named, term: Named) -> str:
    parts = {"columns": frame.columns, "place": place.iri.removeprefix(ID), "term": term.iri.removeprefix(ID)}
    return urlencode(parts | ({"confidence": frame.confidence} if frame.confidence else {}))
