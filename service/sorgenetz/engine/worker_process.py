"""One worker process as its parent sees it: start it, ask it, look why it died, end it."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from contextlib import suppress
from threading import Lock

from sorgenetz.engine import pipe
from sorgenetz.engine.fork_server_process import ForkServerProcess
from sorgenetz.engine.spool import Spool
from sorgenetz.errors import QueryFailed, QueryLost, QueryOutOfMemory, QueryTimedOut, QueryTooComplex, SorgenetzError

START_SECONDS = 60.0
DEATH_SECONDS = 5.0
NICE = 10
# A larger buffer would be mapped and given back each time.
_PIECE = 1 << 16
_LOOK_SECONDS = 0.005


class WorkerGone(Exception):
    """The process ended; before a question reached it if `unasked`."""

    def __init__(self, unasked: bool) -> None:
        super().__init__()
        self.unasked = unasked


class WorkerProcess:
    """A worker just started as a copy of the fork server; its first news is a `complaint`, or that it is ready."""

    def __init__(self, fork_server: ForkServerProcess) -> None:
        self._fork_server = fork_server
        self._connection, theirs = socket.socketpair()
        with theirs:
            try:
                self.pid = fork_server.begin(theirs)
            except OSError:
                self._connection.close()
                raise
        self._told = Lock()
        self._code: int | None = None
        self._began = time.monotonic()
        self.merged: set[object] = set()
        self.idle_since = 0.0
        self.is_nice = False

    def is_late(self) -> bool:
        """Tell whether it should have opened the release long ago."""
        return time.monotonic() - self._began > START_SECONDS

    def complaint(self) -> str | None:
        """Return None when the release is open, else what the engine said about it; raises WorkerGone, also if late."""
        try:
            left = max(self._began + START_SECONDS - time.monotonic(), 0.0005)
            header, _ = pipe.receive(self._within(left))
        except (OSError, EOFError) as error:
            raise WorkerGone(unasked=True) from error
        return None if header.get("ready") else str(header.get("message"))

    def ask(self, header: bytes, query: bytes) -> None:
        """Send a question, its header as `pipe.written`; raises WorkerGone when nobody is there to read it."""
        message = pipe.joined(header, query)
        try:
            sent = self._within(0).send(message)
            if sent < len(message):
                self._within(DEATH_SECONDS).sendall(message[sent:])
        except OSError as error:
            raise WorkerGone(unasked=True) from error

    def fileno(self) -> int:
        """Return the descriptor that can be read when something of the answer is there."""
        return self._connection.fileno()

    def come_so_far(self) -> bytes:
        """Return what of the answer is there and was not read before, without waiting; raises WorkerGone."""
        try:
            piece = self._within(0).recv(_PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise WorkerGone(unasked=False) from error
        if not piece:
            raise WorkerGone(unasked=False)
        return piece

    def answer_until(self, moment: float) -> bytes | None:
        """Return the beginning of the answer, or None when `moment` (time.monotonic) has passed; raises WorkerGone."""
        try:
            first = self._within(max(moment - time.monotonic(), 0.0005)).recv(_PIECE)
        except TimeoutError:
            return None
        except OSError as error:
            raise WorkerGone(unasked=False) from error
        if not first:
            raise WorkerGone(unasked=False)
        return first

    def rest(self, first: bytes) -> tuple[dict[str, object], Spool]:
        """Return the header and body that begin with `first`; raises WorkerGone."""
        body = Spool()
        try:
            return pipe.receive_to(self._within(DEATH_SECONDS), first, body), body
        except (OSError, EOFError) as error:
            raise WorkerGone(unasked=False) from error

    def be_nice(self) -> None:
        """Let smaller queries go first; there is no way back, so this worker is replaced after its query."""
        self.is_nice = True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, NICE)
        except OSError:
            return

    def kill(self) -> None:
        """End the process now; nothing that evaluates a query can hold that up."""
        if self._code is None:
            # Its number is its own until its end was told, unless its fork server has ended before it.
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def has_ended(self) -> bool:
        """Tell whether the process has ended."""
        with self._told:
            if self._code is None:
                self._code = self._fork_server.code(self.pid)
        return self._code is not None

    def is_over(self) -> bool:
        """Tell whether the process has ended, and free what it left."""
        if self.has_ended():
            self._connection.close()
            return True
        return False

    def was_killed(self) -> bool:
        """Tell whether somebody else has killed the process."""
        return self._exit_code() == -signal.SIGKILL

    def why_it_ended(self, memory_mb: int, limit_s: float) -> SorgenetzError:
        """Return what a visitor is told of the death of the worker that had their query, with these bounds."""
        code = self._exit_code()
        if code == -signal.SIGALRM:
            # It had no more time, and noticed before its parent did, which can be late on a machine with much to do.
            return QueryTimedOut(limit_s=limit_s)
        if code == -signal.SIGABRT:
            # Rust and C++ give up like this when memory is refused.
            return QueryOutOfMemory(limit_mb=memory_mb)
        if code in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL):
            # The stack ended: the parser descends once for each level of nesting.
            return QueryTooComplex()
        return QueryLost() if code < 0 else QueryFailed()

    def _within(self, seconds: float) -> socket.socket:
        """Return the connection, on which nothing takes longer from now on; saying so costs a call of the system."""
        if self._connection.gettimeout() != seconds:
            self._connection.settimeout(seconds)
        return self._connection

    def _exit_code(self) -> int:
        end = time.monotonic() + DEATH_SECONDS
        while not self.has_ended():
            if time.monotonic() > end:
                self.kill()
            time.sleep(_LOOK_SECONDS)
        assert self._code is not None
        return self._code


def those_with_news(workers: list[WorkerProcess], wait_s: float) -> list[WorkerProcess]:
    """Return those of the `workers` that have said something, or ended, or are late; wait for the first so long."""
    looks = select.poll()
    by_number = {worker.fileno(): worker for worker in workers}
    for number in by_number:
        looks.register(number, select.POLLIN)
    heard = {number for number, _ in looks.poll(wait_s * 1000)} if by_number else set()
    return [worker for number, worker in by_number.items() if number in heard or worker.is_late()]
