"""One query on one worker, from the question to the answer, the deadline, or the place it has to give up."""

from __future__ import annotations

import time

from sorgenetz.engine.crew import Crew
from sorgenetz.engine.worker_process import WorkerProcess
from sorgenetz.errors import QueryTimedOut

NICE_SECONDS = 0.5
OLD_SECONDS = 1.0


class Turn:
    """The use of `worker` by one query; with `slow` it holds a place among the old from the start."""

    def __init__(self, crew: Crew, worker: WorkerProcess, slow: bool) -> None:
        self._crew = crew
        self._worker = worker
        self._holds_place = slow
        self._reusable = False
        self.was_long = False

    def answer(self, request: dict[str, object], query: bytes) -> tuple[dict[str, object], bytes] | None:
        """Return header and body; None when the query grew old and there was no place for another old one.

        Raises QueryTimedOut, and WorkerGone when the process ended.
        """
        self._worker.ask(request, query)
        first = self._wait(float(request["seconds"]))
        if first is None:
            return None
        header, body = self._worker.rest(first)
        # A worker that has merged graphs is worth keeping, nice or not: it is the last to get other queries.
        self._reusable = not header.get("retire") and (not self._worker.is_nice or "merged" in header)
        return header, body

    def end(self) -> None:
        """Give the worker back, or away when it cannot be used again."""
        self._crew.give_back(self._worker, self._reusable, self._holds_place)

    def _wait(self, limit_s: float) -> bytes | None:
        began = time.monotonic()
        if self._holds_place:
            self._worker.be_nice()
        for moment, grow in ((NICE_SECONDS, self._be_nice), (OLD_SECONDS, self._grow_old)):
            if moment < limit_s:
                first = self._worker.answer_until(began + moment)
                if first is not None:
                    return first
                if not grow():
                    return None
        first = self._worker.answer_until(began + limit_s)
        if first is None:
            self._worker.kill()
            raise QueryTimedOut(limit_s=limit_s)
        return first

    def _be_nice(self) -> bool:
        self._worker.be_nice()
        return True

    def _grow_old(self) -> bool:
        self.was_long = True
        if not self._holds_place:
            self._holds_place = self._crew.grow_old()
        if not self._holds_place:
            self._worker.kill()
        return self._holds_place
