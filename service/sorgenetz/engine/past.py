"""Engines over earlier releases, for those who come back to an answer: few at a time, each small, none for long."""

from __future__ import annotations

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition, Thread

from sorgenetz.engine.engine import Engine, Release
from sorgenetz.errors import EngineClosed, TooManyQueries
from sorgenetz.settings import Settings

MOST = 2
# Each holds its release in memory, and an earlier release is seldom asked.
UNUSED_SECONDS = 60.0


@dataclass(frozen=True)
class _Fixed:
    release: Release

    def get(self) -> Release:
        return self.release


class PastEngines:
    """Keeps the engines of the releases that were asked in the last `unused_s`; safe to use from many threads."""

    def __init__(self, settings: Settings, unused_s: float = UNUSED_SECONDS) -> None:
        self._settings = replace(settings, query_workers=min(2, settings.query_workers), query_workers_idle=0)
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._users: Counter[str] = Counter()
        self._left_at: dict[str, float] = {}
        self._unused_s = unused_s
        self._changed = Condition()
        self._closed = False

    @contextmanager
    def of(self, release: Release) -> Iterator[Engine]:
        """Lend the engine that asks `release`; it is not closed while anybody has it.

        When all there may be are lent, this waits as long as a query waits for a worker; raises TooManyQueries after
        that, and EngineClosed.
        """
        engine = self._take(release)
        try:
            yield engine
        finally:
            with self._changed:
                self._users[release.name] -= 1
                self._left_at[release.name] = time.monotonic()
                self._changed.notify_all()

    def close(self) -> None:
        """End all their workers; whoever asks meets EngineClosed."""
        with self._changed:
            self._closed = True
            engines, self._engines = list(self._engines.values()), OrderedDict()
            self._changed.notify_all()
        for engine in engines:
            engine.close()

    def _take(self, release: Release) -> Engine:
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_place(release), self._settings.query_queue_seconds):
                raise TooManyQueries(retry_s=max(1, math.ceil(self._settings.query_seconds)))
            if self._closed:
                raise EngineClosed()
            engine = self._engines.pop(release.name, None)
            left = self._engines.pop(self._idle()) if engine is None and len(self._engines) == MOST else None
            if not self._engines and engine is None:
                Thread(target=self._end_unused, name="past engines", daemon=True).start()
            engine = self._engines[release.name] = engine or Engine(_Fixed(release), self._settings)
            self._users[release.name] += 1
        if left:
            left.close()
        return engine

    def _end_unused(self) -> None:
        """Close each engine that nobody has asked for a while, until there is none."""
        while True:
            time.sleep(self._unused_s / 4)
            with self._changed:
                until = time.monotonic() - self._unused_s
                unused = [name for name in self._engines if not self._users[name] and self._left_at[name] < until]
                engines = [self._engines.pop(name) for name in unused]
                is_last = not self._engines
            for engine in engines:
                engine.close()
            if is_last:
                return

    def _has_place(self, release: Release) -> bool:
        return self._closed or release.name in self._engines or len(self._engines) < MOST or bool(self._idle())

    def _idle(self) -> str:
        """Return the release asked longest ago among those that nobody asks now; an empty text when there is none."""
        return next((name for name in self._engines if not self._users[name]), "")
