"""The one place where errors become answers: a problem document, a page, or plain text, in the reader's language."""

from __future__ import annotations

import json
import logging
from urllib.parse import unquote

from flask import Flask, Request, Response, render_template_string, request
from werkzeug.exceptions import HTTPException

from sorgenetz.errors import (
    BadRequest,
    MethodRefused,
    NoCommonFormat,
    NoSuchProfile,
    NothingHere,
    QueryRefused,
    RequestTooLarge,
    SorgenetzError,
    Unavailable,
    known_codes,
)
from sorgenetz.formats import HTML, Format, choose_format
from sorgenetz.names import BASE
from sorgenetz.web.negotiation import LANGUAGES, reader_language
from sorgenetz.web.pages import error_page
from sorgenetz.web.services import services

PROBLEM = Format(
    "problem", "application/problem+json", "json", "Problem", ("application/json",), binary_safe_charset=""
)
PLAIN = Format("txt", "text/plain", "txt", "Text")
# Numbers and places that a program can use; the words around them are for people.
MEMBERS = ("line", "column", "limit_s", "limit_mb", "limit_kb", "retry_s", "limit", "count", "release")
OPERATORS_MATTER = 3
TITLES = {
    200: ("Eine Art von Fehler", "A kind of problem"),
    400: ("Die Anfrage ist so nicht verständlich", "The request cannot be understood"),
    403: ("Das ist hier nicht erlaubt", "This is not allowed here"),
    404: ("Hier ist nichts", "There is nothing here"),
    405: ("So lässt sich diese Adresse nicht ansprechen", "This address cannot be used like that"),
    406: ("In dieser Form gibt es das hier nicht", "This does not exist here in that form"),
    410: ("Das ist nicht mehr hier", "This is no longer here"),
    412: ("Hier steht inzwischen etwas anderes", "Something else is here by now"),
    413: ("Die Anfrage ist zu groß", "The request is too large"),
    414: ("Die Adresse ist zu lang", "The address is too long"),
    415: ("Diese Art von Inhalt ist hier nicht möglich", "This type of content cannot be used here"),
    429: ("Zu viel auf einmal", "Too much at once"),
    431: ("Die Kopffelder sind zu groß", "The header fields are too large"),
    500: ("Bei uns ist etwas schiefgegangen", "Something went wrong on our side"),
    503: ("Gerade gibt es keine Antwort", "There is no answer just now"),
}
REFUSED = ("Diese Abfrage wird hier nicht beantwortet", "This query is not answered here")
PAGE = """<!doctype html><html lang="{{ language }}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ title }} – Sorgenetz</title>
<main><h1>{{ title }}</h1><p>{{ text }}</p><p>{{ remedy }}</p>
<p><a href="/{{ language }}/">Sorgenetz</a></p></main></html>
"""
log = logging.getLogger("sorgenetz.web")


def add_to(app: Flask) -> None:
    """Answer every error of `app` here."""
    app.register_error_handler(SorgenetzError, problem)
    app.register_error_handler(HTTPException, _of_flask)
    app.register_error_handler(Exception, _unforeseen)


def problem(error: SorgenetzError) -> Response:
    """Return `error` in the form that the reader's program asked for; a problem document if in doubt (RFC 9457)."""
    if type(error) is NothingHere:
        error = nothing_here()
    if error.exit_code == OPERATORS_MATTER:
        log.error("%s", error)
        error = Unavailable()
    wanted = request.args.get("language", "")
    language = wanted if wanted in LANGUAGES else reader_language(request)
    chosen = choose_format(request.headers.get("Accept"), (PROBLEM, PLAIN, HTML)) or PROBLEM
    if chosen is HTML:
        response = _page(error, language)
    elif chosen is PLAIN:
        response = Response(f"{error.text(language)}\n{error.remedy(language)}\n")
    else:
        response = Response(json.dumps(document(error, language), ensure_ascii=False) + "\n")
    if chosen is not HTML:
        response.content_type = chosen.content_type
    response.status_code = error.status
    response.content_language = [language]
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store" if error.status >= 500 else "no-cache"
    response.headers.update(error.headers())
    return response


