"""The page where a query is written, its answer, and what the editor on it asks for."""

from __future__ import annotations

import json

from flask import Blueprint, Response, g, request

from sorgenetz.insight.completion import completion
from sorgenetz.web.explain.shown import told
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.query.asked import problem, run
from sorgenetz.web.query.checked import checked
from sorgenetz.web.query.given import query_of
from sorgenetz.web.query.local import local_graph
from sorgenetz.web.query.words import editor_words
from sorgenetz.web.services import services
from sorgenetz.web.tag_words import tag_words

bp = Blueprint("editor", __name__)


@bp.route(f"{IN_LANGUAGE}/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Show the place to write a query, and the answer to the one that was sent; ?question= fills in a ready one."""
    g.moving = True
    query = request.values.get("query", "")
    questions = reader().library.questions()
    asked = "query" in request.values
    result, error = run(query) if asked else (None, None)
    return page(
        "query/editor.html",
        error.status if error else 200,
        query=query if asked else _ready(),
        asked=asked,
        questions=questions,
        tags=sorted({tag for question in questions for tag in question.tags}, key=tag_words),
        words=editor_words(),
        local=local_graph(),
        result=result,
        told=told(query, result and result.shown.answered, error) if query.strip() else None,
        **problem(error),
    )


@bp.get(f"{IN_LANGUAGE}/sparql/terms.json")
def terms() -> Response:
    """Return what the editor offers while a query is written."""
    return _json(completion(reader(), services().engine.release))


@bp.get(f"{IN_LANGUAGE}/sparql/named")
def named() -> Response:
    """Return what the thing at ?iri= is called, and its class in words; both are empty for what nobody knows."""
    iri, asking = request.args.get("iri", ""), reader()
    found = asking.names([iri]).get(iri) if iri else None
    known = found is not None and found.known
    return _json({"label": found.label if known else "", "class": asking.class_label(found) if known else ""})


@bp.post(f"{IN_LANGUAGE}/sparql/check")
def check() -> Response:
    """Say where the query in the body cannot be read, and how to mend it; nothing of it is kept or answered."""
    g.moving = True
    response = _json(checked(request.get_data().decode("utf-8", "replace"), g.language))
    response.headers["Cache-Control"] = "no-store"
    return response


def _ready() -> str:
    """Return the query of the question that the address names, else the one of the home page."""
    name = request.args.get("question", "")
    return query_of(reader().library.question(name)) if name else reader().library.page("home-query").query


def _json(members: dict[str, object]) -> Response:
    return Response(json.dumps(members, ensure_ascii=False, separators=(",", ":")), content_type="application/json")
