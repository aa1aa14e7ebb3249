"""What the server has freed goes back to the system."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from sorgenetz.web import heap

# Many threads hold something at the same time, and each would have a heap of its own; then malloc tells of all heaps.
THREADS = """
import ctypes, sys, threading
from sorgenetz.web import heap
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
library.malloc_info.argtypes = ctypes.c_int, ctypes.c_void_p
if sys.argv[2] == "set":
    assert heap.give_back_what_is_free()
together = threading.Barrier(12)
def hold():
    together.wait()
    held = [bytes(1000 + n) for n in range(2000)]
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="the C library has no mallopt")
def test_many_threads_share_few_heaps(tmp_path: Path) -> None:
    def heaps(how: str) -> int:
        told = tmp_path / how
        subprocess.run([sys.executable, "-c", THREADS, told, how], check=True)
        return told.read_text().count("<heap nr=")

    assert heaps("set") <= heap.ARENAS < heaps("unset")


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: object())
    assert heap.give_back_what_is_free() is False
