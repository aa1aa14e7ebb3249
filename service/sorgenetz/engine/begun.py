"""A query that a worker has while nobody waits for it: its answer is taken when it is there, or waited for later."""

from __future__ import annotations

from collections.abc import Callable

from sorgenetz.engine import pipe
from sorgenetz.engine.answer import Answer
from sorgenetz.engine.crew import Crew
from sorgenetz.engine.turn import Turn
from sorgenetz.engine.worker_process import WorkerGone

# A longer answer is better read by a thread.
LONGEST_BYTES = 256 * 1024


class Begun:
    """The `turn` of a query on its way; `end` it in any case."""

    def __init__(self, turn: Turn, crew: Crew, key: int, format_key: str) -> None:
        self._turn: Turn | None = turn
        self._known_by = (crew, key, format_key)
        self._format_key = format_key
        self._answer: Answer | None = None
        self.release = ""
        self.at_the_end: Callable[[], None] = lambda: None

    def fileno(self) -> int:
        """Return the descriptor that can be read when something of the answer is there."""
        assert self._turn is not None
        return self._turn.fileno()

    def is_over(self) -> bool:
        """Take in what is there, without waiting; tell whether that is all, or more than is read here."""
        assert self._turn is not None
        try:
            come = self._turn.come_so_far()
        except WorkerGone:
            return True
        message = pipe.whole(come)
        if message is None:
            return len(come) > LONGEST_BYTES
        header, body = message
        if "error" not in header:
            self._turn.has_answered(header)
            self._answer = Answer(
                body, header["seconds"], header["kind"], self._format_key, self.release, header.get("rows")
            )  # type: ignore[arg-type]
        return True

    def answer(self) -> Answer | None:
        """Return the answer once it `is_over`; None where only `Engine.answer` can say what became of the query."""
        return self._answer

    def taken_on(self, crew: Crew, key: int, format_key: object) -> Turn | None:
        """Return the turn to go on with, once, to one who asks the same query of the same crew in the same format."""
        if (crew, key, format_key) != self._known_by:
            return None
        turn, self._turn = self._turn, None
        return turn

    def end(self) -> None:
        """Give the worker back when its answer was read, and away when nobody has waited for it."""
        if self._turn is not None:
            self._turn.end()
            self._turn = None
        self.at_the_end()
        self.at_the_end = lambda: None
