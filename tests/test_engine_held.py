"""Workers are copied from a fork server: from memory they answer what the store says, and a broken one is replaced."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import small_store
from small_store import EXAMPLE, LABELS, LIMITS, QUICK, is_alive, node, pool_of, wait_until

from sorgenetz.default_graph import FILE, write_default_graph
from sorgenetz.engine.fork_server_process import ForkServerProcess
from sorgenetz.engine.pool import QueryPool
from sorgenetz.errors import QuerySyntaxError

ROOM = replace(LIMITS, result_mb=8)
SAYS = f"{{ ?s <{EXAMPLE}says> ?o }}"
PLAIN = f"SELECT ?s {{ ?s <{EXAMPLE}only-in-memory> ?o }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose file of the default graph says one thing more, so that it shows which of both was asked."""
    path = small_store.build(tmp_path_factory.mktemp("held"))
    more = ox.Triple(node("x"), node("only-in-memory"), node("y"))
    write_default_graph(path, [*small_store.default_graph(path), more])
    return path


@pytest.fixture(scope="module")
def pool(store: Path) -> Iterator[QueryPool]:
    with pool_of(store, ROOM) as pool:
        yield pool


def rows(pool: QueryPool, query: str) -> list[dict]:
    return json.loads(pool.run(query, "json").body)["results"]["bindings"]


def test_a_plain_query_is_answered_from_memory(pool: QueryPool) -> None:
    assert len(rows(pool, PLAIN)) == 1
    assert len(rows(pool, f"SELECT ?s {{ ?s <{EXAMPLE}label> ?o }}")) == LABELS


def test_a_release_with_more_triples_than_may_be_held_is_read_from_disk(store: Path) -> None:
    with pool_of(store, replace(ROOM, held_triples=1000)) as on_disk:
        assert rows(on_disk, PLAIN) == []
        assert len(rows(on_disk, f"SELECT ?s {{ ?s <{EXAMPLE}label> ?o }}")) == LABELS


@pytest.mark.parametrize("word", ["GRAPH", "graph", "gRaPh"])
def test_whoever_names_graphs_finds_them_however_the_word_is_written(pool: QueryPool, word: str) -> None:
    found = rows(pool, f"SELECT ?g {{ {word} ?g {SAYS} }}")
    assert len(found) == small_store.IN_A + small_store.IN_B
    found = rows(pool, f"SELECT ?o {{ ?s <{EXAMPLE}says> ?o FILTER EXISTS {{ {word}<{EXAMPLE}a> {{ ?s ?p ?o }} }} }}")
    assert len(found) == small_store.IN_A


@pytest.mark.parametrize("word", ["\\u0047RAPH", "GR\\U00000041PH"])
def test_the_parser_takes_no_word_written_with_escapes(pool: QueryPool, word: str) -> None:
    """If it did, such a query would be asked of a graph in memory that has no names."""
    with pytest.raises(QuerySyntaxError):
        rows(pool, f"SELECT ?g {{ {word} ?g {SAYS} }}")


@pytest.mark.parametrize(
    ("form", "key"),
    [("SELECT *", "csv"), ("ASK", "json"), (f"CONSTRUCT {SAYS}", "nt"), ("DESCRIBE ?s", "nt")],
    ids=["select", "ask", "construct", "describe"],
)
def test_every_form_says_the_same_from_memory_and_from_disk(pool: QueryPool, form: str, key: str) -> None:
    from_memory, from_disk = (
        sorted(pool.run(f"{form} WHERE {SAYS}{remark}", key).body.splitlines()) for remark in ("", " # graph")
    )
    assert from_memory == from_disk
    assert from_memory


def test_rows_come_in_the_same_order_from_every_worker_and_after_a_start(pool: QueryPool, store: Path) -> None:
    query = "SELECT * { ?s ?p ?o }"
    with pool_of(store, ROOM) as another:
        assert another.run(query, "csv").body == pool.run(query, "csv").body


def test_a_fork_server_that_ends_takes_its_workers_along_and_is_replaced(store: Path) -> None:
    with pool_of(store) as pool:
        before = pool.worker_pids()
        server = int(Path(f"/proc/{before[0]}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(server, signal.SIGKILL)
        assert wait_until(lambda: not any(is_alive(pid) for pid in before), 20)
        assert wait_until(lambda: len(set(pool.worker_pids()) - set(before)) == 2, 20)
        assert b"true" in pool.run(QUICK, "json").body
        assert len(rows(pool, PLAIN)) == 1


def test_a_broken_file_is_told_to_the_operator_and_all_is_answered_from_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = small_store.build(tmp_path)
    (store / FILE).write_bytes((store / FILE).read_bytes()[:-100])
    with caplog.at_level(logging.ERROR, "sorgenetz.engine"), pool_of(store, ROOM) as pool:
        assert len(rows(pool, f"SELECT ?s {{ ?s <{EXAMPLE}label> ?o }}")) == LABELS
    assert "not held in memory" in caplog.text


def test_a_fork_server_that_was_closed_is_not_begun_anew() -> None:
    closed = ForkServerProcess({})
    closed.close()
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(ConnectionAbortedError):
        closed.begin(theirs)
    # It would be nobody's, and its connection stay open.
    assert closed._connection is None and closed._process is None
