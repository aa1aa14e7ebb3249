"""The table of pairs that look alike becomes statements of the editors: two things, or one merged into the other."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import TableBroken
from sorgenetz.names import DCT, GRAPH, OWL, PREFIXES

EDITORS = ox.NamedNode(GRAPH + "redaktion-high")
_DIFFERENT, _MERGED = ox.NamedNode(OWL + "differentFrom"), ox.NamedNode(DCT + "isReplacedBy")


def read_decisions(path: Path, text: str) -> list[ox.Quad]:
    """Return one quad for each row: that a was merged into b where the decision is “merged”, else that they are two.

    Raises TableBroken with line and column.
    """
    reader = csv.DictReader(text.splitlines())
    return [
        ox.Quad(
            _thing(path, reader, row, "a"),
            _MERGED if row.get("decision") == "merged" else _DIFFERENT,
            _thing(path, reader, row, "b"),
            EDITORS,
        )
        for row in reader
    ]


def _thing(path: Path, reader: csv.DictReader, row: dict[str, str | None], column: str) -> ox.NamedNode:
    prefix, _, local = (row.get(column) or "").strip().partition(":")
    try:
        return ox.NamedNode(PREFIXES[prefix] + local)
    except (KeyError, ValueError) as error:
        raise TableBroken(file=path, line=reader.line_num, column=column) from error
