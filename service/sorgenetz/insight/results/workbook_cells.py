"""A term as a cell of Excel: typed where Excel can hold it exactly, else the text that the result has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sorgenetz.insight.results.cells import NUMBERS, number_of
from sorgenetz.names import XSD
from sorgenetz.terms import Term

LONGEST = 32_767
_FLOATS = (XSD + "double", XSD + "float")
# Excel keeps 15 digits of a number.
_DIGITS = 15
# Excel counts a 29 February 1900 that never was; dates before it would be a day off.
_FIRST_DAY = date(1900, 3, 1)
# These two have no place in XML, of which a workbook is made; control characters are written by their numbers.
NOT_XML = re.compile("[\ufffe\uffff]")


class Text(str):
    """A cell that stays as it is written."""


@dataclass(frozen=True)
class Bool:
    """A cell that is true or false."""

    value: bool


@dataclass(frozen=True)
class Moment:
    """A cell with a day, and a time of day if it has one."""

    value: date | datetime
    has_time: bool


def cell_of(term: Term) -> Text | Bool | Moment | float:
    """Return the cell for a term."""
    if term.kind == "bnode":
        return Text(f"_:{term.value}")
    if term.kind == "literal":
        if term.datatype in NUMBERS:
            number = number_of(term)
            return number if number is not None and _is_exact(term, number) else Text(term.value)
        if term.datatype == XSD + "boolean" and term.value in ("true", "false", "1", "0"):
            return Bool(term.value in ("true", "1"))
        if term.datatype in (XSD + "date", XSD + "dateTime"):
            return _moment(term) or Text(term.value)
        if term.datatype == XSD + "gYear" and re.fullmatch(r"\d{4}", term.value):
            return float(term.value)
    return Text(term.value)


def excel_length(text: str) -> int:
    """Return the length of a text as Excel counts it: letters beyond U+FFFF twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def text_pieces(text: str) -> Iterator[str]:
    """Return the lines of a text, each short enough for a cell.

    >>> list(text_pieces("one\\ntwo"))
    ['one', 'two']
    """
    for line in text.split("\n"):
        line = line.rstrip("\r")
        for start in range(0, max(1, len(line)), LONGEST // 8):
            yield NOT_XML.sub("\ufffd", line[start : start + LONGEST // 8])


def _is_exact(term: Term, number: float) -> bool:
    """Tell whether Excel has this number to its last digit; measured numbers (xsd:double) are as exact as it is."""
    if term.datatype in _FLOATS:
        return True
    written = Decimal(term.value)
    return len(written.normalize().as_tuple().digits) <= _DIGITS


def _moment(term: Term) -> Moment | None:
    """Return a day or moment that names no time zone, which Excel does not know."""
    try:
        if term.datatype == XSD + "date":
            day = date.fromisoformat(term.value)
            return Moment(day, False) if day >= _FIRST_DAY else None
        moment = datetime.fromisoformat(term.value)
    except ValueError:
        return None
    if moment.tzinfo or moment.date() < _FIRST_DAY or moment.microsecond:
        return None
    return Moment(moment, True)
