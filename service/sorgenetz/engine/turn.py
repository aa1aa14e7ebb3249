"""One query on one worker, from the question to the answer, the deadline, or the place it has to give up."""

from __future__ import annotations

import time

from sorgenetz.engine.caller import Caller
from sorgenetz.engine.crew import Crew
from sorgenetz.engine.spool import Spool
from sorgenetz.engine.worker_process import WorkerGone, WorkerProcess
from sorgenetz.errors import CallerLeft, QueryTimedOut

LOOK_SECONDS = (0.25, 0.5, 0.75, 1.0)
NICE_SECONDS = 0.5
OLD_SECONDS = 1.0
# Too short for a query to take so much memory that the system kills its worker.
SHORTLY_SECONDS = 0.05


class Turn:
    """The use of `worker` by one query; with `slow` it holds a place among the old from the start."""

    def __init__(self, crew: Crew, worker: WorkerProcess, slow: bool, caller: Caller) -> None:
        self._crew = crew
        self._worker = worker
        self._holds_place = slow
        self._caller = caller
        self._reusable = False
        self.was_long = False
        self._asked_at = 0.0

    def answer(self, request: dict[str, object], query: bytes) -> tuple[dict[str, object], Spool] | None:
        """Return header and body; None when the query grew old and there was no place for another old one.

        Raises QueryTimedOut, CallerLeft, and WorkerGone when the process ended.
        """
        try:
            with self._caller.meanwhile(self._worker.kill):
                found = self._ask(request, query)
        except WorkerGone:
            if self._caller.has_left:
                raise CallerLeft() from None
            raise
        if found is None:
            return None
        header, body = found
        # A worker that has merged graphs is worth keeping, nice or not: it is the last to get other queries.
        self._reusable = (
            not self._caller.has_left and not header.get("retire") and (not self._worker.is_nice or "merged" in header)
        )
        return header, body

    def _ask(self, request: dict[str, object], query: bytes) -> tuple[dict[str, object], Spool] | None:
        self._asked_at = time.monotonic()
        self._worker.ask(request, query)
        first = self._wait(float(request["seconds"]))
        return None if first is None else self._worker.rest(first)

    def may_be_repeated(self, gone: WorkerGone) -> bool:
        """Tell whether the worker died on its own account: before the query reached it, or killed right after that."""
        if gone.unasked:
            return True
        return time.monotonic() - self._asked_at < SHORTLY_SECONDS and self._worker.was_killed()

    def end(self) -> None:
        """Give the worker back, or away when it cannot be used again."""
        self._crew.give_back(self._worker, self._reusable, self._holds_place)

    def _wait(self, limit_s: float) -> bytes | None:
        began = time.monotonic()
        if self._holds_place:
            self._worker.be_nice()
        for moment in LOOK_SECONDS:
            if moment < limit_s:
                first = self._worker.answer_until(began + moment)
                if first is not None:
                    return first
                if not self._may_go_on(moment):
                    self._worker.kill()
                    return None
        first = self._worker.answer_until(began + limit_s)
        if first is None:
            self._worker.kill()
            raise QueryTimedOut(limit_s=limit_s)
        return first

    def _may_go_on(self, seconds: float) -> bool:
        """Look after `seconds` whether the query is in the way of others: it is old, or young and others wait."""
        if seconds >= NICE_SECONDS and not self._worker.is_nice:
            self._worker.be_nice()
        self.was_long = self.was_long or seconds >= OLD_SECONDS
        if self._holds_place or (seconds < OLD_SECONDS and not self._crew.is_crowded()):
            return True
        self._holds_place = self._crew.grow_old()
        self.was_long = self.was_long or not self._holds_place
        return self._holds_place
