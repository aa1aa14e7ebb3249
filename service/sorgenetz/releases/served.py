"""The release that is served now, found again cheaply at each request."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock

from sorgenetz.errors import NoRelease, SorgenetzError
from sorgenetz.releases.chain import Home, Release

# A look is a call of the system, as long as much of what a request needs; this is how late a new release is seen.
LOOK_SECONDS = 0.0005


class CurrentRelease:
    """Follows `current`: one stat each `LOOK_SECONDS` at most, one read when it has moved."""

    def __init__(self, home: Path) -> None:
        self._home = Home(home)
        self._pointer = self._home.pointer
        self._looked = -LOOK_SECONDS
        self._seen: tuple[int, int] | None = None
        self._release: Release | None = None
        self._lock = Lock()

    def get(self) -> Release:
        """Return the served release; raises NoRelease before the first one, keeps the last good one otherwise."""
        now = time.monotonic()
        if self._release is not None and now - self._looked < LOOK_SECONDS:
            return self._release
        self._looked = now
        try:
            status = self._pointer.stat()
        except OSError as error:
            if self._release is not None:
                return self._release
            raise NoRelease(home=self._home.path) from error
        mark = (status.st_mtime_ns, status.st_ino)
        if mark != self._seen:
            with self._lock:
                self._follow(mark)
        assert self._release is not None
        return self._release

    def _follow(self, mark: tuple[int, int]) -> None:
        try:
            self._release = self._home.current()
        except SorgenetzError:
            if self._release is None:
                raise
        self._seen = mark
