"""Work that several processes do: begun in each of them, and over with the one that asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from small_store import is_alive, wait_until

from sorgenetz.processes.side_by_side import processes

KEPT: list[object] = []


def keep(what: object) -> None:
    KEPT.append(what)


def kept(number: int) -> tuple[list[object], int]:
    return KEPT, number


def number_of_this_process(_: int) -> int:
    time.sleep(1)
    return os.getpid()


def test_each_process_begins_with_what_it_is_given() -> None:
    with processes(2, keep, "given") as pool:
        assert list(pool.map(kept, range(4))) == [(["given"], number) for number in range(4)]
    assert KEPT == []


PARENT = """
import test_processes, time
from sorgenetz.processes.side_by_side import processes
if __name__ == "__main__":
    pool = processes(2)
    print(*pool.map(test_processes.number_of_this_process, range(4)), flush=True)
    pool.map(time.sleep, [60] * 4)
    time.sleep(60)
"""


def test_a_parent_that_is_killed_leaves_no_process_behind() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as parent:
        pids = {int(pid) for pid in parent.stdout.readline().split()}
        assert len(pids) == 2 and all(is_alive(pid) for pid in pids)
        parent.send_signal(signal.SIGKILL)
        assert wait_until(lambda: not any(is_alive(pid) for pid in pids), 60)
