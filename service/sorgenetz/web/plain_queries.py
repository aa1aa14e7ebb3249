"""Plain queries without Flask: a SELECT or ASK by GET that a free worker answers in a moment, waited for by the loop.

Whatever is more than that, and every error, is for Flask; a query that a worker has by then goes on where it is.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote_plus

from flask import Response

from sorgenetz.engine.begun import Begun
from sorgenetz.engine.caller import Caller
from sorgenetz.engine.engine import Engine
from sorgenetz.engine.query_text import read_query
from sorgenetz.errors import SorgenetzError
from sorgenetz.formats import Format, choose_format, offered_for
from sorgenetz.web import sparql
from sorgenetz.web.answers_cache.asked import ENDPOINT, PAST_US, Environ
from sorgenetz.web.answers_cache.common import Common
from sorgenetz.web.fairness import Shares, client_address
from sorgenetz.web.headers import complete
from sorgenetz.web.negotiation import entity_tag, mark, prefers_page
from sorgenetz.web.news import News

NAME = "query="
LONGEST = 8 * 1024
MOMENT_SECONDS = 0.1
# More at the same time would only take turns on the processors.
PLACES = 2 * (os.cpu_count() or 1)
NOT_PLAIN = PAST_US | {"HTTP_IF_NONE_MATCH"}


class PlainQueries:
    """Asks `engine` for those who have a share left; `client_header` is as in the settings."""

    def __init__(self, engine: Engine, shares: Shares, client_header: str) -> None:
        self._engine = engine
        self._shares = shares
        self._client_header = client_header
        self._places = asyncio.Semaphore(PLACES)
        self._news = News()

    async def answer(self, environ: Environ, caller: Caller) -> tuple[Common, str, bytes] | None:
        """Return fields, tag and content as Flask would give them, or None; then `caller` may have begun a query."""
        asked = _plain(environ)
        if asked is None:
            return None
        query, fmt = asked
        client = self._shares.enter(client_address(environ, self._client_header))
        if client is None:
            return None
        try:
            async with self._places:
                begun = caller.begun = self._engine.begin(query, fmt.key, caller)
                answer = begun.answer() if begun and await self._is_over_in_a_moment(begun) else None
                if begun and answer:
                    begun.end()
        except SorgenetzError:
            return None
        finally:
            self._shares.leave(client)
        if answer is None:
            return None
        tag = entity_tag(answer.release, query, fmt.key, None)
        return _common(answer.release, fmt), f'"{tag}"', answer.body

    async def _is_over_in_a_moment(self, begun: Begun) -> bool:
        """Wait without a thread until the query is over, or not so quick."""
        end = asyncio.get_running_loop().time() + MOMENT_SECONDS
        while await self._news.of(begun.fileno(), end):
            if begun.is_over():
                return True
        return False


def _plain(environ: Environ) -> tuple[str, Format] | None:
    """Return the query and the format of its answer, when nothing else is asked and nothing is wrong."""
    address = str(environ["QUERY_STRING"])
    if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != ENDPOINT or not NOT_PLAIN.isdisjoint(environ):
        return None
    if not address.startswith(NAME) or "&" in address or not address.isascii() or len(address) > LONGEST:
        return None
    try:
        query = decoded(address.removeprefix(NAME))
    except UnicodeDecodeError:
        return None
    if sparql.may_move(query):
        return None
    fmt = _format(read_query(query).form, environ.get("HTTP_ACCEPT"))  # type: ignore[arg-type]
    return (query, fmt) if fmt else None


def decoded(value: str) -> str:
    r"""Return what urllib makes of the value of a parameter in ASCII, a tenth as long; raises UnicodeDecodeError.

    What is encoded well is read as the escapes of a Python text, whose decoder is compiled: %2F as \x2F.
    """
    if "\\" not in value:
        with suppress(UnicodeDecodeError):
            escaped = value.replace("+", " ").replace("%", r"\x").encode("ascii")
            return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
    return unquote_plus(value, errors="strict")


@lru_cache(256)
def _format(form: str, accept: str | None) -> Format | None:
    """Return the format of rows or of a yes or no that a program would get; None for a page and all else."""
    offered = offered_for(form)
    return None if form not in ("select", "ask") or prefers_page(accept, offered) else choose_format(accept, offered)


@lru_cache(64)
def _common(release: str, fmt: Format) -> Common:
    response = Response(content_type=fmt.content_type, headers={"Vary": "Accept"})
    complete(mark(response, release, "to be said"))
    return Common([field for field in response.headers if field[0] not in ("ETag", "Content-Length")])
