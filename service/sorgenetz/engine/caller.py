"""Who waits for an answer, and may leave before it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sorgenetz.engine.begun import Begun

_ASKING: ContextVar[Caller | None] = ContextVar("asking", default=None)


class Caller:
    """One who asks a query; any thread may call `leave`, at any time, and the worker is free at once.

    `begun` is a query that a worker of theirs has already.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._then: Callable[[], None] | None = None
        self.has_left = False
        self.begun: Begun | None = None

    def leave(self) -> None:
        """Give up the query: whoever waits for its answer meets CallerLeft."""
        with self._lock:
            self.has_left = True
            if self._then:
                # Within the lock: the worker must not be on the query of somebody else by then.
                self._then()

    @contextmanager
    def meanwhile(self, then: Callable[[], None]) -> Iterator[None]:
        """Have `then` called when the caller leaves during this block, or has left before it."""
        with self._lock:
            self._then = then
            if self.has_left:
                then()
        try:
            yield
        finally:
            with self._lock:
                self._then = None


@contextmanager
def asked_by(caller: Caller) -> Iterator[None]:
    """Let `caller` be who asks every query of this block that names nobody else."""
    before = _ASKING.set(caller)
    try:
        yield
    finally:
        _ASKING.reset(before)


def who_asks() -> Caller | None:
    """Return who asks the queries of the block that runs just now."""
    return _ASKING.get()
