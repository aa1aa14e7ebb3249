"""Rows in the order of one column, as a reader expects it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import number_of
from sorgenetz.names import curie
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]


def sorted_rows(rows: tuple[Row, ...], at: int, descending: bool, names: Mapping[str, Named]) -> list[Row]:
    """Return `rows` by the cell at `at`: numbers before texts, things by their names, empty cells always last."""
    filled = sorted(
        (row for row in rows if row[at] is not None), key=lambda row: _key(row[at], names), reverse=descending
    )
    return [*filled, *(row for row in rows if row[at] is None)]


def _key(term: Term, names: Mapping[str, Named]) -> tuple[int, float, str, str]:
    number = number_of(term)
    if number is not None:
        return 0, number, "", term.value
    text = term.value
    if term.kind == "uri":
        text = names[text].label if text in names else curie(text)
    return 1, 0.0, _folded(text), text


def _folded(text: str) -> str:
    """Return a text without case and marks, so that Ärzte stands between Archiv and Awo."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in marked if not unicodedata.combining(letter))
