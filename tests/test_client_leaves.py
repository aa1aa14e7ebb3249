"""A client that closes its connection ends its query: the worker is free for others long before the deadline."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from conftest import LiveServer, serving
from small_store import children_of, is_alive, wait_until, workers_below

from sorgenetz.settings import Settings

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = "/sparql?query=ASK%7B%7D&format=json&asked="
# Far more than it takes; far less than the deadline of a query here.
WAIT_SECONDS, DEADLINE_SECONDS = 60, 100_000.0
FORM = urlencode({"query": RUNAWAY})
REQUESTS = {
    "GET": f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST": "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {len(FORM)}\r\n\r\n{FORM}",
    "workbook": f"GET /sparql.xlsx?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n",
    "page": f"GET /de/sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n",
    "explanation": f"GET /api/explain?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n",
}


def patient(settings: Settings, workers: int) -> Settings:
    """Return settings with so many workers, in which a runaway lasts longer than a test waits."""
    return replace(
        settings, query_seconds=DEADLINE_SECONDS, query_queue_seconds=DEADLINE_SECONDS, query_workers=workers,
        query_workers_idle=workers, query_client_share=100.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def alone(settings: Settings) -> Iterator[LiveServer]:
    """A server with one query worker, which a runaway has until it ends."""
    with serving(patient(settings, workers=1)) as server:
        yield server


def workers(server: LiveServer) -> set[int]:
    return {worker for serving in children_of(server.process.pid) for worker in workers_below(serving)}


def ticks(pid: int) -> int:
    """Return for how many hundredths of a second a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def sent(server: LiveServer, request: str) -> socket.socket:
    connection = socket.create_connection((server.host, server.port), timeout=WAIT_SECONDS)
    connection.sendall(request.encode())
    return connection


def busy(server: LiveServer, before: dict[int, int]) -> set[int]:
    """Return the workers that have worked for some time since `before`."""
    return {pid for pid in workers(server) if ticks(pid) > before.get(pid, 0) + 30}


@pytest.mark.parametrize("way", REQUESTS)
def test_the_worker_of_one_who_left_is_free_for_the_next(alone: LiveServer, way: str) -> None:
    assert alone.get(f"{ASK}{way}-before")[0].status == 200
    before = {pid: ticks(pid) for pid in workers(alone)}
    with ThreadPoolExecutor() as threads, sent(alone, REQUESTS[way]):
        assert wait_until(lambda: busy(alone, before), WAIT_SECONDS)
        (had_it,) = busy(alone, before)
        waiting = threads.submit(alone.get, f"{ASK}{way}-after")
        assert not waiting.done() and is_alive(had_it)
    assert waiting.result()[0].status == 200
    assert wait_until(lambda: not is_alive(had_it), WAIT_SECONDS)


def test_those_who_stay_keep_their_workers(settings: Settings) -> None:
    with serving(patient(settings, workers=6)) as server:
        assert server.get(f"{ASK}first")[0].status == 200
        before: dict[int, int] = {}
        with sent(server, REQUESTS["GET"]) as stays:
            assert wait_until(lambda: len(busy(server, before)) == 1, WAIT_SECONDS)
            (of_the_stayer,) = busy(server, before)
            leaves = sent(server, REQUESTS["POST"])
            assert wait_until(lambda: len(busy(server, before)) == 2, WAIT_SECONDS)
            (of_the_leaver,) = busy(server, before) - {of_the_stayer}
            leaves.close()
            assert wait_until(lambda: not is_alive(of_the_leaver), WAIT_SECONDS)
            assert is_alive(of_the_stayer)
            stays.setblocking(False)
            with pytest.raises(BlockingIOError):
                stays.recv(1)
        assert wait_until(lambda: not is_alive(of_the_stayer), WAIT_SECONDS)
