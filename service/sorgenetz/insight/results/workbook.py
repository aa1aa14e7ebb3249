"""A table as an Excel workbook: the data, a codebook, and what it is; every cell exactly what the result holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sorgenetz.insight.answers import Whole
from sorgenetz.insight.results.cells import Tally
from sorgenetz.insight.results.refusals import ResultNotForWorkbook
from sorgenetz.insight.results.workbook_cells import (
    LONGEST,
    NOT_XML,
    Bool,
    Moment,
    Text,
    cell_of,
    excel_length,
    text_pieces,
)

# Excel has no more than these; the first row holds the names of the columns.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a sheet in words: what it is, and what there is to say of it."""

    name: str
    text: str


@dataclass(frozen=True)
class Words:
    """The words of the reader's language for sheets, heads and values, and a function from a tally to its line."""

    data: str
    codebook: str
    about: str
    heads: tuple[str, ...]
    about_lines: tuple[Line, ...]


def write_workbook(output: IO[bytes], whole: Whole, words: Words, describe, created: datetime) -> None:
    """Write the workbook of a table into `output`; `describe` gives the cells of the codebook for a Tally.

    Needs little memory however many rows there are. Raises ResultNotForWorkbook when Excel cannot hold the table.
    """
    if whole.total + 1 > MOST_ROWS:
        raise ResultNotForWorkbook("rows", limit=MOST_ROWS, count=whole.total + 1)
    if len(whole.columns) > MOST_COLUMNS:
        raise ResultNotForWorkbook("columns", limit=MOST_COLUMNS, count=len(whole.columns))
    # Closed also when a cell is refused: that removes the files it works with.
    with xlsxwriter.Workbook(output, _OPTIONS) as book:
        book.set_properties({"title": words.about_lines[0].text, "created": created})
        styles = _Styles(book)
        tallies = tuple(Tally(name) for name in whole.columns)
        _data(book.add_worksheet(words.data), whole, tallies, styles)
        codebook = [words.heads, *map(describe, tallies)]
        _sheet(book.add_worksheet(words.codebook), codebook, (24, 36, 24, 22, 12, 12, 40), styles)
        _sheet(book.add_worksheet(words.about), _about(words), (24, 110), styles, has_heads=False)


def _about(words: Words) -> Iterator[tuple[str, str]]:
    """Return the lines of the last sheet; a text of several lines has a cell for each."""
    for line in words.about_lines:
        for number, piece in enumerate(text_pieces(line.text)):
            yield ("" if number else line.name), piece


@dataclass(frozen=True)
class Sheet:
    """A sheet of texts and numbers; the first line holds the heads of its columns."""

    name: str
    lines: tuple[tuple[object, ...], ...]
    widths: tuple[int, ...]


def write_sheets(output: IO[bytes], sheets: Iterable[Sheet], about: tuple[Line, ...], name: str) -> None:
    """Write a workbook of these sheets and a last one, called `name`, of what it is, into `output`."""
    with xlsxwriter.Workbook(output, _OPTIONS) as book:
        styles = _Styles(book)
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            _sheet(page, sheet.lines, sheet.widths, styles)
        lines = [(line.name, line.text) for line in about]
        _sheet(book.add_worksheet(name), lines, (24, 110), styles, has_heads=False)


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def _data(sheet: Worksheet, whole: Whole, tallies: tuple[Tally, ...], styles: _Styles) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(whole.columns) - 1), 24)
    for column, name in enumerate(whole.columns):
        _write_text(sheet, 0, column, name, styles.head)
    for number, row in enumerate(_counted(whole.rows(), tallies), 1):
        for column, term in enumerate(row):
            if term is not None:
                _write(sheet, number, column, cell_of(term), styles, whole.columns[column])
    if whole.columns:
        sheet.autofilter(0, 0, max(1, whole.total), len(whole.columns) - 1)


def _counted(rows: Iterable[tuple], tallies: tuple[Tally, ...]) -> Iterator[tuple]:
    for row in rows:
        for tally, term in zip(tallies, row, strict=True):
            tally.add(term)
        yield row


def _write(sheet: Worksheet, row: int, column: int, cell: object, styles: _Styles, name: str) -> None:
    if isinstance(cell, Text):
        if excel_length(cell) > LONGEST:
            raise ResultNotForWorkbook("cell", limit=LONGEST, count=excel_length(cell), row=row, column_name=name)
        if NOT_XML.search(cell):
            raise ResultNotForWorkbook("character", row=row, column_name=name)
        _write_text(sheet, row, column, cell)
    elif isinstance(cell, Bool):
        sheet.write_boolean(row, column, cell.value)
    elif isinstance(cell, Moment):
        sheet.write_datetime(row, column, cell.value, styles.moment if cell.has_time else styles.day)
    else:
        sheet.write_number(row, column, cell)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write a text as a text; the library would take one between <r> and </r> for marked-up parts of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[0], text[1], text[2:], *([style] if style else []))
    else:
        sheet.write_string(row, column, text, style)


def _sheet(
    sheet: Worksheet, lines: Iterable[tuple], widths: tuple[int, ...], styles: _Styles, has_heads: bool = True
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            style = styles.head if (has_heads and not row) or (not has_heads and not column) else styles.wrapped
            if isinstance(value, int):
                sheet.write_number(row, column, value, style)
            else:
                _write_text(sheet, row, column, str(value), style)
