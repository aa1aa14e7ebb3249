"""Whether the engine can read a query, asked of the engine itself and of no data."""

from __future__ import annotations

from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.explain.explain import explain_error
from sorgenetz.insight.explain.reading import NOT_KNOWN, refused
from sorgenetz.insight.explain.words import offer, plain, sentences
from sorgenetz.web.pages import reader
from sorgenetz.web.services import services


def checked(query: str, language: str) -> dict[str, object]:
    """Return `faults`: each with line, column, length (in characters), text, remedy and mended queries."""
    error = refused(services().engine, query) if query.strip() else None
    is_fault = error is not None and not isinstance(error, NOT_KNOWN)
    return {"faults": [_fault(query, error, language)] if is_fault else []}


def _fault(query: str, error: SorgenetzError, language: str) -> dict[str, object]:
    found = explain_error(reader(), query, error)
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
