"""Small questions to the engine about parts of a query, within a budget; made of the reader's own text."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from sorgenetz.errors import QueryOutOfMemory, QueryTimedOut, ResultTooLarge, SorgenetzError
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.sketch import GraphClause, Piece, Sketch
from sorgenetz.insight.explain.tokens import NotReadable, Token
from sorgenetz.insight.reader import Reader
from sorgenetz.names import XSD
from sorgenetz.terms import Term

Dataset = tuple[tuple[str, ...], tuple[str, ...]] | None
SAMPLED_VALUES = 12
TOO_HARD = (QueryTimedOut, QueryOutOfMemory, ResultTooLarge)
ZERO = ("0", "0.0", "0.0E0", "")


@dataclass(frozen=True)
class Budget:
    """What explaining one query may cost: small questions, seconds for all of them, seconds for one.

    A question to a release of our size takes 1 to 30 ms; 60 of them are enough for every case we know.
    """

    probes: int = 60
    seconds: float = 2.0
    seconds_each: float = 0.7


class BudgetSpent(Exception):
    """There is nothing left to look further with."""


@dataclass
class Spent:
    """What explaining one query has cost so far; `left_open` tells that a question could not be answered in time."""

    asked: int = 0
    left_open: bool = False
    began: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Outcome:
    """What a query came to: its rows, and the one number in it when it only counts."""

    rows: int
    counted: int | None = None


class Probes:
    """Asks for one reader about `sketch`; counts what it asks."""

    def __init__(self, reader: Reader, sketch: Sketch, dataset: Dataset, budget: Budget) -> None:
        self.reader = reader
        self.sketch = sketch
        self.spent = Spent()
        self._dataset = dataset
        self._budget = budget
        self._known: dict[tuple[str, bool], bool] = {}
        self._outcomes: dict[str, Outcome | None] = {}

    def about(self, sketch: Sketch) -> Probes:
        """Return the same for another query, out of the same budget."""
        other = copy.copy(self)
        other.sketch = sketch
        return other

    @property
    def dataset(self) -> list[GraphClause]:
        """Return the graphs that are asked: those of the request, or else those of the query; none for all."""
        if not self._dataset:
            return self.sketch.dataset
        default, named = self._dataset
        chosen = [(iri, False) for iri in default] + [(iri, True) for iri in named]
        return [GraphClause(0, 0, Token("iri", f"<{iri}>", 0), is_named) for iri, is_named in chosen]

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.spent.began

    def holds(self, pieces: Iterable[Piece | str], around: str = "{}", everywhere: bool = False) -> bool:
        """Tell whether these patterns together match anything; yes when that cannot be found out in time.

        With `everywhere` the whole graph is asked, whatever FROM or the request say.
        """
        asked, dataset = ("", None) if everywhere else (self.sketch.dataset_text, self._dataset)
        text = f"{self.sketch.prologue}ASK {asked} {{ {_within(around, pieces)}\n}}"
        key = (text, everywhere)
        if key not in self._known:
            try:
                self._known[key] = self._run(text, dataset).truth()
            except TOO_HARD:
                self.spent.left_open = True
                self._known[key] = True
        return self._known[key]

    def values(
        self, variable: str, pieces: Iterable[Piece | str], around: str = "{}", everywhere: bool = False
    ) -> list[tuple[Term, int]]:
        """Return the most frequent values that these patterns give to a variable, and how often each comes."""
        asked, dataset = ("", None) if everywhere else (self.sketch.dataset_text, self._dataset)
        body = _within(around, pieces)
        text = (
            f"{self.sketch.prologue}SELECT ?{variable} (COUNT(*) AS ?{self.sketch.hidden}) {asked} "
            f"{{ {body}\n}} GROUP BY ?{variable} ORDER BY DESC(?{self.sketch.hidden}) LIMIT {SAMPLED_VALUES}"
        )
        try:
            rows = self._run(text, dataset).terms()
        except TOO_HARD:
            self.spent.left_open = True
            return []
        return [(row[variable], int(row[self.sketch.hidden].value)) for row in rows if variable in row]

    def least_and_most(self, variable: str, pieces: Iterable[Piece], around: str = "{}") -> tuple[Term, Term] | None:
        """Return the least and the greatest value that these patterns give to a variable."""
        body = _within(around, pieces)
        least, most = f"{self.sketch.hidden}_least", f"{self.sketch.hidden}_most"
        text = (
            f"{self.sketch.prologue}SELECT (MIN(?{variable}) AS ?{least}) (MAX(?{variable}) AS ?{most}) "
            f"{self.sketch.dataset_text} {{ {body}\n}}"
        )
        try:
            row = next(iter(self._run(text, self._dataset).terms()), {})
        except TOO_HARD:
            row = {}
        return (row[least], row[most]) if least in row and most in row else None

    def page(self, name: str, **values: object) -> list[dict[str, Term]]:
        """Return the rows of one of our own queries; none when it takes too long."""
        try:
            return self._run(self.reader.library.page(name).with_values(values), None).terms()
        except TOO_HARD:
            self.spent.left_open = True
            return []

    def outcome(self, query: str) -> Outcome | None:
        """Return what a whole query comes to; None when that cannot be found out in time."""
        if query not in self._outcomes:
            self._outcomes[query] = self._outcome(query)
        return self._outcomes[query]

    def _outcome(self, query: str) -> Outcome | None:
        try:
            sketch = read_sketch(query)
            if sketch.form == "ASK":
                return Outcome(int(self._run(query, self._dataset).truth()))
            if sketch.form != "SELECT":
                return Outcome(self._run(query, self._dataset, "nt").rows or 0)
            if sketch.counts_one_row:
                return _counted(self._run(query, self._dataset).terms())
            rows = self._run(_as_count(query, sketch), self._dataset).terms()
            return Outcome(int(rows[0][sketch.hidden].value))
        except TOO_HARD:
            self.spent.left_open = True
        except (NotReadable, SorgenetzError):
            pass
        return None

    def _run(self, text: str, dataset: Dataset, format_key: str = "json"):
        left = self._budget.seconds - self.seconds
        if self.spent.asked >= self._budget.probes or left <= 0.01:
            raise BudgetSpent
        self.spent.asked += 1
        return self.reader.engine.answer(text, format_key, dataset, min(left, self._budget.seconds_each))


def _within(around: str, pieces: Iterable[Piece | str]) -> str:
    """Return these patterns as they stand in what is around them."""
    return around.replace("{}", " ".join(piece if isinstance(piece, str) else piece.text for piece in pieces), 1)


def is_nothing(rows: list[dict[str, Term]], sketch: Sketch) -> bool:
    """Tell whether these rows say that nothing matches: none at all, or one that counts none."""
    return not rows or (sketch.counts_one_row and _counted(rows).rows == 0)


def _counted(rows: list[dict[str, Term]]) -> Outcome:
    values = [term for row in rows for term in row.values()]
    numbers = [int(term.value) for term in values if term.datatype == XSD + "integer" and term.value.isdecimal()]
    nothing = all(term.value in ZERO for term in values)
    return Outcome(0 if nothing else len(rows), max(numbers, default=None))


def _as_count(query: str, sketch: Sketch) -> str:
    """Return the query that counts the rows of `query`."""
    inner = query[sketch.start : sketch.projection_end] + query[sketch.dataset_end :]
    return f"{sketch.prologue}SELECT (COUNT(*) AS ?{sketch.hidden}) {sketch.dataset_text} {{ {{ {inner}\n}} }}"
