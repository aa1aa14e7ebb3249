"""The workers of one release: some ready, some at work, and always room for the query that is quickly answered.

A query starts on any free worker. One that is still at work after a second is old, and all but a few workers may
hold old queries. When they do, the next one to grow old is ended and waits for its turn among the old; the others
are answered meanwhile. So neither many small queries nor many long ones can keep everybody else out.
"""

from __future__ import annotations

import atexit
import math
import time
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from sorgenetz.engine import pipe
from sorgenetz.engine.answer import Answer
from sorgenetz.engine.begun import Begun
from sorgenetz.engine.caller import Caller
from sorgenetz.engine.crew import Crew
from sorgenetz.engine.spool import Spool
from sorgenetz.engine.syntax_words import READ_AHEAD, as_error
from sorgenetz.engine.turn import Message, Turn
from sorgenetz.engine.worker_process import WorkerGone
from sorgenetz.errors import (
    DatasetTooLarge,
    QueryFailed,
    QueryOutOfMemory,
    QueryTooComplex,
    ResultTooLarge,
    SorgenetzError,
    TooManyQueries,
    TooManyRows,
)
from sorgenetz.names import PREFIXES
from sorgenetz.settings import Settings

REMEMBERED_SLOW_QUERIES = 1024
TRIES_ON_DEAD_WORKERS = 5
MEGABYTE = 1024 * 1024
# Those of the default graph, and those that have names.
Graphs = tuple[tuple[str, ...], tuple[str, ...]]


class FormatOfOtherQueries(SorgenetzError):
    """A format in which a query of this form has no answer."""

    status, exit_code, code = 400, 2, "format-of-other-queries"


class CannotBeWritten(SorgenetzError):
    """An answer that holds something for which its format has no way of writing."""

    status, exit_code, code = 400, 2, "cannot-be-written"


