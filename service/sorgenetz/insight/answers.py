"""The answer to any query as people read it: a table with named things, yes or no, or a graph as statements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.query_text import Dataset, read_query
from sorgenetz.insight.paging import page_numbers
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.sorting import sorted_rows
from sorgenetz.terms import Term

PAGE_ROWS = 200
# Up to here an answer is held as a whole: it can be sorted, and pictures are made of all of it.
MOST_HELD = 5000
STATEMENT = ("subject", "predicate", "object")

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Part:
    """Which part of a table is wanted: pages count from 1, `sort` is the name of a column."""

    page: int = 1
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Answered:
    """One answer; `form` is select, ask, construct or describe, `rows` are those of the page, `held` all or nothing."""

    form: str
    seconds: float
    release: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    held: tuple[Row, ...] | None = None
    total: int = 0
    part: Part = Part()
    yes: bool | None = None
    given: Answer | None = None
    names: dict[str, Named] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Return how many pages the table has."""
        return page_count(self.total)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the page numbers to offer, 0 for a gap."""
        return page_numbers(self.part.page, self.pages)

    @property
    def first(self) -> int:
        """Return the number of the first row of the page, from 1."""
        return (self.part.page - 1) * PAGE_ROWS + 1


@dataclass(frozen=True)
class Whole:
    """An answer as it came, whose rows are read one after the other by one reader; `yes` is that of an ASK."""

    form: str
    given: Answer
    columns: tuple[str, ...] = ()
    total: int = 0
    yes: bool | None = None

    @property
    def seconds(self) -> float:
        """Return how long the engine took."""
        return self.given.engine_seconds

    @property
    def release(self) -> str:
        """Return the name of the release that was asked."""
        return self.given.release

    def rows(self, start: int = 0) -> Iterator[Row]:
        """Return the rows of a table, or the statements of a graph, after the first `start`."""
        if self.form == "select":
            for solution in islice(self.given.solutions(), start, None):
                yield tuple(_term(value) for value in solution)
        elif self.form != "ask":
            for quad in islice(ox.parse(self.given.file(), format=ox.RdfFormat.TURTLE), start, None):
                yield _term(quad.subject), _term(quad.predicate), _term(quad.object)


def ask_for_all(reader: Reader, query: str, dataset: Dataset | None = None) -> Whole:
    """Return the whole answer of the served release; `dataset` names the graphs that are asked, if not all.

    Raises the errors of the engine: syntax, time, memory, size.
    """
    form = read_query(query).form
    if form in ("construct", "describe"):
        given = reader.engine.answer(query, "ttl", dataset)
        return Whole(form, given, STATEMENT, given.rows)
    given = reader.engine.answer(query, "json", dataset)
    if given.kind == "boolean":
        return Whole("ask", given, yes=given.truth())
    columns = tuple(variable.value for variable in given.solutions().variables)
    return Whole("select", given, columns, given.rows)


def answer(reader: Reader, query: str, part: Part = Part()) -> Answered:
    """Return the answer with one page of its table; a page beyond the end is the last one."""
    whole = ask_for_all(reader, query)
    part = _possible(part, whole.columns, whole.total)
    start = (part.page - 1) * PAGE_ROWS
    if whole.total > MOST_HELD:
        held, shown = None, tuple(islice(whole.rows(start), PAGE_ROWS))
    else:
        held = tuple(whole.rows())
        shown = tuple(islice(_sorted(reader, held, whole.columns, part), start, start + PAGE_ROWS))
    return Answered(
        whole.form, whole.seconds, whole.release, whole.columns, shown, held, whole.total, part, whole.yes,
        whole.given, names_in(reader, shown),
    )  # fmt: skip


def page_count(total: int) -> int:
    """Return how many pages so many rows fill."""
    return max(1, math.ceil(total / PAGE_ROWS))


def names_in(reader: Reader, rows: Iterable[Row]) -> dict[str, Named]:
    """Return the names of the things in `rows` that the graph has a name for."""
    iris = {term.value for row in rows for term in row if term and term.kind == "uri"}
    return {iri: name for iri, name in reader.names(iris).items() if name.known}


def _possible(part: Part, columns: tuple[str, ...], total: int) -> Part:
    page = min(max(part.page, 1), page_count(total))
    can_sort = part.sort in columns and total <= MOST_HELD
    return Part(page, part.sort, part.descending) if can_sort else Part(page)


def _sorted(reader: Reader, rows: tuple[Row, ...], columns: tuple[str, ...], part: Part) -> Iterable[Row]:
    if not part.sort:
        return rows
    at = columns.index(part.sort)
    names = names_in(reader, ((row[at],) for row in rows))
    return sorted_rows(rows, at, part.descending, names)


def _term(node: object) -> Term | None:
    if node is None:
        return None
    if isinstance(node, ox.NamedNode):
        return Term("uri", node.value)
    if isinstance(node, ox.BlankNode):
        return Term("bnode", node.value)
    if isinstance(node, ox.Literal):
        return Term("literal", node.value, node.language, node.datatype.value)
    return Term("literal", str(node))
