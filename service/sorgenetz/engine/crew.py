"""The workers alive: who is free, who is at work, how many are old, and the one thread that starts and buries them."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from sorgenetz.engine.caller import Caller
from sorgenetz.engine.fork_server_process import ForkServerProcess
from sorgenetz.engine.worker_process import WorkerGone, WorkerProcess, those_with_news
from sorgenetz.errors import CallerLeft, EngineClosed, ReleaseBroken, SorgenetzError, Unavailable

# Places that old queries cannot take.
KEPT_FOR_QUICK_QUERIES = 2
IDLE_SECONDS = 30.0
LOOK_SECONDS = 1.0
BURIAL_SECONDS = 0.05
OPENING_SECONDS = 0.01
LONGEST_PAUSE_SECONDS = 5.0
log = logging.getLogger("sorgenetz.engine")


class Crew:
    """Keeps `ready` workers free while there are fewer than `most`; a thread of its own does the starting."""

    def __init__(self, start: dict[str, object], release: str, most: int, ready: int) -> None:
        self._fork_server = ForkServerProcess(start)
        self._release = release
        self._most = max(1, most)
        self._ready = min(max(1, ready), self._most)
        self._places_for_old = max(1, self._most - KEPT_FOR_QUICK_QUERIES)
        self._lock = lock = threading.Lock()
        self._somebody_free, self._something_to_do = threading.Condition(lock), threading.Condition(lock)
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._starting: list[WorkerProcess] = []
        self._ending: list[WorkerProcess] = []
        self._old = 0
        self._waiting = 0
        self._failures = 0
        self._failure: SorgenetzError | None = None
        self._closed = False
        self._keeper = threading.Thread(target=self._keep, name="query workers", daemon=True)
        self._keeper.start()

    def take(self, slow: bool, give_up: float, merged: object, caller: Caller) -> WorkerProcess | None:
        """Return a free worker, at best one that has `merged` these graphs; None when `give_up` (monotonic) has come.

        With `slow` it also takes a place among the old. Raises CallerLeft.
        """
        with caller.meanwhile(self._wake), self._lock:
            self._waiting += 1
            try:
                while not self._idle or (slow and self._old >= self._places_for_old):
                    self._raise_if_hopeless()
                    if caller.has_left:
                        raise CallerLeft()
                    self._something_to_do.notify()
                    left = give_up - time.monotonic()
                    if left <= 0:
                        return None
                    self._somebody_free.wait(left)
                self._raise_if_hopeless()
            finally:
                self._waiting -= 1
            at = next((i for i, worker in enumerate(self._idle) if merged in worker.merged), -1) if merged else -1
            self._old += slow
            return self._lend(at)

    def take_free(self) -> WorkerProcess | None:
        """Return a worker that is free now, for a query not known as slow; None when there is none, or others wait."""
        with self._lock:
            return None if self._closed or self._waiting or not self._idle else self._lend(-1)

    def _lend(self, at: int) -> WorkerProcess:
        worker = self._idle.pop(at)
        self._busy.add(worker)
        if self._missing() > 0:
            self._something_to_do.notify()
        return worker

    def grow_old(self) -> bool:
        """Take a place among the old, if there is one."""
        with self._lock:
            free = self._old < self._places_for_old
            self._old += free
            return free

    def is_crowded(self) -> bool:
        """Tell whether somebody waits and no worker is free or about to be."""
        with self._lock:
            room = self._most - len(self._busy) - len(self._idle) - len(self._starting)
            return self._waiting > 0 and not self._idle and not self._starting and room <= 0

    def give_back(self, worker: WorkerProcess, reusable: bool, was_old: bool) -> None:
        """Take a worker back from a query; one that is not `reusable` is ended and replaced."""
        with self._lock:
            self._busy.discard(worker)
            self._old -= was_old
            if reusable and not self._closed:
                worker.idle_since = time.monotonic()
                self._idle.insert(0 if worker.is_nice else len(self._idle), worker)
            else:
                worker.kill()
                self._ending.append(worker)
                self._something_to_do.notify()
            if self._waiting:
                self._somebody_free.notify_all()
            closed = self._closed
        if closed:
            self._bury()

    def waiting(self) -> int:
        """Return how many queries wait for a worker."""
        return self._waiting

    def at_work(self) -> int:
        """Return how many workers have a query."""
        return len(self._busy)

    def pids(self) -> list[int]:
        """Return the process numbers of the workers that are ready or at work."""
        with self._lock:
            return [worker.pid for worker in (*self._idle, *self._busy)]

    def raise_if_closed(self) -> None:
        """Raise EngineClosed after `close`."""
        if self._closed:
            raise EngineClosed()

    def close(self) -> None:
        """End every worker now, and wait until they are gone."""
        with self._lock:
            self._closed = True
            for worker in (*self._idle, *self._starting, *self._busy):
                worker.kill()
            self._ending, self._idle = [*self._ending, *self._idle], []
            self._somebody_free.notify_all()
            self._something_to_do.notify_all()
        end = time.monotonic() + LOOK_SECONDS
        while self._bury() and time.monotonic() < end:
            time.sleep(BURIAL_SECONDS / 10)
        self._fork_server.close()
        self._keeper.join(LOOK_SECONDS)
        self._bury()

    def _wake(self) -> None:
        with self._lock:
            self._somebody_free.notify_all()

    def _raise_if_hopeless(self) -> None:
        self.raise_if_closed()
        if self._failure and not (self._idle or self._busy or self._starting):
            raise self._failure

    def _missing(self) -> int:
        """Return how many workers to start; after a failure none until it is known what becomes of the others."""
        if self._failures and self._starting:
            return 0
        room = self._most - len(self._idle) - len(self._busy) - len(self._starting)
        return min(room, max(self._ready, self._waiting) - len(self._idle) - len(self._starting))

    def _keep(self) -> None:
        while not self._closed:
            self._hire()
            self._welcome()
            self._send_home()
            self._rest(BURIAL_SECONDS if self._bury() else LOOK_SECONDS)
        with self._lock:
            self._ending, self._starting = [*self._ending, *self._starting], []

    def _rest(self, seconds: float) -> None:
        """Wait, so long at most, until there may be something to do."""
        with self._lock:
            if self._closed or self._starting:
                return
            if self._failures:
                pause = min(0.1 * 2**self._failures, LONGEST_PAUSE_SECONDS)
                self._something_to_do.wait_for(lambda: self._closed, pause)
            elif self._missing() <= 0:
                self._something_to_do.wait(seconds)

    def _hire(self) -> None:
        """Start the workers that are missing; they open the release side by side."""
        with self._lock:
            missing = self._missing()
        for _ in range(missing):
            try:
                worker = WorkerProcess(self._fork_server)
            except OSError as error:
                return self._failed(Unavailable(), str(error))
            with self._lock:
                self._starting.append(worker)
                if self._closed:
                    worker.kill()

    def _welcome(self) -> None:
        """Wait for a moment, and let each begin that has opened the release by then."""
        for worker in those_with_news(self._starting, OPENING_SECONDS):
            try:
                complaint = worker.complaint()
            except WorkerGone:
                self._failed(Unavailable(), "a worker ended before it was ready")
                fit = False
            else:
                fit = complaint is None
                if not fit:
                    self._failed(ReleaseBroken(name=self._release), str(complaint))
            with self._lock:
                self._starting.remove(worker)
                if fit and not self._closed:
                    worker.idle_since = time.monotonic()
                    self._idle.append(worker)
                    self._failures, self._failure = 0, None
                else:
                    worker.kill()
                    self._ending.append(worker)
                self._somebody_free.notify_all()

    def _failed(self, failure: SorgenetzError, why: str) -> None:
        with self._lock:
            self._failure = failure
            self._failures = min(self._failures + 1, 10)
            if not self._closed:
                log.error("A query worker could not start: %s", why)
            self._somebody_free.notify_all()

    def _send_home(self) -> None:
        """Let go of workers that died while free, and of the one that has been free for long and is not needed."""
        with self._lock:
            dead = [worker for worker in self._idle if worker.has_ended()]
            if len(self._idle) - len(dead) > self._ready:
                longest = self._idle[0]
                if longest not in dead and time.monotonic() - longest.idle_since > IDLE_SECONDS:
                    dead.append(longest)
            for worker in dead:
                self._idle.remove(worker)
                worker.kill()
            self._ending += dead

    def _bury(self) -> bool:
        """Free what ended workers left; tell whether some have still to end."""
        with self._lock:
            with suppress(OSError):
                self._ending = [worker for worker in self._ending if not worker.is_over()]
            return bool(self._ending or (self._closed and any(not worker.has_ended() for worker in self._busy)))
