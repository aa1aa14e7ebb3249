"""The query workers: a runaway ends in time and is in nobody's way, the dead are replaced, nothing is left over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import small_store
from small_store import EXAMPLE, LABELS, LIMITS, QUICK, is_alive, pool_of, wait_until, workers_below

from sorgenetz.engine.pool import QueryPool
from sorgenetz.errors import (
    EngineClosed,
    QueryLost,
    QueryOutOfMemory,
    QueryTimedOut,
    SorgenetzError,
    TooManyQueries,
)

RUNAWAY = "ASK {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?f = ?i && ?a != ?d && ?d != ?g && {}) }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("pool"))


class Asker(threading.Thread):
    """Someone who asks one query, and keeps how it ended."""

    def __init__(self, pool: QueryPool, query: str) -> None:
        super().__init__()
        self._ask: Callable[[], object] = lambda: pool.run(query, "json")
        self.ended = ""
        self.start()

    def run(self) -> None:
        try:
            self._ask()
            self.ended = "answer"
        except SorgenetzError as error:
            self.ended = type(error).__name__


def runaways(pool: QueryPool, number: int) -> list[Asker]:
    return [Asker(pool, RUNAWAY.format(n)) for n in range(1, number + 1)]


def test_workers_open_the_release_side_by_side(tmp_path: Path) -> None:
    others = workers_below(os.getpid())
    # The engine waits for somebody to write into it.
    os.mkfifo(tmp_path / "CURRENT")
    pool = QueryPool(tmp_path, replace(LIMITS, query_workers_idle=1))
    try:
        assert wait_until(lambda: len(workers_below(os.getpid()) - others) == 1, 20)
        waiting = [Asker(pool, QUICK) for _ in range(3)]
        assert wait_until(lambda: len(workers_below(os.getpid()) - others) == 3, 20)
    finally:
        pool.close()
    for one in waiting:
        one.join(10)
        assert one.ended == "EngineClosed"
    assert wait_until(lambda: workers_below(os.getpid()) <= others, 5)


def test_a_query_ends_at_its_deadline(store: Path) -> None:
    with pool_of(store) as pool:
        began = time.monotonic()
        with pytest.raises(QueryTimedOut) as raised:
            pool.run(RUNAWAY.format(1), "json")
        assert time.monotonic() - began > 1.9
        assert raised.value.details == {"limit_s": 2.0}
        with pytest.raises(QueryTimedOut):
            pool.run(RUNAWAY.format(1), "json", deadline_s=0.2)


@pytest.mark.parametrize("number", [4, 8, 20])
def test_quick_queries_are_answered_while_runaways_run(store: Path, number: int) -> None:
    """The runaways have so much time that none can end by itself: whoever is answered did not wait for one."""
    with pool_of(store, replace(LIMITS, query_seconds=600, query_queue_seconds=600)) as pool:
        asked = runaways(pool, number)
        assert wait_until(lambda: pool.at_work() + pool.waiting() >= number, 60)
        for _ in range(100):
            assert b"true" in pool.run(QUICK, "json").body
        assert not any(asker.ended for asker in asked)
        assert wait_until(lambda: pool.at_work() >= min(number, 6), 60)
        pool.close()
        for asker in asked:
            asker.join()
        assert {asker.ended for asker in asked} == {"EngineClosed"}


def test_each_of_many_runaways_ends_with_an_error_of_its_own(store: Path) -> None:
    with pool_of(store) as pool:
        asked = runaways(pool, 8)
        for asker in asked:
            asker.join()
        ends = [asker.ended for asker in asked]
        assert set(ends) <= {"QueryTimedOut", "TooManyQueries"}
        assert "QueryTimedOut" in ends
        assert b"true" in pool.run(QUICK, "json").body


def test_a_runaway_that_was_met_before_waits_among_the_long_ones(store: Path) -> None:
    with pool_of(store, replace(LIMITS, query_workers=3, query_queue_seconds=0.5)) as pool:
        with pytest.raises(QueryTimedOut):
            pool.run(RUNAWAY.format(1), "json")
        first = Asker(pool, RUNAWAY.format(1))
        time.sleep(0.2)
        with pytest.raises(TooManyQueries) as raised:
            pool.run(RUNAWAY.format(1), "json")
        assert not first.ended
        assert raised.value.headers() == {"Retry-After": "2"}
        assert wait_until(lambda: answers_now(pool), 60)
        first.join()
        assert first.ended == "QueryTimedOut"


def test_one_worker_alone_makes_the_others_wait_and_then_gives_up(store: Path) -> None:
    with pool_of(store, replace(LIMITS, query_workers=1, query_queue_seconds=0.3)) as pool:
        runaway = Asker(pool, RUNAWAY.format(1))
        time.sleep(0.1)
        with pytest.raises(TooManyQueries):
            pool.run(QUICK, "json")
        runaway.join()
        assert wait_until(lambda: answers_now(pool), 60)


def answers_now(pool: QueryPool) -> bool:
    try:
        return b"true" in pool.run(QUICK, "json").body
    except TooManyQueries:
        return False


def test_a_killed_worker_is_replaced(store: Path) -> None:
    with pool_of(store) as pool:
        for pid in pool.worker_pids():
            os.kill(pid, signal.SIGKILL)
        for _ in range(5):
            assert b"true" in pool.run(QUICK, "json").body
        assert wait_until(lambda: len([pid for pid in pool.worker_pids() if is_alive(pid)]) >= 2, 60)


def test_a_query_whose_worker_is_killed_is_told_so(store: Path) -> None:
    with pool_of(store, replace(LIMITS, query_workers=1)) as pool:
        runaway = Asker(pool, RUNAWAY.format(1))
        time.sleep(0.3)
        os.kill(pool.worker_pids()[0], signal.SIGKILL)
        runaway.join()
        assert runaway.ended == QueryLost.__name__
        assert b"true" in pool.run(QUICK, "json").body


def test_a_query_that_takes_all_memory_ends_alone(store: Path) -> None:
    with pool_of(store) as pool:
        bomb = Asker(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
        for _ in range(20):
            assert b"true" in pool.run(QUICK, "json").body
        bomb.join()
        assert bomb.ended == QueryOutOfMemory.__name__


def test_many_threads_get_each_their_own_answer(store: Path) -> None:
    wrong: list[object] = []
    with pool_of(store) as pool:

        def ask(thread: int) -> None:
            for turn in range(40):
                number = (thread * 40 + turn) % LABELS
                body = pool.run(f"SELECT ?o {{ <{EXAMPLE}thing/{number}> <{EXAMPLE}label> ?o }}", "csv").body
                if body != f"o\r\nlabel {number}\r\n".encode():
                    wrong.append((number, body))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(pool.worker_pids()) <= LIMITS.query_workers
    assert not wrong


def test_closing_ends_everything_also_runaways(store: Path) -> None:
    with pool_of(store) as pool:
        asked = runaways(pool, 4)
        assert wait_until(lambda: len(pool.worker_pids()) >= 4, 60)
        pids = pool.worker_pids()
        pool.close()
        for asker in asked:
            asker.join(60)
        assert {asker.ended for asker in asked} == {EngineClosed.__name__}
        assert not [pid for pid in pids if is_alive(pid)]
        with pytest.raises(EngineClosed):
            pool.run(QUICK, "json")
        pool.close()


PARENT = """
import sys, threading, time
from pathlib import Path
from sorgenetz.engine.pool import QueryPool
from sorgenetz.settings import Settings
pool = QueryPool(Path(sys.argv[1]), Settings(query_seconds=30))
pool.run("ASK {}", "json")
threading.Thread(target=pool.run, args=(sys.argv[2], "json"), daemon=True).start()
time.sleep(0.5)
print(*pool.worker_pids(), flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent_also_in_the_middle_of_a_query(store: Path, number: int) -> None:
    command = [sys.executable, "-c", PARENT, str(store), RUNAWAY.format(1)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) >= 2
        assert all(is_alive(pid) for pid in pids)
        parent.send_signal(number)
        assert wait_until(lambda: not any(is_alive(pid) for pid in pids), 60)