class QueryPool:
    """Answers queries on the release at `store_path`; safe to use from many threads."""

    def __init__(self, store_path: Path, settings: Settings, prefixes: dict[str, str] | None = None) -> None:
        self._settings = settings
        start = {
            "store": str(store_path),
            "held_triples": settings.held_triples,
            "prefixes": PREFIXES if prefixes is None else prefixes,
            "memory_bytes": settings.query_memory_mb * MEGABYTE,
            "result_bytes": settings.result_mb * MEGABYTE,
            "result_rows": settings.result_rows,
            "merged_quads": settings.merged_graph_quads,
        }
        self._crew = Crew(start, Path(store_path).parent.name, settings.query_workers, settings.query_workers_idle)
        self._slow: OrderedDict[int, None] = OrderedDict()
        atexit.register(self.close)

    def run(
        self,
        query: str,
        format_key: str,
        dataset: Graphs | None = None,
        deadline_s: float | None = None,
        wait_s: float | None = None,
        caller: Caller | None = None,
    ) -> Answer:
        """Return the answer to `query` in the format of this key.

        `dataset` is (default graphs, named graphs), and wins over what the text says. `deadline_s` and `wait_s` are for
        those who have less time than the settings give, to answer and to wait for a worker; `caller` may leave before
        there is an answer. Raises QuerySyntaxError, QueryTooComplex, QueryTimedOut, QueryOutOfMemory, ResultTooLarge,
        TooManyRows, DatasetTooLarge, TooManyQueries, QueryLost, QueryFailed, CallerLeft, EngineClosed.
        """
        message = self._message(query, format_key, dataset, deadline_s)
        merged = dataset and len(dataset[0]) > 1 and tuple(map(frozenset, dataset))
        wait = self._settings.query_queue_seconds if wait_s is None else wait_s
        header, body = self._ask(message, merged, wait, caller or Caller())
        if "error" in header:
            raise self._error(query, header)
        return Answer(body, header["seconds"], header["kind"], format_key, counted=header.get("rows"))

    def begin(self, query: str, format_key: str, caller: Caller) -> Begun | None:
        """Give `query` to a worker that is free now, without waiting for anything; None when only `run` can answer.

        A caller who holds it as `begun` and calls `run` with the same goes on from there.
        """
        message = self._message(query, format_key, None, None)
        if message.key in self._slow:
            return None
        worker = self._crew.take_free()
        if worker is None:
            return None
        turn = Turn(self._crew, worker, False, caller)
        try:
            turn.begin(message)
        except WorkerGone:
            turn.end()
            return None
        return Begun(turn, self._crew, message.key, format_key)

    def close(self) -> None:
        """End all workers now, also those with a query; whoever waits for one meets EngineClosed."""
        atexit.unregister(self.close)
        self._crew.close()

    def waiting(self) -> int:
        """Return how many queries wait for a worker."""
        return self._crew.waiting()

    def at_work(self) -> int:
        """Return how many workers have a query."""
        return self._crew.at_work()

    def worker_pids(self) -> list[int]:
        """Return the process numbers of the workers alive."""
        return self._crew.pids()

    def _message(self, query: str, format_key: str, dataset: Graphs | None, deadline_s: float | None) -> Message:
        try:
            encoded = (query + READ_AHEAD).encode("utf-8")
        except UnicodeEncodeError as error:
            raise as_error(query, "", PREFIXES) from error
        seconds = self._settings.query_seconds if deadline_s is None else deadline_s
        header = _header(format_key, dataset, seconds) if dataset else _usual_header(format_key, seconds)
        return Message(header, encoded, format_key, seconds, hash((encoded, str(dataset))))

    def _ask(self, message: Message, merged: object, wait_s: float, caller: Caller) -> tuple[dict[str, object], Spool]:
        give_up = time.monotonic() + wait_s
        slow, dead = message.key in self._slow, 0
        turn = caller.begun.taken_on(self._crew, message.key, message.format_key) if caller.begun else None
        while True:
            turn = turn or self._turn(slow, give_up, merged, caller)
            try:
                found = turn.answer(message)
            except WorkerGone as gone:
                self._crew.raise_if_closed()
                dead += 1
                if dead > TRIES_ON_DEAD_WORKERS or not turn.may_be_repeated(gone):
                    raise turn.worker.why_it_ended(self._settings.query_memory_mb, message.seconds) from None
            else:
                if found:
                    if merged and "merged" in found[0]:
                        turn.worker.merged.add(merged)
                    return found
                slow = True
            finally:
                turn.end()
                self._remember(message.key, turn.was_long)
            turn = None

    def _turn(self, slow: bool, give_up: float, merged: object, caller: Caller) -> Turn:
        worker = self._crew.take(slow, give_up, merged, caller)
        if worker is None:
            raise TooManyQueries(retry_s=max(1, math.ceil(self._settings.query_seconds)))
        return Turn(self._crew, worker, slow, caller)

    def _remember(self, key: int, slow: bool) -> None:
        """Keep in mind which queries take long, so that they do not take the places of quick ones again and again."""
        if slow:
            self._slow[key] = None
            while len(self._slow) > REMEMBERED_SLOW_QUERIES:
                self._slow.popitem(last=False)
        else:
            self._slow.pop(key, None)

    def _error(self, query: str, header: dict[str, object]) -> SorgenetzError:
        kind, message = header["error"], str(header.get("message", ""))
        settings = self._settings
        if kind == "result-too-large":
            return ResultTooLarge(limit_mb=settings.result_mb)
        if kind == "too-many-rows":
            return TooManyRows(limit=settings.result_rows)
        if kind == "dataset-too-large":
            return DatasetTooLarge(limit=settings.merged_graph_quads)
        if kind == "MemoryError":
            return QueryOutOfMemory(limit_mb=settings.query_memory_mb)
        if kind == "RecursionError":
            return QueryTooComplex()
        if kind == "format":
            return FormatOfOtherQueries()
        if kind == "unwritable":
            return CannotBeWritten()
        return as_error(query, message, PREFIXES) if kind == "syntax" else QueryFailed()


def _header(format_key: str, dataset: Graphs | None, seconds: float) -> bytes:
    return pipe.written({"format": format_key, "dataset": dataset, "seconds": seconds})


@lru_cache(64)
def _usual_header(format_key: str, seconds: float) -> bytes:
    return _header(format_key, None, seconds)
