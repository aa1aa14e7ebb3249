"""Clients that read a byte a second, and clients that write one, are in nobody's way."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import quote

from conftest import LiveServer, serving
from small_store import wait_until

from sorgenetz.settings import Settings

CONNECTIONS = 200
ASK = "/sparql?query=ASK%7B%7D"
# About 9 MB, more than the sockets of a connection hold.
LARGE = "/sparql?format=csv&query=" + quote(
    "SELECT ?a ?b ?x { ?a <urn:next> ?b . VALUES ?x { " + " ".join(map(str, range(150))) + " } }"
)


def opened(server: LiveServer, stack: ExitStack, request: bytes) -> socket.socket:
    connection = stack.enter_context(socket.create_connection((server.host, server.port), timeout=120))
    connection.sendall(request)
    return connection


def status(server: LiveServer, path: str) -> int:
    connection = HTTPConnection(server.host, server.port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_200_clients_that_read_a_large_answer_byte_by_byte_keep_nobody_waiting(settings: Settings) -> None:
    limits = replace(settings, query_seconds=60.0, query_queue_seconds=60.0, result_mb=64, query_client_share=100.0)
    with serving(limits) as server:
        with ExitStack() as stack:
            request = f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
            readers = [opened(server, stack, request) for _ in range(20)]
            idle = [opened(server, stack, b"GET / HT") for _ in range(CONNECTIONS - len(readers))]
            # Each has the beginning of its answer, or is told to come again, and reads no further.
            begun = [reader.recv(12, socket.MSG_WAITALL) for reader in readers]
            assert set(begun) == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
            for one in idle:
                one.sendall(b"T")
            assert [status(server, ASK) for _ in range(5)] == [200] * 5
            assert status(server, "/healthz") == 200
            assert status(server, LARGE) == 503
        # With the readers gone, there is room for large answers again.
        assert wait_until(lambda: status(server, LARGE) == 200, 60)
