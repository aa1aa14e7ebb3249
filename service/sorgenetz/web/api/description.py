"""Where the description of the addresses for programs is: as OpenAPI, and as a page made of it."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from sorgenetz.formats import PLAIN_ROWS, QUESTION_FORMATS, TURTLE
from sorgenetz.insight.answers import ask_for_all
from sorgenetz.insight.results.snippets import walking
from sorgenetz.web.addresses import Link, public_address
from sorgenetz.web.api.answers import PATH, as_json, body_of
from sorgenetz.web.api.asked import LANGUAGE, MOST_ROWS, Asked, given_in, language_of
from sorgenetz.web.api.openapi import openapi
from sorgenetz.web.api.questions import DESCRIPTION, MANUAL
from sorgenetz.web.api.schemas import Members
from sorgenetz.web.documents import LICENCE
from sorgenetz.web.negotiation import (
    IN_LANGUAGE,
    LANGUAGES,
    conditional,
    entity_tag,
    has_it_already,
    mark,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import finish, page, reader, tag_of_request
from sorgenetz.web.problems import document as problem_document
from sorgenetz.web.services import release_named, services
from sorgenetz.web.sparql_request import pairs_in_address

bp = Blueprint("api_description", __name__)
# The question that the examples ask.
EXAMPLE = "practices-for-barrier"
CATALOGUE = "/.well-known/api-catalog"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


@bp.get(DESCRIPTION.target)
def description() -> Response:
    """Send the description in OpenAPI 3.1."""
    given = given_in(pairs_in_address(request), (LANGUAGE.name,))
    g.language = language_of(given, request)
    at = services()
    base, release = public_address(request, at.settings), at.engine.release.name
    tag = entity_tag(release, DESCRIPTION.target, base, g.language, [one.text for one in at.library.questions()])
    if has_it_already(request, tag):
        response = unchanged()
    else:
        response = Response(as_json(openapi(reader(g.language), base)), content_type=PLAIN_ROWS.content_type)
    response.content_language = [g.language]
    if LANGUAGE.name not in given:
        response.headers["Vary"] = "Accept-Language"
    response.headers["Link"] = ", ".join(map(str, (Link(LICENCE, "license"), MANUAL)))
    return conditional(mark(response, release, tag), request)


@bp.get(CATALOGUE)
def catalogue() -> Response:
    """Send which interfaces there are and where each is described (RFC 9727)."""
    at = services()
    base, release = public_address(request, at.settings), at.engine.release.name
    tag = entity_tag(release, CATALOGUE, base)
    if has_it_already(request, tag):
        response = unchanged()
    else:
        response = Response(as_json({"linkset": _interfaces(base)}), content_type=LINKSET)
    response.headers["Link"] = str(Link(CATALOGUE, "api-catalog", LINKSET.partition(";")[0]))
    return conditional(mark(response, release, tag), request)


@bp.get(MANUAL.target)
def manual() -> Response:
    """Lead to the page in the reader's language."""
    return see_other(f"/{reader_language(request)}{MANUAL.target}", "Accept-Language")


@bp.get(f"{IN_LANGUAGE}{MANUAL.target}")
def manual_page(language: str) -> Response:
    """Show the description as a page."""
    g.language = language
    if has_it_already(request, tag_of_request()):
        return finish(unchanged())
    at = services()
    document = openapi(reader(language), public_address(request, at.settings))
    paths = list(document["paths"].items())
    questions = [(path, item) for path, item in paths if path.startswith(f"{PATH}/")]
    asked = Asked(at.library.question(EXAMPLE), {LANGUAGE.name: (LANGUAGE.term(language),)}, language, 1, 1, {})
    whole = ask_for_all(reader(), asked.query)
    return finish(page(
        "api.html",
        document=document,
        questions=questions,
        others=[(path, item) for path, item in paths if not path.startswith(PATH)],
        example=dict(questions)[f"{PATH}/{EXAMPLE}"]["get"],
        walk=walking(f"{document['servers'][0]['url']}{PATH}/{EXAMPLE}.json?per_page=5", "means"),
        answer=body_of(asked, whole, PLAIN_ROWS, reader(), release_named(whole.release)),
        columns=_columns,
        formats=QUESTION_FORMATS,
        most=MOST_ROWS,
        limit=at.settings.query_seconds,
        problem=as_json(problem_document(LANGUAGE.wrong("fr", LANGUAGE.allowed, LANGUAGES[0]), language)),
    ))  # fmt: skip


def _interfaces(base: str) -> list[Members]:
    """Return the questions and the endpoint, each with its description for programs and for people."""
    return [
        {
            "anchor": f"{base}{path}",
            "service-desc": [{"href": f"{base}{described}", "type": kind}],
            "service-doc": [
                {"href": f"{base}/{one}{page}", "type": "text/html", "hreflang": [one]} for one in LANGUAGES
            ],
            "status": [{"href": f"{base}/healthz", "type": PLAIN_ROWS.media_type}],
        }
        for path, described, kind, page in (
            (PATH, DESCRIPTION.target, DESCRIPTION.type, MANUAL.target),
            ("/sparql", "/sparql", TURTLE.media_type, "/sparql"),
        )
    ]


def _columns(operation: dict) -> dict[str, dict]:
    """Return the columns of a question's answer by their names, as the document describes them."""
    answer = operation["responses"]["200"]["content"][PLAIN_ROWS.media_type]["schema"]
    return answer["allOf"][1]["properties"]["rows"]["items"]["properties"]
