"""When the server is told to stop, running queries end at once, so that it can go within its moment of grace."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

_STOP = {signal.SIGTERM, signal.SIGINT}


def call_when_stopped(stop: Callable[[], None]) -> None:
    """Call `stop` in a thread of its own when this process is told to end; call this from the main thread.

    The wakeup descriptor hears of a signal whoever handles it; who was to hear of it before hears of it still.
    """
    hears, tells = socket.socketpair()
    tells.setblocking(False)
    before = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)

    def wait() -> None:
        while tells.fileno() >= 0 and (number := hears.recv(1)):
            if before >= 0:
                with suppress(OSError):
                    os.write(before, number)
            if number[0] in _STOP:
                stop()

    threading.Thread(target=wait, name="stopping", daemon=True).start()
