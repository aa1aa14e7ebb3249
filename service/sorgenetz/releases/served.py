"""The release that is served now, found again cheaply at each request."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sorgenetz.errors import NoRelease, SorgenetzError
from sorgenetz.releases.chain import Home, Release


class CurrentRelease:
    """Follows `current`: one stat a call, one read when it has moved."""

    def __init__(self, home: Path) -> None:
        self._home = Home(home)
        self._pointer = self._home.pointer
        self._seen: tuple[int, int] | None = None
        self._release: Release | None = None
        self._lock = Lock()

    def get(self) -> Release:
        """Return the served release; raises NoRelease before the first one, keeps the last good one otherwise."""
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
