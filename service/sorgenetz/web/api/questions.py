"""The questions as addresses for programs: all of them, and the answer to each as JSON, CSV and SPARQL JSON."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from sorgenetz.formats import HTML, PLAIN_ROWS, QUESTION_FORMATS, Format
from sorgenetz.insight.answers import ask_for_all
from sorgenetz.library.queries import QueryFile
from sorgenetz.web.addresses import Link, public_address
from sorgenetz.web.api.answers import PATH, body_of, list_of, pages_of
from sorgenetz.web.api.asked import FORMAT, LANGUAGE, Asked, Given, choose, given_in, language_of, read_asked
from sorgenetz.web.documents import LICENCE
from sorgenetz.web.negotiation import (
    conditional,
    entity_tag,
    has_it_already,
    mark,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import reader
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.services import release_named, services
from sorgenetz.web.sparql_request import pairs_in_address

bp = Blueprint("api", __name__)
ENDINGS = ", ".join(fmt.ending for fmt in QUESTION_FORMATS)
DESCRIPTION = Link("/api/openapi.json", "service-desc", PLAIN_ROWS.media_type)
MANUAL = Link("/api", "service-doc", "text/html")


@bp.get(PATH)
@bp.get(f"{PATH}.<any({PLAIN_ROWS.ending}):ending>")
def questions(ending: str = "") -> Response:
    """Send the list of all questions with their parameters, or lead a person to the page."""
    given = given_in(pairs_in_address(request), (LANGUAGE.name,) if ending else (LANGUAGE.name, FORMAT.name))
    g.language = language_of(given, request)
    if choose(request, given, ending, (PLAIN_ROWS,)) is HTML:
        return see_other(f"/{g.language}/questions", _vary(ending, given))
    at = services()
    release, listed, base = at.engine.release, at.library.questions(), public_address(request, at.settings)
    tag = entity_tag(release.name, PATH, base, g.language, [one.text for one in listed])
    if has_it_already(request, tag):
        response = unchanged()
    else:
        body = list_of(listed, reader(g.language), release, base)
        response = Response(body, content_type=PLAIN_ROWS.content_type)
    return _marked(response, release.name, tag, _vary(ending, given), [])


@bp.get(f"{PATH}/<name>")
@bp.get(f"{PATH}/<name>.<any({ENDINGS}):ending>")
def answer(name: str, ending: str = "") -> Response:
    """Send the answer to a question, or lead a person to the page that asks it."""
    question = _question(name)
    asked = read_asked(request, reader(reader_language(request)), question, takes_format=not ending)
    g.language = asked.language
    vary, fmt = _vary(ending, asked.given), choose(request, asked.given, ending)
    if fmt is HTML:
        own = [one.name for one in question.parameters if one.name != LANGUAGE.name]
        return see_other(asked.address(f"/{g.language}/questions/{name}", own), vary)
    at = services()
    base = public_address(request, at.settings)
    release = at.engine.release.name
    parts = (question.text, asked.query, fmt.key, g.language, asked.page, asked.per_page)
    links = [Link(f"/doc/question/{name}", "describedby"), *_others(asked, fmt)]
    if has_it_already(request, entity_tag(release, *parts)):
        response = unchanged()
    else:
        whole = ask_for_all(reader(g.language), asked.query)
        release = whole.release
        body = body_of(asked, whole, fmt, reader(g.language), release_named(release))
        response = Response(body, content_type=fmt.content_type)
        response.headers["Sorgenetz-Total"] = str(whole.total)
        links += _pages(f"{base}{request.path}", asked, pages_of(whole.total, asked))
    response.headers["Content-Location"] = _path(asked, fmt)
    return _marked(response, release, entity_tag(release, *parts), vary, links)


def _question(name: str) -> QueryFile:
    """Return the question of this name; raises NothingHere."""
    if name not in {one.name for one in services().library.questions()}:
        raise nothing_here()
    return services().library.question(name)


def _marked(response: Response, release: str, tag: str, vary: str, links: list[Link]) -> Response:
    """Say on a response what all of these addresses say: release, language, licence, and where they are described."""
    response.content_language = [g.language]
    if vary:
        response.headers["Vary"] = vary
    response.headers["Link"] = ", ".join(map(str, (*links, Link(LICENCE, "license"), DESCRIPTION, MANUAL)))
    return conditional(mark(response, release, tag), request)


def _vary(ending: str, given: Given) -> str:
    """Return the header fields that the answer depends on, beside what its address says."""
    formats = "" if ending or FORMAT.name in given else "Accept"
    return ", ".join(filter(None, (formats, "" if LANGUAGE.name in given else "Accept-Language")))


def _path(asked: Asked, fmt: Format) -> str:
    """Return where the same answer is in a format, without negotiation."""
    kept = [name for name in asked.given if name != FORMAT.name]
    return asked.address(f"{PATH}/{asked.question.name}.{fmt.ending}", kept)


def _others(asked: Asked, fmt: Format) -> list[Link]:
    return [Link(_path(asked, one), "alternate", one.media_type) for one in QUESTION_FORMATS if one is not fmt]


def _pages(address: str, asked: Asked, last: int) -> list[Link]:
    """Return the links to the other pages of an answer (RFC 8288); a page behind the last one leads back to it."""
    numbers = {"first": 1, "last": last}
    if asked.page > 1:
        numbers["prev"] = min(asked.page - 1, last)
    if asked.page < last:
        numbers["next"] = asked.page + 1
    return [Link(asked.address(address, page=number), relation) for relation, number in numbers.items()]
