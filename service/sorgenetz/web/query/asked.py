"""What came of a query on a page: the answer, or what went wrong in words."""

from __future__ import annotations

from flask import g

from sorgenetz.errors import ProtocolBroken, SorgenetzError
from sorgenetz.web.problems import title
from sorgenetz.web.results.shown import ResultBlock, result_block


def run(query: str) -> tuple[ResultBlock | None, SorgenetzError | None]:
    """Return the answer to `query`, or the error in its place."""
    if not query.strip():
        return None, ProtocolBroken("query-empty")
    try:
        return result_block(query), None
    except SorgenetzError as error:
        return None, error


def problem(error: SorgenetzError | None) -> dict[str, object]:
    """Return what a template needs to say of `error`."""
    if error is None:
        return {"error": None}
    return {
        "error": error,
        "error_title": title(error, g.language),
        "error_text": error.text(g.language),
        "error_remedy": error.remedy(g.language),
        "line": error.details.get("line"),
        "column": error.details.get("column"),
    }
