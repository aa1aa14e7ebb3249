"""Earlier releases that are being rebuilt while those who want to see them are told so."""

from __future__ import annotations

import logging
import time
from threading import Lock, Thread

from sorgenetz.errors import SorgenetzError
from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import is_at_hand, release_again, release_by_name

log = logging.getLogger("sorgenetz.web")


class Rebuilding:
    """Has releases rebuilt, each by one thread however many wait for it; safe to use from many threads."""

    def __init__(self) -> None:
        self._at_work: dict[str, _Rebuild] = {}
        self._lock = Lock()

    def seconds(self, home: Home, name: str, patience_s: float) -> int | None:
        """Return for how many seconds a release is being rebuilt; None when it is there within `patience_s`.

        Raises what `release_again` does.
        """
        if is_at_hand(home, name):
            return None
        release_by_name(home, name)
        with self._lock:
            # What went wrong is for the next who asks; what was rebuilt may be gone since then.
            work = self._at_work.pop(name, None)
            if work is None or not (work.is_alive() or work.error):
                work = _Rebuild(home, name)
                work.start()
            self._at_work[name] = work
        work.join(patience_s)
        if work.is_alive():
            return int(time.monotonic() - work.since)
        with self._lock:
            self._at_work.pop(name, None)
        if work.error:
            raise work.error
        return None


class _Rebuild(Thread):
    def __init__(self, home: Home, name: str) -> None:
        super().__init__(name="rebuilds a release", daemon=True)
        self._wanted = (home, name)
        self.since = time.monotonic()
        self.error: SorgenetzError | None = None

    def run(self) -> None:
        try:
            with release_again(*self._wanted):
                pass
        except SorgenetzError as error:
            self.error = error
        except Exception:
            # Nobody else hears of what ends a thread; whoever waits is told that it did not work.
            log.exception("The release %s could not be rebuilt.", self._wanted[1])
            self.error = SorgenetzError()
