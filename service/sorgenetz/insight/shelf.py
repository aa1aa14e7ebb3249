"""What is the same for everyone until the next release is worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

Kept = TypeVar("Kept")
ROOM = 256


class Shelf:
    """Keeps what was worked out for one release; all of it goes when another release is served."""

    def __init__(self) -> None:
        self._release = ""
        self._kept: dict[Hashable, object] = {}
        self._lock = Lock()

    def get(self, release: str, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what stands under `key` for this release; `make` works it out the first time."""
        with self._lock:
            if release != self._release:
                self._release, self._kept = release, {}
            if key in self._kept:
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            if release == self._release:
                if len(self._kept) >= ROOM:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = made
        return made
