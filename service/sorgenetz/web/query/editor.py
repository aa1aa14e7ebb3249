"""The page where a query is written, and its answer."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from sorgenetz.web.explain.shown import told
from sorgenetz.web.pages import page, reader
from sorgenetz.web.query.asked import problem, run

bp = Blueprint("editor", __name__)
LANGUAGE = "/<any(de,en):language>"


@bp.route(f"{LANGUAGE}/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Show the place to write a query, and the answer to the one that was sent."""
    g.moving = True
    query = request.values.get("query", "")
    questions = reader().library.questions()
    result, error = run(query) if query.strip() else (None, None)
    return page(
        "query/editor.html",
        error.status if error else 200,
        query=query or reader().library.page("home-query").query,
        asked=bool(query.strip()),
        questions=questions,
        result=result,
        told=told(query, result and result.shown.answered, error) if query.strip() else None,
        **problem(error),
    )
