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
        return json.loads(self.body, object_hook=_Terms())["results"]["bindings"]

    def truth(self) -> bool:
        """Return the yes or no of an answer in JSON."""
        return bool(json.loads(self.body)["boolean"])


class _Terms:
    """Makes the terms while JSON is read, so that no second form of the rows is ever held; the same IRI is one term."""

    def __init__(self) -> None:
        self._iris: dict[str, Term] = {}

    def __call__(self, read: dict) -> object:
        kind = read.get("type")
        if kind == "uri":
            iri = read["value"]
            return self._iris.get(iri) or self._iris.setdefault(iri, Term(kind, iri))
        if kind == "literal":
            return Term(kind, read["value"], read.get("xml:lang"), read.get("datatype"))
        if kind == "bnode":
            return Term(kind, read["value"])
        # A row may have a variable of this name, whose value is a term by now.
        return _statement(read["value"]) if isinstance(kind, str) else read


def _statement(parts: dict[str, Term]) -> Term:
    """Return a statement about a statement (RDF 1.2) as text, since it has no place in rows that pages are made of."""
    return Term("literal", " ".join(part.value for part in parts.values()))
