"""Who waits for an answer, and may leave before it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Protocol

_ASKING: ContextVar[Caller | None] = ContextVar("asking", default=None)


class OnItsWay(Protocol):
    """A query that a worker has already."""

    def taken_on(self, crew: object, key: int, format_key: object) -> Any:
        """Return how to go on with it, once, to one who asks the same query of the same crew in the same format."""

    def end(self) -> None:
        """Let go of the worker."""


class Caller:
    """One who asks a query; any thread may call `leave`, at any time, and the worker is free at once.

    `begun` is the query if a worker of theirs has it already.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._then: Callable[[], None] | None = None
        self.has_left = False
        self.begun: OnItsWay | None = None

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
