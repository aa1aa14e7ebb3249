"""An answer: its bytes, and what is known about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO

import pyoxigraph as ox

from sorgenetz.engine.row_count import rows_in
from sorgenetz.engine.spool import MEMORY_BYTES, Spool
from sorgenetz.terms import Term


@dataclass(frozen=True)
class Answer:
    """`kind` is rows, boolean or graph; `content` is all of it in `format_key`, from the release of that name."""

    content: Spool | bytes
    engine_seconds: float
    kind: str
    format_key: str
    release: str = ""
    counted: int | None = None

    @cached_property
    def body(self) -> bytes:
        """Return all bytes at once."""
        return self.content if isinstance(self.content, bytes) else self.content.whole()

    @property
    def is_large(self) -> bool:
        """Tell whether the answer is better sent in pieces than held in memory."""
        return len(self.content) > MEMORY_BYTES

    def pieces(self) -> Iterator[bytes]:
        """Return the bytes little by little."""
        return iter((self.content,)) if isinstance(self.content, bytes) else self.content.pieces()

    @cached_property
    def rows(self) -> int | None:
        """Return how many rows or statements the answer holds, None for a yes or no; counted when first asked for."""
        if self.counted is not None or self.kind == "boolean":
            return self.counted
        if self.format_key == "json":
            # Row by row, so that other threads have their turns while a large answer is counted.
            return sum(1 for _ in self.solutions())
        return rows_in(self.body, self.format_key)

    def file(self) -> IO[bytes]:
        """Return all bytes as a file that is read from its beginning, by one reader."""
        return BytesIO(self.content) if isinstance(self.content, bytes) else self.content.file()

    def solutions(self) -> ox.QuerySolutions:
        """Return the rows of an answer in JSON, read one after the other."""
        return ox.parse_query_results(self.file(), ox.QueryResultsFormat.JSON)  # type: ignore[return-value]

    def terms(self) -> list[dict[str, Term]]:
        """Return the rows of an answer in JSON, each with the variables that are bound in it."""
        found = json.loads(self.body)["results"]["bindings"]
        return [{name: _term(value) for name, value in row.items()} for row in found]

    def truth(self) -> bool:
        """Return the yes or no of an answer in JSON."""
        return bool(json.loads(self.body)["boolean"])


def _term(value: dict[str, str]) -> Term:
    kind = value["type"]
    if kind == "literal":
        return Term(kind, value["value"], value.get("xml:lang"), value.get("datatype"))
    # A statement about a statement (RDF 1.2) has no place in rows that pages are made of; it shows as text.
    return Term(kind, value["value"]) if kind in ("uri", "bnode") else Term("literal", json.dumps(value["value"]))
