"""A plain query that is quickly answered never meets Flask, and nobody can tell from the answer."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
import small_store
from conftest import LiveServer, serving
from flask import Flask
from flask.testing import FlaskClient
from small_store import is_alive, pool_of, wait_until

from sorgenetz.engine.begun import Begun
from sorgenetz.engine.caller import Caller
from sorgenetz.engine.engine import Engine
from sorgenetz.engine.pool import QueryPool
from sorgenetz.errors import CallerLeft, QueryTimedOut
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.common import Common
from sorgenetz.web.plain_queries import PlainQueries

ROWS = "SELECT ?s ?name { ?s ?p ?name . FILTER(ISLITERAL(?name)) } ORDER BY ?s ?p ?name LIMIT 40"
# It takes all the time there is, and next to no memory.
RUNAWAY = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?f = ?i && ?a != ?d && ?d != ?g && 1) }"
CSV, XML, JSON = "text/csv", "application/sparql-results+xml", "application/sparql-results+json"
PLAIN = [(ROWS, accept) for accept in (None, "*/*", JSON, XML, CSV, "text/tab-separated-values", f"{CSV};q=0.2, {XML}")]
PLAIN += [("ASK { ?s ?p ?o }", None), ("ASK { ?s ?p ?o }", XML), ("SELECT * { ?a ?b 'nowhere' }", None)]
PLAIN += [('SELECT ("ü€😀" AS ?x) {}', None), (f"{ROWS} # + & = %", CSV)]
NOT_PLAIN: list[tuple[str, dict[str, str]]] = [
    (ROWS, {"REQUEST_METHOD": "HEAD"}), (ROWS, {"REQUEST_METHOD": "POST"}), (ROWS, {"HTTP_IF_NONE_MATCH": '"a"'}),
    (ROWS, {"HTTP_RANGE": "bytes=0-1"}), (ROWS, {"HTTP_ACCEPT": "text/html"}), (ROWS, {"HTTP_ACCEPT": "image/png"}),
    (ROWS, {"PATH_INFO": "/sparql/"}), (ROWS, {"QUERY_STRING": f"query={quote(ROWS)}&format=csv"}),
    (ROWS, {"QUERY_STRING": f"query={quote(ROWS)}&query={quote(ROWS)}"}), (ROWS, {"QUERY_STRING": "query=%FF"}),
    (ROWS, {"QUERY_STRING": f"query={quote(ROWS)}&default-graph-uri=urn:a"}), (ROWS, {"QUERY_STRING": "query="}),
    (f"{ROWS} #{'x' * 9000}", {}), ("SELECT (RAND() AS ?n) {}", {}), ("DESCRIBE <urn:a>", {}), ("CLEAR ALL", {}),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {}), ("SELECT * FROM <urn:a> { ?s ?p ?o }", {}),
    ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", {}), ("SELECT * {", {}), ("nonsense", {}),
]  # fmt: skip


def environ_for(query: str, **changed: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", "QUERY_STRING": f"query={quote(query)}",
        "REMOTE_ADDR": "192.0.2.7", **changed,
    }  # fmt: skip


def answered(app: Flask, environ: dict[str, object], caller: Caller | None = None) -> tuple[Common, str, bytes] | None:
    queries = PlainQueries(app.extensions["sorgenetz"].engine, app.extensions["sorgenetz-shares"], "")
    caller = caller or Caller()
    try:
        # In a thread of its own: the one of the tests may have the loop of the browser.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(queries.answer(environ, caller))).result()
    finally:
        if caller.begun:
            caller.begun.end()


def answered_some_time(app: Flask, environ: dict[str, object]) -> tuple[Common, str, bytes]:
    """Return the first answer that comes in a moment; on a loaded machine that may be a later one."""
    found = []
    assert wait_until(lambda: found.append(answered(app, environ)) or found[-1], 30)
    return found[-1]


def warm(app: Flask) -> None:
    answered_some_time(app, environ_for("ASK {}"))


def path_of(query: str) -> str:
    return f"/sparql?query={quote(query)}"


@pytest.mark.parametrize(("query", "accept"), PLAIN)
def test_fields_and_content_are_those_of_flask(client: FlaskClient, app: Flask, query: str, accept: str | None) -> None:
    warm(app)
    accepts = {"HTTP_ACCEPT": accept} if accept else {}
    found = answered_some_time(app, environ_for(query, **accepts))
    response = client.get(path_of(query), headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    fields = [(name, value) for name, value in response.headers if name != "Date"]
    common, tag, content = found
    own = [("ETag", tag), ("Content-Length", str(len(content)))]
    assert (sorted([*common.headers, *own]), content) == (sorted(fields), response.data)


@pytest.mark.parametrize(("query", "changed"), NOT_PLAIN)
def test_whatever_is_more_is_for_flask(app: Flask, query: str, changed: dict[str, str]) -> None:
    warm(app)
    assert answered(app, environ_for(query, **changed)) is None


@pytest.mark.parametrize("way", [{}, {"Accept-Encoding": "br"}, {"Accept": CSV}, {"Accept": "text/html"}])
@pytest.mark.parametrize("query", [*dict.fromkeys(one for one, _ in [*PLAIN, *NOT_PLAIN] if "RAND" not in one)])
def test_the_server_says_what_flask_says(
    live_server: LiveServer, client: FlaskClient, query: str, way: dict[str, str]
) -> None:
    host = f"127.0.0.1:{live_server.port}"
    expected = client.get(path_of(query), headers=way, base_url=f"http://{host}")
    # Made, then held, then found by the bytes of the request.
    for _ in range(3):
        response, body = live_server.get(path_of(query), **way)
        assert response.status == expected.status_code
        fields = {name.lower(): value for name, value in response.headers.items()}
        known = {name.lower(): value for name, value in expected.headers}
        assert {n: v for n, v in fields.items() if n not in ("date", "server")} == {
            n: v for n, v in known.items() if n != "date"
        }
        assert body == expected.data


def test_one_who_has_the_whole_share_at_work_is_told_so_by_flask(app: Flask) -> None:
    warm(app)
    shares = app.extensions["sorgenetz-shares"]
    places = []
    while (place := shares.enter("192.0.2.7")) is not None:
        places.append(place)
    assert places and answered(app, environ_for(ROWS)) is None
    assert answered_some_time(app, environ_for(ROWS, REMOTE_ADDR="192.0.2.8"))
    for place in places:
        shares.leave(place)
    assert answered_some_time(app, environ_for(ROWS)) and shares.at_work == 0


def test_no_worker_is_lost_or_asked_twice_when_a_long_query_goes_on_with_flask(settings: Settings) -> None:
    with serving(replace(settings, query_workers=1, query_seconds=1.0)) as server:
        for _ in range(3):
            response, body = server.get(path_of(RUNAWAY))
            assert response.status == 503 and b"query-timed-out" in body.lower() or b"timed" in body
            assert server.get(path_of("ASK {}"))[0].status == 200


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def pool(store: Path) -> Iterator[QueryPool]:
    with pool_of(store, replace(small_store.LIMITS, query_workers=1, query_seconds=1.0)) as pool:
        yield pool


def begun_at(pool: QueryPool, query: str, caller: Caller) -> Begun:
    assert wait_until(lambda: pool.worker_pids(), 30)
    caller.begun = pool.begin(query, "json", caller)
    assert caller.begun
    return caller.begun


def test_a_begun_query_is_answered_and_its_worker_is_free(pool: QueryPool) -> None:
    for _ in range(3):
        begun = begun_at(pool, small_store.QUICK, Caller())
        assert pool.begin(small_store.QUICK, "json", Caller()) is None
        assert wait_until(begun.is_over, 20)
        answer = begun.answer()
        assert answer and answer.truth() is True
        begun.end()
        begun.end()
        assert pool.at_work() == 0


def test_a_begun_query_that_nobody_waits_for_is_ended(pool: QueryPool) -> None:
    begun = begun_at(pool, RUNAWAY, Caller())
    (before,) = pool.worker_pids()
    assert not begun.is_over() and begun.answer() is None
    begun.end()
    assert wait_until(lambda: not is_alive(before), 20) and pool.run(small_store.QUICK, "json").truth()


@pytest.mark.parametrize(
    ("then", "error"), [(lambda caller, pid: None, QueryTimedOut), (lambda caller, pid: caller.leave(), CallerLeft)]
)
def test_one_who_goes_on_waits_no_longer_than_from_the_beginning(
    pool: QueryPool, then: Callable[[Caller, int], None], error: type[Exception]
) -> None:
    caller = Caller()
    begun = begun_at(pool, RUNAWAY, caller)
    (before,) = pool.worker_pids()
    then(caller, before)
    with pytest.raises(error):
        pool.run(RUNAWAY, "json", caller=caller)
    assert begun.taken_on(pool._crew, 0, "json") is None
    begun.end()
    assert wait_until(lambda: not is_alive(before), 20) and pool.run(small_store.QUICK, "json").truth()


def test_a_worker_that_ends_by_its_own_clock_has_timed_out(pool: QueryPool) -> None:
    caller = Caller()
    begun = begun_at(pool, RUNAWAY, caller)
    assert wait_until(begun.is_over, 30) and begun.answer() is None
    with pytest.raises(QueryTimedOut) as refused:
        pool.run(RUNAWAY, "json", caller=caller)
    assert refused.value.details == {"limit_s": 1.0}
    begun.end()
    assert pool.run(small_store.QUICK, "json").truth()


def test_a_query_whose_worker_is_killed_at_once_is_asked_again(pool: QueryPool) -> None:
    caller = Caller()
    begun = begun_at(pool, small_store.QUICK, caller)
    os.kill(pool.worker_pids()[0], signal.SIGKILL)
    assert wait_until(begun.is_over, 20)
    assert pool.run(small_store.QUICK, "json", caller=caller).truth()
    begun.end()


def test_another_query_or_format_of_the_same_caller_is_a_query_of_its_own(store: Path) -> None:
    with pool_of(store, replace(small_store.LIMITS, query_workers=2)) as pool:
        caller = Caller()
        begun = begun_at(pool, small_store.QUICK, caller)
        assert pool.run("ASK { <urn:no> <urn:no> <urn:no> }", "json", caller=caller).truth() is False
        assert b"boolean" in pool.run(small_store.QUICK, "xml", caller=caller).body
        assert wait_until(begun.is_over, 20) and begun.answer()
        begun.end()


def test_a_query_begun_on_one_release_is_answered_anew_by_the_next(tmp_path: Path) -> None:
    releases = [SimpleNamespace(name=name, store_path=small_store.build(tmp_path / name, name)) for name in ("a", "b")]
    current = SimpleNamespace(get=lambda: releases[0])
    engine = Engine(current, Settings(query_workers=2))
    mark = f"SELECT ?mark {{ <{small_store.EXAMPLE}release> <{small_store.EXAMPLE}mark> ?mark }}"
    try:
        assert engine.rows(mark)[0]["mark"].value == "a"
        caller = Caller()
        caller.begun = engine.begin(mark, "json", caller)
        assert caller.begun and caller.begun.release == "a"
        old = engine.worker_pids()
        releases.reverse()
        answer = engine.answer(mark, "json", caller=caller)
        assert (answer.release, answer.terms()[0]["mark"].value) == ("b", "b")
        caller.begun.end()
        assert wait_until(lambda: not any(map(is_alive, old)), 30)
    finally:
        engine.close()
