"""CSV that people open in a spreadsheet: no text of the graph becomes a formula there (OWASP, CSV injection).

The answers of the endpoint and of the questions are for programs and stay as SPARQL 1.1 writes them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# At the start of a cell, and where a spreadsheet that separates by semicolons would begin another.
_WOULD_CALCULATE = re.compile(r"(^|;)(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def spreadsheet_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return the rows as CSV in which only numbers begin with a sign."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe_again(answer: bytes) -> str:
    """Return the rows of an answer in CSV as `spreadsheet_csv` writes them."""
    return spreadsheet_csv(csv.reader(io.StringIO(answer.decode("utf-8"), newline="")))


def safe(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Haus;@SUM(A1)"), safe("-51.5"), safe(-3), safe("Café – Treff")
    ("'=1+1", "Haus;'@SUM(A1)", '-51.5', -3, 'Café – Treff')
    """
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return _WOULD_CALCULATE.sub(r"\1'", cell)