def document(error: SorgenetzError, language: str) -> dict[str, object]:
    """Return the members of the problem document, in the reader's language; `detail_de` and `detail_en` in both."""
    members: dict[str, object] = {
        "type": f"{BASE}problem/{error.code}",
        "title": title(error, language),
        "status": error.status,
        "detail": error.text(language),
        "remedy": error.remedy(language),
        "detail_de": f"{error.text('de')} {error.remedy('de')}",
        "detail_en": f"{error.text('en')} {error.remedy('en')}",
    }
    members.update({name: error.details[name] for name in MEMBERS if name in error.details})
    if "parameter" in error.details and isinstance(error, BadRequest):
        members |= {"parameter": error.details["parameter"], "given": error.details["given"],
                    "allowed": error.details[f"allowed_{language}"]}  # fmt: skip
    if isinstance(error, NoCommonFormat | NoSuchProfile):
        members["offered"] = str(error.details["offered"]).split(", ")
    return members


class _Gap:
    """Stands for a detail that only a real case has."""

    def __format__(self, _: str) -> str:
        return "…"


class _Gaps(dict):
    def __missing__(self, _: str) -> _Gap:
        return _Gap()


class _Kind(SorgenetzError):
    """A kind of problem without a case: what its address tells (RFC 9457, 3.1.1)."""

    status = 200

    def __init__(self, code: str) -> None:
        self.code = code
        self.details = _Gaps()
        Exception.__init__(self, code)


def explain(code: str) -> Response:
    """Return what a kind of problem means; raises NothingHere when there is no such kind."""
    if code not in known_codes():
        raise nothing_here()
    return problem(_Kind(code))


def nothing_here() -> NothingHere:
    """Return the error that there is nothing at the address that was asked, as people read it."""
    asked = unquote(request.query_string.decode("ascii", "replace"))
    return NothingHere(address=shown(f"{request.path}?{asked}" if asked else request.path))


def title(error: SorgenetzError, language: str) -> str:
    """Return the headline for errors of this kind."""
    words = REFUSED if isinstance(error, QueryRefused) else TITLES.get(error.status, TITLES[500])
    return words[language == "en"]


def _page(error: SorgenetzError, language: str) -> Response:
    try:
        return error_page(error, title(error, language), language)
    except Exception:
        # This is the last to speak: whatever keeps the full page from being made, the reader gets the short one.
        log.exception("The page for an error could not be made.")
        short = render_template_string(
            PAGE, language=language, title=title(error, language), text=error.text(language),
            remedy=error.remedy(language),
        )  # fmt: skip
        return Response(short, mimetype="text/html")


def _of_flask(error: HTTPException) -> Response | HTTPException:
    """Answer what Flask found wrong (no such address, method, size) in our words."""
    if error.code is None or error.code < 400:
        return error
    return problem(_in_our_words(error, request))


def _in_our_words(error: HTTPException, asked: Request) -> SorgenetzError:
    if error.code == 404:
        return nothing_here()
    if error.code == 405:
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ["GET", "HEAD", "OPTIONS"]))
        return MethodRefused(method=shown(asked.method), allowed=allowed)
    if error.code == 413:
        return RequestTooLarge(limit_kb=services().settings.query_kb)
    if error.code < 500:
        return BadRequest(
            what_de="Die Anfrage ist unvollständig oder enthält etwas, das hier nicht zu lesen ist.",
            remedy_de="Prüfen Sie Adresse und Inhalt.",
            what_en="The request is incomplete or holds something that cannot be read here.",
            remedy_en="Look at the address and the content.",
        )
    return SorgenetzError()


def _unforeseen(error: Exception) -> Response:
    log.error("An error nobody foresaw at %s", shown(request.path), exc_info=error)
    return problem(SorgenetzError())


def shown(text: str) -> str:
    """Return what a visitor sent in a form that is safe to show: one line, printable, at most 200 characters."""
    kept = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return kept if len(kept) <= 200 else kept[:199] + "…"
