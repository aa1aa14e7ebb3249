"""The fork server of one release as the service sees it: have a worker begun, hear how one ended, end them all."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

from sorgenetz.engine import pipe

# A release of eight million triples is in memory by then.
LOADING_SECONDS = 60.0
_PACKAGES = str(Path(__file__).resolve().parents[2])
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONHOME", "LANG", "TZ")
log = logging.getLogger("sorgenetz.engine")


class ForkServerProcess:
    """The fork server of a release, begun with its first worker, and anew should it have ended; safe to use by threads.

    `start` is what it and its workers are told.
    """

    def __init__(self, start: dict[str, object]) -> None:
        self._start = start
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._closed = False

    def begin(self, theirs: socket.socket) -> int:
        """Return the number of a new worker process with this end of a connection; wait until it can be copied.

        Raises OSError when it cannot be started, and after `close`.
        """
        with self._lock:
            if self._closed:
                raise ConnectionAbortedError("the fork server is closed")
            if self._process is None or self._process.poll() is not None:
                self._launch()
            answer = self._answer_to(b"+", [theirs.fileno()])
        if "error" in answer:
            raise OSError(str(answer["error"]))
        return int(str(answer["pid"]))

    def code(self, pid: int) -> int | None:
        """Return how that worker ended (negative: by this signal), None while it runs; tells the end once.

        Workers end with their fork server.
        """
        with self._lock, suppress(OSError):
            return self._answer_to(str(pid).encode("ascii"), [])["code"]  # type: ignore[return-value]
        return -signal.SIGKILL

    def close(self) -> None:
        """End the process now, and with it, a moment later, every worker that still runs."""
        self._closed = True
        if self._process:
            self._process.kill()
            self._process.wait()
        with self._lock:
            if self._connection:
                self._connection.close()

    def _launch(self) -> None:
        """Start the process, and wait until the release is in memory."""
        if self._connection:
            self._connection.close()
        ours, theirs = socket.socketpair()
        self._connection = ours
        ours.settimeout(LOADING_SECONDS)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "sorgenetz.engine.fork_server", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        if self._closed:
            self._process.kill()
        complaint = self._answer_to(pipe.joined(pipe.written(self._start), b""), [])["complaint"]
        if complaint:
            log.error("The default graph is not held in memory: %s", complaint)

    def _answer_to(self, message: bytes, descriptors: list[int]) -> dict[str, object]:
        """Return what it answers; when it does not, it is ended, and OSError is raised."""
        assert self._connection and self._process
        try:
            socket.send_fds(self._connection, [message], descriptors)
            return pipe.receive(self._connection)[0]
        except (OSError, EOFError) as error:
            # What it might still answer must not be taken for the answer to something else.
            self._process.kill()
            raise ConnectionError("the fork server does not answer") from error


def _environment() -> dict[str, str]:
    """Return the little a worker needs to know, so that no secret of the service is near a query."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    # One arena: its address space then grows with what is used, and the bound counts just that.
    return {**kept, "PYTHONPATH": _PACKAGES, "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
