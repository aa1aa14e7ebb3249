"""The answer to any query as people read it: a table with named things, yes or no, or a graph as text."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pyoxigraph as ox

from sorgenetz.engine.query_text import read_query
from sorgenetz.errors import ServiceRefused, UpdateRefused
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.terms import Term

MOST_ROWS = 1000
MOST_NAMES = 3000
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class Answered:
    """One answer; `form` is select, ask, construct or describe."""

    form: str
    seconds: float
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    total: int = 0
    yes: bool | None = None
    graph: str = ""
    cut: bool = False
    names: dict[str, Named] = field(default_factory=dict)


def answer(reader: Reader, query: str) -> Answered:
    """Return the answer of the served release, the table cut at a thousand rows and saying so.

    Raises the errors of the engine: syntax, time, memory, size.
    """
    text = read_query(query)
    if text.form == "update":
        raise UpdateRefused()
    if text.uses_service:
        raise ServiceRefused()
    if text.form in ("construct", "describe"):
        given = reader.engine.answer(query, "ttl")
        graph = given.body.decode("utf-8")
        return Answered(
            text.form, given.engine_seconds, total=given.rows, graph=graph[:MOST_CHARACTERS],
            cut=len(graph) > MOST_CHARACTERS,
        )  # fmt: skip
    given = reader.engine.answer(query, "json")
    results = ox.parse_query_results(io.BytesIO(given.body), ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return Answered("ask", given.engine_seconds, yes=bool(results))
    return _table(reader, results, given.engine_seconds)


def _table(reader: Reader, results: ox.QuerySolutions, seconds: float) -> Answered:
    columns = tuple(variable.value for variable in results.variables)
    rows: list[tuple[Term | None, ...]] = []
    total = 0
    for solution in results:
        if total < MOST_ROWS:
            rows.append(tuple(_term(solution[column]) for column in columns))
        total += 1
    iris = dict.fromkeys(term.value for row in rows for term in row if term and term.kind == "uri")
    names = reader.names(list(iris)[:MOST_NAMES])
    return Answered(
        "select", seconds, columns, tuple(rows), total, cut=total > MOST_ROWS,
        names={iri: name for iri, name in names.items() if name.known},
    )  # fmt: skip


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
