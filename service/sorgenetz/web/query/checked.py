"""Whether the engine can read a query, asked of the engine itself and of no data."""

from __future__ import annotations

from sorgenetz.engine.query_text import Dataset, read_query
from sorgenetz.errors import QuerySyntaxError, QueryTooComplex, ServiceRefused, SorgenetzError, UpdateRefused
from sorgenetz.insight.explain.explain import explain_error
from sorgenetz.insight.explain.words import offer, plain, sentences
from sorgenetz.web.pages import reader
from sorgenetz.web.services import services

# A graph that no release has: what is read is the text, and there is nothing to search.
NO_DATA = Dataset(("urn:x-sorgenetz:nothing",), ())
SECONDS = 1.0
_FAULTS = (QuerySyntaxError, UpdateRefused, ServiceRefused, QueryTooComplex)


def checked(query: str, language: str) -> dict[str, object]:
    """Return `faults`: each with line, column, length (in characters), text, remedy and mended queries."""
    if not query.strip():
        return {"faults": []}
    makes_a_graph = read_query(query).form in ("construct", "describe")
    try:
        services().engine.answer(query, "nt" if makes_a_graph else "json", NO_DATA, deadline_s=SECONDS)
    except _FAULTS as error:
        return {"faults": [_fault(query, error, language)]}
    except SorgenetzError:
        # It can be read; what it would take to answer it is no matter here.
        return {"faults": []}
    return {"faults": []}


def _fault(query: str, error: SorgenetzError, language: str) -> dict[str, object]:
    found = explain_error(query, error)
    line, column, length = error.details.get("line", 1), error.details.get("column", 1), 0
    if found and found.end > found.start:
        (line, column), length = found.place, found.end - found.start
    said = [plain(sentence) for sentence in sentences(reader(), found, language)] if found else []
    return {
        "line": line,
        "column": column,
        "length": length,
        "text": " ".join(said) or error.text(language).rstrip(".") + ".",
        "remedy": "" if found and found.suggestions else error.remedy(language),
        "mended": [{"text": plain(offer(reader(), one, language)), "query": one.query}
                   for one in (found.suggestions if found else ())],
    }  # fmt: skip
