"""Questions to the served release: each on one release from beginning to end, whatever is published meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Protocol

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.begun import Begun
from sorgenetz.engine.caller import Caller, who_asks
from sorgenetz.engine.pool import QueryPool
from sorgenetz.engine.query_text import Dataset, read_query
from sorgenetz.errors import EngineClosed, SorgenetzError
from sorgenetz.settings import Settings
from sorgenetz.terms import Term


class Release(Protocol):
    """What the engine needs to know of a release."""

    name: str
    store_path: Path


class CurrentRelease(Protocol):
    """What says which release is served; asked once for each query, so it must be quick."""

    def get(self) -> Release: ...


class _Pool:
    def __init__(self, release: Release, settings: Settings) -> None:
        self.release = release
        self.queries = QueryPool(release.store_path, settings)
        self.users = 0


class Engine:
    """Answers queries on the served release, one pool of workers for each release that still has a query."""

    def __init__(self, current_release: CurrentRelease, settings: Settings) -> None:
        self._current = current_release
        self._settings = settings
        self._lock = Lock()
        self._pools: dict[str, _Pool] = {}
        self._serving = ""
        self._closed = False

    @property
    def release(self) -> Release:
        """Return the release that is served now."""
        return self._current.get()

    def answer(
        self,
        query: str,
        format_key: str,
        dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
        deadline_s: float | None = None,
        caller: Caller | None = None,
    ) -> Answer:
        """Return the answer to a query by anybody, in the format of this key.

        `dataset` (default graphs, named graphs) is what the protocol named; it wins over FROM in the text (SPARQL 1.1
        Protocol, 2.1.4). `deadline_s` is for those who have less time than the settings give, to wait and to
        be answered; `caller`, by default who asks in this block (`asked_by`), may leave from another thread, which ends
        the query. Raises what QueryPool.run raises, and what `QueryText.raise_if_refused` raises.
        """
        question = read_query(query)
        question.raise_if_refused()
        if not dataset or not any(dataset):
            dataset = Dataset(question.default_graphs, question.named_graphs) if question.has_dataset else None
        if deadline_s is not None:
            deadline_s = min(deadline_s, self._settings.query_seconds)
        with self._pool() as pool:
            asking = caller or who_asks()
            answer = pool.queries.run(query, format_key, dataset, deadline_s, wait_s=deadline_s, caller=asking)
            return dataclasses.replace(answer, release=pool.release.name)

    def begin(self, query: str, format_key: str, caller: Caller) -> Begun | None:
        """Give a query by anybody to a worker that is free now, and return at once; None when only `answer` can tell.

        One who holds it as their `begun` and calls `answer` with the same goes on from there. Raises EngineClosed.
        """
        question = read_query(query)
        if question.form not in ("select", "ask") or question.refused or question.has_dataset:
            return None
        pool = self._enter()
        begun = None
        try:
            begun = pool.queries.begin(query, format_key, caller)
        finally:
            if begun is None:
                self._leave(pool)
        if begun:
            begun.release, begun.at_the_end = pool.release.name, lambda: self._leave(pool)
        return begun

    def prepare(self) -> None:
        """Begin to open the served release before anybody asks it; where there is none, whoever asks is told."""
        with suppress(SorgenetzError), self._pool():
            return

    def rows(self, query: str) -> list[dict[str, Term]]:
        """Return the rows of a SELECT, each with the variables bound in it."""
        return self.answer(query, "json").terms()

    def ask(self, query: str) -> bool:
        """Return the yes or no of an ASK."""
        return self.answer(query, "json").truth()

    def worker_pids(self) -> list[int]:
        """Return the process numbers of all workers alive."""
        with self._lock:
            pools = list(self._pools.values())
        return [pid for pool in pools for pid in pool.queries.worker_pids()]

    def close(self) -> None:
        """End all workers now; queries that run, and any that come later, meet EngineClosed."""
        with self._lock:
            self._closed = True
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.queries.close()

    @contextmanager
    def _pool(self) -> Iterator[_Pool]:
        """Lend the pool of the served release; the pool of an earlier one is closed when its last query is done."""
        pool = self._enter()
        try:
            yield pool
        finally:
            self._leave(pool)

    def _enter(self) -> _Pool:
        release = self._current.get()
        with self._lock:
            if self._closed:
                raise EngineClosed()
            pool = self._pools.get(release.name)
            if pool is None:
                pool = self._pools[release.name] = _Pool(release, self._settings)
            self._serving = release.name
            pool.users += 1
            left = self._without_users()
        _close(left)
        return pool

    def _leave(self, pool: _Pool) -> None:
        with self._lock:
            pool.users -= 1
            left = self._without_users()
        _close(left)

    def _without_users(self) -> list[_Pool]:
        """Take out the pools of earlier releases that answer no query any more."""
        if len(self._pools) == 1:
            return []
        names = [name for name, pool in self._pools.items() if not pool.users and name != self._serving]
        return [self._pools.pop(name) for name in names]


def _close(pools: list[_Pool]) -> None:
    """Close them in a thread: nobody who asks has to wait until their workers are gone."""
    for pool in pools:
        Thread(target=pool.queries.close, name="closing", daemon=True).start()
