"""One query on one worker, from the question to the answer, the deadline, or the place it has to give up."""

from __future__ import annotations

import time
from typing import NamedTuple

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


class Message(NamedTuple):
    """What a worker is sent: how to answer (as `pipe.written`), and the query; `key` is how the same is known again."""

    header: bytes
    query: bytes
    format_key: str
    seconds: float
    key: int


class Turn:
    """The use of `worker` by one query; with `slow` it holds a place among the old from the start."""

    def __init__(self, crew: Crew, worker: WorkerProcess, slow: bool, caller: Caller) -> None:
        self._crew = crew
        self.worker = worker
        self._holds_place = slow
        self._caller = caller
        self._reusable = False
        self.was_long = False
        self._asked_at = 0.0
        self._come = b""

    def begin(self, message: Message) -> None:
        """Give the worker the query; raises WorkerGone when nobody is there to read it."""
        self._asked_at = time.monotonic()
        self.worker.ask(message.header, message.query)

    def fileno(self) -> int:
        """Return the descriptor that can be read when something of the answer is there."""
        return self.worker.fileno()

    def come_so_far(self) -> bytes:
        """Return what is there of the answer, without waiting; raises WorkerGone."""
        self._come += self.worker.come_so_far()
        return self._come

    def answer(self, message: Message) -> tuple[dict[str, object], Spool] | None:
        """Return header and body; None when the query grew old and there was no place for another old one.

        A turn that has begun goes on from where it is. Raises QueryTimedOut, CallerLeft, and WorkerGone when the
        process ended.
        """
        try:
            with self._caller.meanwhile(self.worker.kill):
                if not self._asked_at:
                    self.begin(message)
                first = self._come or self._wait(message.seconds)
                found = None if first is None else self.worker.rest(first)
        except WorkerGone:
            if self._caller.has_left:
                raise CallerLeft() from None
            raise
        if found is None:
            return None
        self.has_answered(found[0])
        return found

    def has_answered(self, header: dict[str, object]) -> None:
        """Take note that the whole answer, which `header` is of, has come."""
        # A worker that has merged graphs is worth keeping, nice or not: it is the last to get other queries.
        self._reusable = (
            not self._caller.has_left and not header.get("retire") and (not self.worker.is_nice or "merged" in header)
        )

    def may_be_repeated(self, gone: WorkerGone) -> bool:
        """Tell whether the worker died on its own account: before the query reached it, or killed right after that."""
        if gone.unasked:
            return True
        return time.monotonic() - self._asked_at < SHORTLY_SECONDS and self.worker.was_killed()

    def end(self) -> None:
        """Give the worker back, or away when it cannot be used again."""
        self._crew.give_back(self.worker, self._reusable, self._holds_place)

    def _wait(self, limit_s: float) -> bytes | None:
        began = self._asked_at
        if self._holds_place:
            self.worker.be_nice()
        for moment in LOOK_SECONDS:
            if moment < limit_s:
                first = self.worker.answer_until(began + moment)
                if first is not None:
                    return first
                if not self._may_go_on(moment):
                    self.worker.kill()
                    return None
        first = self.worker.answer_until(began + limit_s)
        if first is None:
            self.worker.kill()
            raise QueryTimedOut(limit_s=limit_s)
        return first

    def _may_go_on(self, seconds: float) -> bool:
        """Look after `seconds` whether the query is in the way of others: it is old, or young and others wait."""
        if seconds >= NICE_SECONDS and not self.worker.is_nice:
            self.worker.be_nice()
        self.was_long = self.was_long or seconds >= OLD_SECONDS
        if self._holds_place or (seconds < OLD_SECONDS and not self._crew.is_crowded()):
            return True
        self._holds_place = self._crew.grow_old()
        self.was_long = self.was_long or not self._holds_place
        return self._holds_place
