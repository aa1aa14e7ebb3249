"""Cited answers in few words, and what can go wrong with them; errors.toml has the words of that."""

from __future__ import annotations

from sorgenetz.errors import SorgenetzError
from sorgenetz.names import XSD, short

LONGEST_LINE = 400


class AnswerTooLongToCite(SorgenetzError):
    status, code = 414, "too-long-to-cite"


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
