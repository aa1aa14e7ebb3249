"""How far the engine can read a query, asked of the engine itself and of no data."""

from __future__ import annotations

from sorgenetz.engine.query_text import Dataset, read_query
from sorgenetz.errors import (
    QueryRefused,
    QuerySyntaxError,
    QueryTimedOut,
    QueryTooComplex,
    SorgenetzError,
    TooManyQueries,
)
from sorgenetz.insight.reader import Engine

# A graph that no release has: what is read is the text, and there is nothing to search.
NO_DATA = Dataset(("urn:x-sorgenetz:nothing",), ())
SECONDS = 1.0
FAULTS = (QuerySyntaxError, QueryRefused, QueryTooComplex)
# After these it is not known whether the text can be read.
NOT_KNOWN = (TooManyQueries, QueryTimedOut)


def refused(engine: Engine, query: str) -> SorgenetzError | None:
    """Return the error for a text that the engine cannot or will not read, or not in time; None for one it reads."""
    makes_a_graph = read_query(query).form in ("construct", "describe")
    try:
        engine.answer(query, "nt" if makes_a_graph else "json", NO_DATA, deadline_s=SECONDS)
    except (*FAULTS, *NOT_KNOWN) as error:
        return error
    except SorgenetzError:
        # It can be read; what it would take to answer it is no matter here.
        return None
    return None


def how_far(engine: Engine, query: str) -> int:
    """Return the place, in characters, up to which `query` can be read: its length only when all of it can."""
    error = refused(engine, query)
    if error is None:
        return len(query)
    return min(offset(query, error), len(query) - 1) if isinstance(error, QuerySyntaxError) else 0


def offset(query: str, error: QuerySyntaxError) -> int:
    """Return the place of a fault, in characters from 0."""
    lines = query.split("\n")[: error.details["line"] - 1]
    return min(len(query), sum(len(line) + 1 for line in lines) + error.details["column"] - 1)
