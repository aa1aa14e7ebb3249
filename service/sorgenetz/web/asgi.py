"""The application as the server runs it (ASGI 3): threads ask Flask, and one who closes the connection ends the query.

WSGI has no word for a client that goes away. Here the loop hears of it, and it sends what is held in memory by itself.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from flask import Flask

from sorgenetz.engine.caller import Caller, asked_by
from sorgenetz.engine.spool import MEMORY_BYTES
from sorgenetz.library.registry import Library
from sorgenetz.web.answers_cache.again import SameAgain
from sorgenetz.web.answers_cache.asked import Asked, Environ
from sorgenetz.web.answers_cache.front import AnswersCache, Sent
from sorgenetz.web.answers_cache.kept import Wire, on_the_wire
from sorgenetz.web.answers_cache.warming import Warming
from sorgenetz.web.environ import BROKEN, Scope, environ_of
from sorgenetz.web.plain_queries import PlainQueries
from sorgenetz.web.services import Services
from sorgenetz.web.site_map import asked_ahead
from sorgenetz.web.stopping import call_when_stopped

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
# So little that the loop may do it between two requests.
QUICKLY_ENCODED_BYTES = 8 * 1024


@dataclass(frozen=True)
class _Begun:
    """An answer too large to be held at once: its fields, and its pieces as they come."""

    status: str
    headers: list[tuple[str, str]]
    pieces: Iterable[bytes]
    wire: Wire | None = None

    def close(self) -> None:
        if hasattr(self.pieces, "close"):
            self.pieces.close()


class Server:
    """Answers requests with `app`, as many at the same time as the settings give threads."""

    def __init__(self, app: Flask) -> None:
        services: Services = app.extensions["sorgenetz"]
        self._engine = services.engine
        self._answers: AnswersCache = app.extensions["sorgenetz-answers"]
        self._again = SameAgain(self._answers.kept, services.current)
        self._app = app
        self._queries = PlainQueries(self._engine, app.extensions["sorgenetz-shares"], services.settings.client_header)
        self._longest = services.settings.query_kb * 1024
        self._warming = Warming(self._answers, services.current, services.settings, lambda: _pages_of(services.library))
        self._threads = ThreadPoolExecutor(services.settings.server_threads, "requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            same = self._again.answer(scope)
            if same:
                await send({"type": "http.response.start", "status": 200, "headers": same.wire})
                await send({"type": "http.response.body", "body": same.content})
            else:
                await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup":
                call_when_stopped(self._engine.close)
                self._warming.start()
                # What is there now stays, so that no search for garbage goes through it again.
                gc.freeze()
            else:
                self._warming.stop()
                self._engine.close()
                self._threads.shutdown(wait=False, cancel_futures=True)
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        environ = environ_of(scope)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            await self._read_content(environ, receive)
        asked, caller = self._answers.asked(environ), Caller()
        answer = self._answers.held(asked)
        if answer and answer.kept and environ["REQUEST_METHOD"] == "GET":
            self._again.note(scope, asked, answer.kept)
        try:
            answer = answer or await self._plain(asked, caller)
            if answer and not answer.is_packed:
                await self._send(answer, caller, send)
                return
            watching = asyncio.ensure_future(_leave_with(receive, caller))
            try:
                await self._send(answer or await self._in_thread(self._ask, environ, caller), caller, send)
            finally:
                watching.cancel()
        finally:
            if caller.begun:
                caller.begun.end()

    async def _plain(self, asked: Asked, caller: Caller) -> Sent | None:
        """Return the answer to a plain query that is quickly answered, None for everything else."""
        with self._answers.busy:
            found = await self._queries.answer(asked.environ, caller)
        if found is None:
            return None
        encode = partial(self._answers.sent, asked, *found)
        small = not asked.encoding or len(found[-1]) <= QUICKLY_ENCODED_BYTES
        return encode() if small else await self._in_thread(encode)

    async def _send(self, answer: Sent | _Begun, caller: Caller, send: Send) -> None:
        wire = answer.wire or on_the_wire(answer.headers)
        await send({"type": "http.response.start", "status": int(answer.status[:3]), "headers": wire})
        if isinstance(answer, Sent) and not answer.is_packed:
            await send({"type": "http.response.body", "body": answer.content})
            return
        begun = answer if isinstance(answer, _Begun) else _Begun(answer.status, answer.headers, answer.pieces())
        try:
            pieces = iter(begun.pieces)
            while not caller.has_left and (piece := await self._in_thread(_next_of, pieces)):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await self._in_thread(begun.close)

    async def _read_content(self, environ: Environ, receive: Receive) -> None:
        """Read what is sent, and no more than shows that it is too much."""
        content, more = bytearray(), True
        while more and len(content) <= self._longest:
            event = await receive()
            if event["type"] == "http.disconnect":
                environ[BROKEN] = "content-broken"
                return
            content += event.get("body", b"")
            more = event.get("more_body", False)
        environ["wsgi.input"] = BytesIO(content)

    def _ask(self, environ: Environ, caller: Caller) -> Sent | _Begun:
        """Return the application's answer: whole, or begun when it is large."""
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
            begun[:] = status, headers

        with asked_by(caller):
            pieces = self._app(environ, begin)
        answer = _Begun(*begun, pieces)
        length = next((value for name, value in answer.headers if name.lower() == "content-length"), "")
        if environ["REQUEST_METHOD"] != "HEAD" and not (length.isdecimal() and int(length) <= MEMORY_BYTES):
            return answer
        try:
            return Sent(answer.status, answer.headers, b"".join(pieces))
        finally:
            answer.close()

    async def _in_thread(self, work: Callable[..., Any], *given: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def _pages_of(library: Library) -> list[str]:
    return asked_ahead(question.name for question in library.questions())


async def _leave_with(receive: Receive, caller: Caller) -> None:
    """Let `caller` leave when the client does."""
    while (await receive())["type"] != "http.disconnect":
        continue
    caller.leave()


def _next_of(pieces: Iterator[bytes]) -> bytes:
    """Return the next piece that is not empty, nothing at the end."""
    return next(filter(None, pieces), b"")
