"""What a reader gets: in which language, in which format, and whether they have it already."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from flask import Request, Response
from werkzeug.http import parse_etags

from sorgenetz import __version__
from sorgenetz.errors import NoCommonFormat, SorgenetzError
from sorgenetz.formats import HTML, Format, choose_format
from sorgenetz.web.answers_cache.encodings import chosen_encoding, tags_without

LANGUAGES = ("de", "en")
IF_MATCH = "HTTP_IF_MATCH"
# How the address of each page begins.
IN_LANGUAGE = f"/<any({','.join(LANGUAGES)}):language>"


class ConditionFailed(SorgenetzError):
    """The client wants an answer only if it is one it names, and it is another; errors.toml has the words."""

    status, code = 412, "precondition-failed"


def reader_language(request: Request) -> str:
    """Return "de" or "en": what the address says, else what the reader prefers, German if in doubt."""
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    if first in LANGUAGES:
        return first
    for tag, weight in request.accept_languages:
        language = tag.lower().replace("_", "-").split("-")[0]
        if language in LANGUAGES and weight > 0:
            return language
    return "de"


def prefers_page(accept: str | None, others: Iterable[Format]) -> bool:
    """Tell whether a client would rather have a page than any of the `others`.

    >>> from sorgenetz.formats import ROW_FORMATS
    >>> prefers_page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ROW_FORMATS)
    True
    >>> prefers_page("*/*", ROW_FORMATS)
    False
    """
    return choose_format(accept, (*others, HTML)) is HTML


def agreed_format(request: Request, offered: tuple[Format, ...]) -> Format:
    """Return the offered format the client likes best; raises NoCommonFormat, which lists what there is instead."""
    asked = request.headers.get("Accept")
    fmt = choose_format(asked, offered)
    if fmt is None:
        raise not_acceptable(asked or "", offered)
    return fmt


def not_acceptable(asked: str, offered: Iterable[Format]) -> NoCommonFormat:
    """Return the error that lists what there is instead."""
    return NoCommonFormat(accept=asked[:200], offered=", ".join(fmt.media_type for fmt in offered))


def entity_tag(release: str, *parts: object) -> str:
    """Return a tag that changes with the release, with this software and with each of `parts` (RFC 9110, 8.8.3)."""
    return sha256(repr((__version__, release, *parts)).encode("utf-8")).hexdigest()[:32]


def has_it_already(request: Request, tag: str) -> bool:
    """Tell whether this GET or HEAD names `tag` as what the client holds (RFC 9110, 13.1.2).

    What asks for more than that ("*", If-Match) is left to `conditional`: an error goes before it (13.2.1).
    """
    held = request.if_none_match
    asks_more = held.star_tag or "If-Match" in request.headers
    return request.method in ("GET", "HEAD") and not asks_more and held.contains_weak(tag)


def mark(response: Response, release: str, tag: str | None = None, *, weak: bool = False) -> Response:
    """Say on `response` which release it is from, and that it may be kept but has to be asked about each time."""
    response.headers["Sorgenetz-Release"] = release
    if tag:
        response.set_etag(tag, weak=weak)
        response.headers["Cache-Control"] = "public, no-cache"
    return response


def unchanged() -> Response:
    """Return the answer for those who have it already (304)."""
    return Response(status=304)


def conditional(response: Response, request: Request) -> Response:
    """Return `response`, or 304 in its place to one who has it or takes any ("If-None-Match: *").

    Raises ConditionFailed when "If-Match" names others only (RFC 9110, 13.2.2).
    """
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    if not _is_wanted(response, request):
        raise ConditionFailed()
    return response.make_conditional({name: value for name, value in request.environ.items() if name != IF_MATCH})


def _is_wanted(response: Response, request: Request) -> bool:
    """Tell whether "If-Match" lets this answer through; a tag in a content coding stands for the answer as it is."""
    said = request.headers.get("If-Match")
    if said is None:
        return True
    wanted = parse_etags(tags_without(said, chosen_encoding(request.headers.get("Accept-Encoding"))))
    tag, weak = response.get_etag()
    return wanted.star_tag or (tag is not None and not weak and wanted.contains(tag))


def see_other(location: str, vary: str = "") -> Response:
    """Return the answer that leads on to `location` (303, RFC 9110, 15.4.4)."""
    response = Response(status=303)
    response.headers["Location"] = location
    if vary:
        response.headers["Vary"] = vary
    return response
