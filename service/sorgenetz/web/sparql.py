"""The SPARQL endpoint: SPARQL 1.1 Protocol, queries only, complete answers or errors."""

from __future__ import annotations

import re

from flask import Blueprint, Request, Response, request

from sorgenetz.engine.query_text import Dataset, QueryText, read_query
from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, Format, choose_format, format_named, offered_for
from sorgenetz.web.answers_cache.front import MAY_BE_KEPT
from sorgenetz.web.negotiation import (
    conditional,
    entity_tag,
    has_it_already,
    mark,
    not_acceptable,
    prefers_page,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.sending import sent
from sorgenetz.web.service_description import describe_service
from sorgenetz.web.services import services
from sorgenetz.web.sparql_request import SparqlRequest, read_request, url_formats

bp = Blueprint("sparql", __name__)

# An answer that may differ although the release is the same: it is never called unchanged.
_MAY_MOVE = ("RAND", "NOW", "UUID", "STRUUID", "BNODE")
_MOVING = re.compile(rf"\b({'|'.join(_MAY_MOVE)})\b", re.IGNORECASE)


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query, describe the service, or lead a person to the page where queries are written."""
    asked = read_request(request)
    if asked is None:
        formats = url_formats(request)
        if not formats and prefers_page(request.headers.get("Accept"), GRAPH_FORMATS):
            return _to_the_query_page(request)
        return describe_service(request, services(), formats)
    text = read_query(asked.query)
    text.raise_if_refused()
    offered = _offered(text)
    if request.method != "POST" and not asked.formats and prefers_page(request.headers.get("Accept"), offered):
        return _to_the_query_page(request)
    return _answer(request, asked, text, _choose(request, asked, offered))


@bp.route("/sparql/", methods=["GET", "POST"])
def with_a_slash() -> Response:
    """Lead to the endpoint with the same method, content and parameters (308, RFC 9110, 15.4.9)."""
    parameters = request.query_string.decode("ascii", "ignore")
    return Response(status=308, headers={"Location": f"/sparql?{parameters}" if parameters else "/sparql"})


def _answer(request: Request, asked: SparqlRequest, text: QueryText, fmt: Format) -> Response:
    engine = services().engine
    release = engine.release.name
    dataset = Dataset(asked.default_graphs, asked.named_graphs) if asked.names_a_dataset else None
    moves = may_move(asked.query)
    keeps = request.method != "POST" and not moves
    if keeps and has_it_already(request, entity_tag(release, asked.query, fmt.key, dataset)):
        response = unchanged()
    else:
        answer = engine.answer(asked.query, fmt.key, dataset)
        response, release = sent(answer, fmt.content_type), answer.release
    request.environ[MAY_BE_KEPT] = not moves
    response.headers["Vary"] = "Accept"
    tag = entity_tag(release, asked.query, fmt.key, dataset) if keeps else None
    return conditional(mark(response, release, tag, weak=_same_but_not_to_the_byte(asked, text)), request)


def may_move(query: str) -> bool:
    """Tell whether the answer may be another one although the release is the same."""
    capitals = query.upper()
    return any(name in capitals for name in _MAY_MOVE) and bool(_MOVING.search(query))


def _same_but_not_to_the_byte(asked: SparqlRequest, text: QueryText) -> bool:
    """Tell whether the answer may be written differently each time: new blank nodes, rows of graphs just merged."""
    makes_nodes = text.form == "construct" and ("_:" in asked.query or "[" in asked.query)
    return makes_nodes or len(asked.default_graphs if asked.names_a_dataset else text.default_graphs) > 1


def _offered(text: QueryText) -> tuple[Format, ...]:
    """Return what the answer can look like; every format while nobody knows what is asked."""
    return (*ROW_FORMATS, *GRAPH_FORMATS) if text.form == "unknown" else offered_for(text.form)


def _choose(request: Request, asked: SparqlRequest, offered: tuple[Format, ...]) -> Format:
    """Return the format that the parameter `format` names, or else that Accept likes best; raises NoCommonFormat."""
    if asked.formats:
        chosen = next(filter(None, (format_named(name, offered) for name in asked.formats)), None)
        wanted = ", ".join(asked.formats)
    else:
        wanted = request.headers.get("Accept", "")
        chosen = choose_format(wanted, offered)
    if chosen is None:
        raise not_acceptable(wanted, offered)
    return chosen


def _to_the_query_page(request: Request) -> Response:
    """Lead to the page with the editor, with all that the address holds."""
    page = f"/{reader_language(request)}/sparql"
    query = request.query_string.decode("ascii", "ignore")
    return see_other(f"{page}?{query}" if query else page, "Accept, Accept-Language")
