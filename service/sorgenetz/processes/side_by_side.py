"""Work of one kind that several processes do at the same time."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sorgenetz.processes.ending import end_with


def processes(count: int | None, begin: Callable[..., None] | None = None, *given: object) -> ProcessPoolExecutor:
    """Return `count` processes, or one for each processor; each calls `begin` with what is `given` before its work.

    They end with this process, also when it is killed.
    """
    # Spawned, not forked: who asks has threads of a store running.
    return ProcessPoolExecutor(count, get_context("spawn"), _begin, (os.getpid(), begin, given))


def _begin(parent: int, begin: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    end_with(parent)
    if begin:
        begin(*given)
