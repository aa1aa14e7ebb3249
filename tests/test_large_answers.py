"""Large answers are whole before they begin, go out in pieces, and are recognised when they break off."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import serving
from small_store import children_of

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.spool import MEMORY_BYTES, PIECE_BYTES, Spool
from sorgenetz.settings import Settings

FACTOR = 400
# About 26 MB, more than the sockets of a connection hold.
LARGE = "/sparql?format=csv&query=" + quote(
    "SELECT ?a ?b ?x { ?a <urn:next> ?b . VALUES ?x { " + " ".join(map(str, range(FACTOR))) + " } }"
)


def peak_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


@pytest.fixture(scope="module")
def roomy(settings: Settings) -> Settings:
    return replace(settings, query_seconds=120.0, query_queue_seconds=60.0, result_mb=64, result_rows=3_000_000)


def test_an_answer_that_breaks_off_is_recognised(roomy: Settings) -> None:
    with serving(roomy) as server:
        connection = HTTPConnection(server.host, server.port, timeout=300)
        connection.request("GET", LARGE)
        response = connection.getresponse()
        announced = int(response.headers["Content-Length"])
        assert response.status == 200 and len(response.read(100_000)) == 100_000
        # The one that serves is a child of the one that was started.
        processes = children_of(server.process.pid)
        for pid in (server.process.pid, *processes):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises((IncompleteRead, ConnectionError)) as broken:
            response.read()
        if isinstance(broken.value, IncompleteRead):
            assert len(broken.value.partial) + 100_000 < announced
        connection.close()


def test_the_server_does_not_grow_by_the_answers_it_sends(roomy: Settings) -> None:
    with serving(roomy) as server:
        processes = children_of(server.process.pid)
        before = sum(map(peak_kb, processes))
        connections = [HTTPConnection(server.host, server.port, timeout=300) for _ in range(3)]
        for connection in connections:
            connection.request("GET", LARGE)
        responses = [connection.getresponse() for connection in connections]
        sizes = [int(response.headers["Content-Length"]) for response in responses]
        assert min(sizes) > 20_000_000
        # Nobody has read on so far: what is not sent waits outside of the server's memory.
        assert server.get("/healthz")[0].status == 200
        bodies = [response.read().count(b"\r\n") for response in responses]
        assert bodies == [3000 * FACTOR + 1] * 3
        grown = (sum(map(peak_kb, processes)) - before) * 1024
        assert grown < sum(sizes) / 3, f"{grown} bytes more for answers of {sum(sizes)}"
        for connection in connections:
            connection.close()


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, MEMORY_BYTES, MEMORY_BYTES + 1, 3 * MEMORY_BYTES + 7])
def test_what_was_written_comes_back_whole_and_in_pieces(size: int) -> None:
    spool = Spool()
    content = bytes(range(256)) * (size // 256 + 1)
    for at in range(0, size, 100_000):
        spool.write(content[at : min(at + 100_000, size)])
    answer = Answer(spool, 0.0, "rows", "csv")
    assert len(spool) == size and answer.is_large == (size > MEMORY_BYTES)
    assert b"".join(answer.pieces()) == b"".join(answer.pieces()) == answer.body == content[:size]
    assert all(len(piece) <= PIECE_BYTES for piece in answer.pieces())
