"""What a process does that evaluates queries: it opens one release, gives up all else, and answers till it is killed.

It is a copy of the fork server. It imports nothing but the standard library and pyoxigraph, cannot open a socket or
start a program from its first step on, no file beyond the tables of its store once it is ready, cannot grow beyond its
bound, and ends when its parent has ended.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import socket
import time
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.engine import pipe
from sorgenetz.engine.evaluate import Bounds, Evaluator, Refused
from sorgenetz.processes.ending import end_with

GRACE_SECONDS = 0.5
# A worker that has held this much more than at its start is replaced, since what it freed may not go back.
RETIRE_AFTER_KB = 256 * 1024
FIRST_TO_GO_WHEN_MEMORY_ENDS = "500"


def serve(
    connection: socket.socket, parent: int, start: dict[str, object], held: ox.Store | None, sealed: bool
) -> None:
    """Answer the messages that come through `connection` until the other side closes it.

    `held` is the default graph in memory; `sealed` tells that the network is out of reach already.
    """
    end_with(parent)
    try:
        store = _open(str(start["store"]))
    except (OSError, ValueError, RuntimeError) as error:
        pipe.send(connection, {"error": "store", "message": str(error)})
        return
    _give_up_everything_else(int(start["memory_bytes"]), _tables(Path(start["store"])) if sealed else 0)
    bounds = Bounds(int(start["result_bytes"]), int(start["result_rows"]), int(start["merged_quads"]))
    evaluator = Evaluator(store, held, dict(start["prefixes"]), bounds)
    pipe.send(connection, {"ready": True})
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            request, query = pipe.receive(connection)
            pipe.send(connection, *_answer(evaluator, request, query.decode("utf-8")))


def _open(path: str) -> ox.Store:
    """Return the store at `path`, after one look into it has opened what it needs."""
    store = ox.Store.read_only(path)
    next(iter(store.quads_for_pattern(None, None, None, None)), None)
    return store


def _tables(store: Path) -> int:
    """Return the number of descriptors that leave room for every table of the store, most of which open when needed."""
    held = max(int(entry.name) for entry in Path("/proc/self/fd").iterdir()) + 1
    return held + sum(1 for _ in store.glob("*.sst"))


def _give_up_everything_else(memory_bytes: int, descriptors: int) -> None:
    """Keep to the memory held now plus `memory_bytes`, and to so many open files; with 0 no further one opens."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO_WHEN_MEMORY_ENDS)
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))


def _answer(evaluator: Evaluator, request: dict[str, object], query: str) -> tuple[dict[str, object], bytes]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    # The parent ends a query in time; should it not, the system does, with a signal that nothing here can miss.
    signal.setitimer(signal.ITIMER_REAL, float(request["seconds"]) + GRACE_SECONDS)
    try:
        header, body = evaluator.answer(query, request["format"], request["dataset"])
    except Refused as refused:
        header, body = {"error": refused.kind}, b""
    except (MemoryError, RecursionError) as error:
        header, body = {"error": type(error).__name__, "retire": True}, b""
    except (SyntaxError, ValueError) as error:
        header, body = {"error": "syntax", "message": str(error)}, b""
    except RuntimeError as error:
        # What the engine notices only while it prepares a query that is written well, such as an unknown function.
        header, body = {"error": "syntax" if "function" in str(error) else "failed", "message": str(error)}, b""
    except Exception as error:
        # Whatever else a query brings about, the worker answers that it failed and goes on to the next.
        header, body = {"error": "failed", "message": str(error)}, b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    header["seconds"] = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if grown > RETIRE_AFTER_KB and "merged" not in header:
        header["retire"] = True
    return header, body
