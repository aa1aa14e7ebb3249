"""Dereferencing: things lead to documents, documents come as a page or as RDF, and each says what else there is."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from flask import Blueprint, Response, request

from sorgenetz.errors import SorgenetzError
from sorgenetz.formats import PAGE_FORMATS, PLAIN_JSON
from sorgenetz.names import GRAPH, GRAPH_ONTOLOGY, GRAPH_SHAPES, ID, ONTOLOGY, RULE, THING_TYPES
from sorgenetz.web.departed import nothing_at, successor
from sorgenetz.web.documents import (
    Document,
    graph_document,
    ontology_document,
    rule_document,
    serve,
    thing_document,
)
from sorgenetz.web.negotiation import see_other
from sorgenetz.web.problems import explain, nothing_here
from sorgenetz.web.profile_choice import PARAMETER
from sorgenetz.web.services import services

bp = Blueprint("linked_data", __name__)

_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,198}[A-Za-z0-9])?", re.ASCII)
_ENDINGS = {fmt.ending for fmt in (*PAGE_FORMATS, PLAIN_JSON)}


@bp.get("/id/<kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """Lead from a thing to the document about it (303: the thing itself cannot be sent)."""
    document = _thing(kind, slug)
    if now := successor(document.topic):
        return _moved(f"/id/{now.removeprefix(ID)}")
    if not document.exists(services()):
        raise nothing_at(document.topic)
    asked = request.args.get(PARAMETER)
    response = see_other(document.address + (f"?{PARAMETER}={quote(asked, safe='')}" if asked else ""), "Accept")
    response.headers["Link"] = f'<{document.address}>; rel="describedby"'
    response.headers["Sorgenetz-Release"] = services().engine.release.name
    return response


@bp.get("/doc/<kind>/<name>")
def document(kind: str, name: str) -> Response:
    """Send the document about a thing in the format that the ending or Accept asks for."""
    slug, ending = _split(name)
    found = _thing(kind, slug)
    if now := successor(found.topic):
        return _moved(f"/doc/{now.removeprefix(ID)}" + (f".{ending}" if ending else ""))
    return serve(request, services(), found, ending)


@bp.get("/ontology")
@bp.get("/ontology.<ending>")
def ontology(ending: str = "") -> Response:
    """Send the ontology with its alignments; directly, since its terms are fragments of this address."""
    return serve(request, services(), ontology_document("/ontology", ONTOLOGY, GRAPH_ONTOLOGY), _known(ending))


@bp.get("/shapes")
@bp.get("/shapes.<ending>")
def shapes(ending: str = "") -> Response:
    """Send the shapes that each statement was checked with."""
    return serve(request, services(), graph_document("/shapes", GRAPH_SHAPES), _known(ending))


@bp.get("/graph/<name>")
def graph(name: str) -> Response:
    """Send what stands in one named graph."""
    slug, ending = _split(name)
    if not _SLUG.fullmatch(slug):
        raise nothing_here()
    return serve(request, services(), graph_document(f"/graph/{slug}", GRAPH + slug), ending)


@bp.get("/rule/<name>")
def rule(name: str) -> Response:
    """Send what a rule finds that statements were derived by."""
    slug, ending = _split(name)
    if not _SLUG.fullmatch(slug):
        raise nothing_here()
    return serve(request, services(), rule_document(f"/rule/{slug}", RULE + slug), ending)


@bp.get("/problem/<code>")
def kind_of_problem(code: str) -> Response:
    """Tell what a problem document's type means."""
    return explain(code)


@bp.get("/healthz")
def health() -> Response:
    """Tell whether queries are answered, and from which release."""
    at = services()
    try:
        at.engine.ask(at.library.page("is-alive").query)
        release = at.engine.release
        manifest = release.manifest
        status, body = 200, {
            "status": "ok", "release": release.name, "created": release.created,
            "version": manifest["version"], "quads": manifest["quads"],
        }  # fmt: skip
    except SorgenetzError as error:
        status, body = 503, {"status": "no answer", "reason": error.code}
    response = Response(json.dumps(body) + "\n", status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _moved(path: str) -> Response:
    """Lead on to the thing that another was merged into, with what the address asks for (301, RFC 9110, 15.4.2)."""
    query = request.query_string.decode("ascii", "ignore")
    response = Response(status=301)
    response.headers["Location"] = f"{path}?{query}" if query else path
    response.headers["Sorgenetz-Release"] = services().engine.release.name
    return response


def _thing(kind: str, slug: str) -> Document:
    """Return the document about a thing whose name can be one; raises NothingHere before anything is asked."""
    if kind not in THING_TYPES or not _SLUG.fullmatch(slug):
        raise nothing_here()
    return thing_document(f"{ID}{kind}/{slug}", f"/doc/{kind}/{slug}")


def _split(name: str) -> tuple[str, str]:
    """Return the name and its ending, if it has one that means a format."""
    slug, _, ending = name.rpartition(".")
    return (slug, ending) if slug and ending in _ENDINGS else (name, "")


def _known(ending: str) -> str:
    if ending and ending not in _ENDINGS:
        raise nothing_here()
    return ending
