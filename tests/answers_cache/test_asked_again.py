"""The same request to the byte finds what is held without being read, and nothing that is not held for it."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import ref

import pytest
from conftest import CASES
from flask import Flask

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.releases.served import LOOK_SECONDS
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.again import FIELD_BYTES, LONGEST_BYTES, MOST, SameAgain
from sorgenetz.web.answers_cache.asked import read_asked
from sorgenetz.web.answers_cache.front import AnswersCache
from sorgenetz.web.answers_cache.kept import Coded, Kept
from sorgenetz.web.app import create_app
from sorgenetz.web.asgi import Server
from sorgenetz.web.environ import environ_of

QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
PAGE = ("/de/", "")
ROWS = ("/sparql", f"query={quote(QUERY)}")
WAYS = [
    {},
    {"accept": "text/csv"},
    {"accept_encoding": "br"},
    {"accept_encoding": "gzip", "accept_language": "en"},
    {"if_none_match": '"other"'},
]
Said = tuple[int, dict[bytes, bytes], bytes]


def scope_of(path: str, query: str, method: str = "GET", **fields: str) -> dict[str, Any]:
    headers = {"host": "sorgenetz.example", **fields}
    return {
        "type": "http", "method": method, "path": path, "query_string": query.encode(), "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("192.0.2.7", 4),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip


def ask(server: Server, scope: dict[str, Any]) -> Said:
    """Return what the server says; in a loop of its own thread, since that of the tests may have the browser's."""
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(server(scope, receive, send))).result()
    return said[0]["status"], dict(said[0]["headers"]), b"".join(one.get("body", b"") for one in said[1:])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    publish_files([CASES / "web" / "care.trig"], home)
    return home


@pytest.fixture
def own_app(home: Home) -> Iterator[Flask]:
    application = create_app(Settings(home=home.path))
    yield application
    application.extensions["sorgenetz"].engine.close()


def again_of(server: Server) -> SameAgain:
    return server._again


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", [ROWS, PAGE, ("/doc/initiative/alia.ttl", ""), ("/ontology.ttl", "")])
def test_the_third_answer_is_the_first(own_app: Flask, address: tuple[str, str], way: dict[str, str]) -> None:
    server, scope = Server(own_app), scope_of(*address, **way)
    made, held = ask(server, scope), ask(server, scope)
    assert again_of(server).answer(scope) is not None
    assert made == held == ask(server, scope) and made[0] == 200
    # Another who asks otherwise gets what is meant for them.
    other = ask(server, scope_of(*address, **{**way, "accept_encoding": "identity", "x_other": "1"}))
    assert other[0] == 200 and b"content-encoding" not in other[1]


def test_what_is_not_all_of_an_answer_is_read_each_time(own_app: Flask) -> None:
    server = Server(own_app)
    tag = ask(server, scope_of(*ROWS))[1][b"etag"].decode()
    ask(server, scope_of(*ROWS))
    for scope, status in [
        (scope_of(*ROWS, method="HEAD"), 200),
        (scope_of(*ROWS, if_none_match=tag), 304),
        (scope_of(*ROWS, range="bytes=0-1"), 200),
        (scope_of("/sparql", "query=SELECT"), 400),
        (scope_of("/sparql", "query=" + quote("SELECT (RAND() AS ?n) {}")), 200),
    ]:
        for _ in range(3):
            assert ask(server, scope)[0] == status
        assert again_of(server).answer(scope) is None


def test_a_new_release_is_seen(own_app: Flask, home: Home, tmp_path: Path) -> None:
    server, scope = Server(own_app), scope_of(*ROWS)
    before = [ask(server, scope) for _ in range(3)]
    more = tmp_path / "more.trig"
    more.write_text("<https://w3id.org/sorgenetz/graph/more> { <urn:a> <urn:b> <urn:c> . }")
    publish_files([CASES / "web" / "care.trig", more], home)
    time.sleep(LOOK_SECONDS)
    assert again_of(server).answer(scope) is None
    after = ask(server, scope)
    assert after[1][b"sorgenetz-release"].startswith(b"000002-") and after != before[2] == before[0]
    home.pointer.unlink()
    # Without the name of a release the last good one goes on.
    assert [ask(server, scope) for _ in range(2)] == [after, after]


def answers_of(app: Flask) -> AnswersCache:
    return app.extensions["sorgenetz-answers"]


def noted(app: Flask, number: int, **fields: str) -> tuple[SameAgain, dict[str, Any], ref[Kept]]:
    """Return what knows one request, the request, and what is held for it."""
    answers, scope = answers_of(app), scope_of("/sparql", f"query={number}", **fields)
    asked = read_asked(environ_of(scope), app.extensions["sorgenetz"].current)
    kept = Kept({"": Coded([("ETag", '"a"')], b"x" * 10_000, '"a"')}, False)
    answers.kept.put(asked.key or (), asked.environ, (), kept)
    again = SameAgain(answers.kept, app.extensions["sorgenetz"].current)
    again.note(scope, asked, kept)
    return again, scope, ref(kept)


def test_what_is_no_longer_held_is_neither_given_nor_kept_in_memory(home: Home) -> None:
    app = create_app(Settings(home=home.path, answers_cache_mb=1))
    again, scope, kept = noted(app, 0)
    assert again.answer(scope) is not None
    for number in range(1, 200):
        noted(app, number)
    gc.collect()
    assert kept() is None and again.answer(scope) is None
    app.extensions["sorgenetz"].engine.close()


def test_to_be_asked_again_counts(own_app: Flask) -> None:
    again, scope, kept = noted(own_app, 0)
    for _ in range(3):
        again.answer(scope)
    found = kept()
    assert found and found.asked == 4
    assert answers_of(own_app).asked_most(own_app.extensions["sorgenetz"].current.get().name, 5)


def test_requests_are_few_and_short(own_app: Flask) -> None:
    again, scope, _ = noted(own_app, 0, cookie="x" * LONGEST_BYTES)
    assert again.answer(scope) is None
    again, scope, _ = noted(own_app, 0, **{f"x{number}": "" for number in range(LONGEST_BYTES // FIELD_BYTES)})
    assert again.answer(scope) is None
    again, first, kept = noted(own_app, 0)
    held, asked = kept(), read_asked(environ_of(first), own_app.extensions["sorgenetz"].current)
    assert held
    for number in range(MOST):
        again.note(scope_of(*ROWS, x_number=str(number)), asked, held)
    assert again.answer(first) is None and again.answer(scope_of(*ROWS, x_number="1")) is not None
