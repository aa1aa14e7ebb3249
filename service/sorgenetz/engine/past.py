"""Engines over earlier releases, for those who come back to an answer: few at a time, each small."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from sorgenetz.engine.engine import Engine, Release
from sorgenetz.settings import Settings

MOST = 2


@dataclass(frozen=True)
class _Fixed:
    release: Release

    def get(self) -> Release:
        return self.release


class PastEngines:
    """Keeps the engines of the releases that were asked last; safe to use from many threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, query_workers=min(2, settings.query_workers), query_workers_idle=0)
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._lock = Lock()

    def of(self, release: Release) -> Engine:
        """Return the engine that asks `release`; the one asked longest ago is closed when there are too many."""
        left = []
        with self._lock:
            engine = self._engines.pop(release.name, None) or Engine(_Fixed(release), self._settings)
            self._engines[release.name] = engine
            while len(self._engines) > MOST:
                left.append(self._engines.popitem(last=False)[1])
        for one in left:
            one.close()
        return engine

    def close(self) -> None:
        """End all their workers."""
        with self._lock:
            engines, self._engines = list(self._engines.values()), OrderedDict()
        for engine in engines:
            engine.close()
