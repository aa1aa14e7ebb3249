"""The gap matrix to take away: as CSV, and as a workbook that says what its cells and columns mean."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from sorgenetz.formats import RESULTS_CSV
from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.results.workbook import Line, Sheet, write_sheets
from sorgenetz.insight.selection.gaps import NO_DATA, STATED, STATED_NONE, GapMatrix
from sorgenetz.web.downloads import attachment, workbook
from sorgenetz.web.explore.files import not_followed
from sorgenetz.web.explore.gaps import Frame, frame_of_address, matrix_of
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import reader
from sorgenetz.web.results.workbook_words import origin_lines
from sorgenetz.web.services import services
from sorgenetz.web.spreadsheet_csv import spreadsheet_csv
from sorgenetz.web.templating import origin

bp = Blueprint("gap_files", __name__)


@bp.get(f"{IN_LANGUAGE}/gaps.csv")
def as_csv() -> Response:
    """Return the matrix as a table: a number where something is stated, else the words for none and for no data."""
    frame = _frame()
    content = spreadsheet_csv(_lines(matrix_of(frame)))
    release = services().engine.release.name
    return attachment(content, RESULTS_CSV.content_type, release, _word(frame), RESULTS_CSV.ending)


@bp.get(f"{IN_LANGUAGE}/gaps.xlsx")
def as_workbook() -> Response:
    """Return the matrix as a workbook with a codebook of its columns and of the states of a cell."""
    frame = _frame()
    matrix = matrix_of(frame)
    sheets = [
        Sheet(_("Data"), _lines(matrix), (34, 54, 12, 18, *(16 for _term in matrix.terms))),
        Sheet(_("Codebook"), _codebook(matrix), (40, 60, 60)),
    ]
    release = services().engine.release
    title = _("Gap matrix from Sorgenetz: %(terms)s", terms=matrix.facet.label)
    about = origin_lines(reader(), title, release.name, release.created)
    about.append(Line(_("Address"), f"{origin()}/{reader().language}/gaps?{frame.query()}"))
    return workbook(lambda file: write_sheets(file, sheets, tuple(about), _("About")), release.name, _word(frame))


def _frame() -> Frame:
    """Return what the address asks for; an address that cannot be followed is an error, never another table."""
    frame = frame_of_address()
    if frame.wrong:
        raise not_followed(frame.wrong[0])
    return frame


def _lines(matrix: GapMatrix) -> tuple[tuple[object, ...], ...]:
    words = _state_words()
    head = (_("Place"), "IRI", _("Initiatives"), _("of these without a statement"))
    lines = [(*head, *(term.label for term in matrix.terms))]
    for row in matrix.rows:
        cells = (cell.count if cell.state == STATED else words[cell.state] for cell in row.cells)
        lines.append((row.place.label, row.place.iri, row.initiatives, row.silent, *cells))
    return tuple(lines)


def _state_words() -> dict[str, str]:
    return {NO_DATA: _("no statement"), STATED_NONE: _("expressly none")}


def _codebook(matrix: GapMatrix) -> tuple[tuple[object, ...], ...]:
    words = _state_words()
    meanings = [
        (_("a number"), _("so many initiatives in the place or for it state the term or a narrower one"), ""),
        (words[STATED_NONE], _("a source states that there is none in the place"), ""),
        (words[NO_DATA], _("nobody has stated anything; that is not known, not zero"), ""),
    ]
    said = _definitions(concepts_of(reader(), matrix.facet.scheme))
    columns = [(term.label, said.get(term.iri, ""), term.iri) for term in matrix.terms]
    return ((_("Cell or column"), _("Meaning"), "IRI"), *meanings, *columns)


def _definitions(concepts: list[Concept]) -> dict[str, str]:
    found = {}
    for concept in concepts:
        found[concept.thing.iri] = concept.definition
        found |= _definitions(concept.narrower)
    return found


def _word(frame: Frame) -> str:
    return f"{frame.columns}-{frame.rows}"
