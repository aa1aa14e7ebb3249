"""Who asks a query may leave before the answer: its worker is ended, its place is free, nobody else notices."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import small_store
from small_store import LIMITS, QUICK, is_alive, pool_of, wait_until

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.caller import Caller
from sorgenetz.engine.pool import QueryPool
from sorgenetz.errors import CallerLeft

RUNAWAY = "ASK {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?f = ?i && ?a != ?d && ?d != ?g && {}) }}"
# One worker, and so much time that nothing here can end by a deadline.
ALONE = replace(LIMITS, query_workers=1, query_seconds=600, query_queue_seconds=600)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("callers"))


def asked(threads: ThreadPoolExecutor, pool: QueryPool, query: str, caller: Caller) -> Future[Answer]:
    return threads.submit(pool.run, query, "json", caller=caller)


def test_one_who_leaves_frees_the_only_worker_for_the_next(store: Path) -> None:
    with pool_of(store, ALONE) as pool, ThreadPoolExecutor() as threads:
        before = pool.worker_pids()
        caller = Caller()
        runaway = asked(threads, pool, RUNAWAY.format(1), caller)
        quick = asked(threads, pool, QUICK, Caller())
        assert wait_until(lambda: pool.waiting() == 1, 20)
        caller.leave()
        with pytest.raises(CallerLeft):
            runaway.result(60)
        assert b"true" in quick.result(60).body
        assert wait_until(lambda: not any(is_alive(pid) for pid in before), 20)
        assert len(pool.worker_pids()) == 1


def test_one_who_waits_for_a_worker_may_leave_and_the_others_stay(store: Path) -> None:
    with pool_of(store, ALONE) as pool, ThreadPoolExecutor() as threads:
        first, second = Caller(), Caller()
        runaway = asked(threads, pool, RUNAWAY.format(1), first)
        waiting = asked(threads, pool, QUICK, second)
        assert wait_until(lambda: pool.waiting() == 1, 20)
        second.leave()
        with pytest.raises(CallerLeft):
            waiting.result(60)
        assert not runaway.done() and pool.waiting() == 0
        first.leave()
        with pytest.raises(CallerLeft):
            runaway.result(60)


def test_one_who_has_left_before_is_not_answered(store: Path) -> None:
    with pool_of(store, ALONE) as pool:
        caller = Caller()
        caller.leave()
        with pytest.raises(CallerLeft):
            pool.run(RUNAWAY.format(1), "json", caller=caller)
        assert b"true" in pool.run(QUICK, "json").body


def test_one_who_leaves_after_the_answer_harms_nobody(store: Path) -> None:
    with pool_of(store, ALONE) as pool:
        caller = Caller()
        assert b"true" in pool.run(QUICK, "json", caller=caller).body
        pids = pool.worker_pids()
        caller.leave()
        assert b"true" in pool.run(QUICK, "json").body
        assert pool.worker_pids() == pids
