"""The end of a process whose parent has ended, however hard that was."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_SECONDS = 0.5
# All that the one who looks needs.
STACK_BYTES = 256 * 1024


def end_with(parent: int) -> None:
    """End this process when `parent` is no longer its parent, also in the middle of its work."""
    before = threading.stack_size(STACK_BYTES)
    threading.Thread(target=_look_after, args=(parent,), daemon=True).start()
    threading.stack_size(before)


def _look_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
