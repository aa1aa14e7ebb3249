"""Cited answers in few words, and what can go wrong with them; errors.toml has the words of that."""

from __future__ import annotations

from flask_babel import gettext as _

from sorgenetz.errors import SorgenetzError
from sorgenetz.names import XSD, short

LONGEST_LINE = 400


class AnswerTooLongToCite(SorgenetzError):
    status, code = 414, "too-long-to-cite"


def fingerprint_words() -> str:
    """Return of what a fingerprint is the SHA-256, so that anybody can make it from an answer."""
    return _(
        "It is made of lines of UTF-8 with one line feed between two: the form of the answer (select, ask or "
        "graph); the names of the columns, with a tab between two; then each row, its terms as canonical "
        "N-Triples with a tab between two, nothing where a cell is empty and _: for a blank node. Unless the "
        "query holds ORDER BY, the rows are sorted by their bytes. In place of rows, ask has true or false, and a"
        " graph its statements by RDFC-1.0; their line of columns is empty."
    )


def shortened(line: str) -> str:
    """Return one line of an outcome with short IRIs, cut where it is very long."""
    cells = line.split("\t")
    words = " · ".join(_plain(cell) for cell in cells)
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1] + "…"


def _plain(cell: str) -> str:
    """Return an IRI in short, a number or date without its type, and any other term as it stands."""
    if cell.startswith("<") and cell.endswith(">"):
        return short(cell[1:-1])
    value, mark, of_type = cell.partition(f"^^<{XSD}")
    return value[1:-1] if mark and of_type.rstrip(">") in ("integer", "decimal", "date", "gYear", "boolean") else cell
