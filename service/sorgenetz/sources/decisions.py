"""The table of pairs that look alike becomes statements of the editors: two things, or one merged into the other."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import TableBroken
from sorgenetz.names import DCT, GRAPH, OWL, PREFIXES

EDITORS = ox.NamedNode(GRAPH + "redaktion-high")
# What may stand in the table; a misspelt “merged” must not come to say that they are two.
_TWO = ("different", "kept apart", "kept apart and related")
_DIFFERENT, _MERGED = ox.NamedNode(OWL + "differentFrom"), ox.NamedNode(DCT + "isReplacedBy")


def read_decisions(path: Path, text: str) -> list[ox.Quad]:
    """Return one quad for each row: that a was merged into b, or that they are two.

    Raises TableBroken with line and column.
    """
    reader = csv.DictReader(text.splitlines())
    return [
        ox.Quad(
            _thing(path, reader, row, "a"),
            _decision(path, reader, row),
            _thing(path, reader, row, "b"),
            EDITORS,
        )
        for row in reader
    ]


def _decision(path: Path, reader: csv.DictReader, row: dict[str, str | None]) -> ox.NamedNode:
    said = (row.get("decision") or "").strip()
    if said != "merged" and said not in _TWO:
        raise TableBroken(file=path, line=reader.line_num, column="decision")
    return _MERGED if said == "merged" else _DIFFERENT


def _thing(path: Path, reader: csv.DictReader, row: dict[str, str | None], column: str) -> ox.NamedNode:
    prefix, _, local = (row.get(column) or "").strip().partition(":")
    try:
        return ox.NamedNode(PREFIXES[prefix] + local)
    except (KeyError, ValueError) as error:
        raise TableBroken(file=path, line=reader.line_num, column=column) from error
