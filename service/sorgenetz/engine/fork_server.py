"""The process that query workers are copied from (fork): it holds the default graph of one release, and asks nothing.

Started as `python -m sorgenetz.engine.fork_server FD`. A copy is made in milliseconds and shares the memory of the
graph until it touches it. Through FD come one byte with the descriptor of a new worker, answered by the number of its
process, or the number of a worker, answered by how it ended, if it has. It ends when the other side closes FD.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.default_graph import hold_default_graph
from sorgenetz.engine import pipe
from sorgenetz.engine.no_network import deny_network
from sorgenetz.engine.worker import serve

LONGEST_MESSAGE = 64


def main(file_descriptor: int) -> None:
    """Hold the release that the first message names, then start workers until the other side closes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # The parent decides when a worker ends; a signal to the whole group must not take answers with it.
        signal.signal(number, signal.SIG_IGN)
    connection = socket.socket(fileno=file_descriptor)
    sealed = deny_network()
    start, _ = pipe.receive(connection)
    held, complaint = _held(Path(str(start["store"])), int(str(start["held_triples"])))
    # What is there now is shared with every worker, so that no search for garbage goes through it.
    gc.freeze()
    with suppress(ConnectionError):
        pipe.send(connection, {"complaint": complaint})
        while True:
            message, descriptors, _, _ = socket.recv_fds(connection, LONGEST_MESSAGE, 1)
            if not message:
                return
            if descriptors:
                pipe.send(connection, _begin(connection, descriptors[0], start, held, sealed))
            else:
                pipe.send(connection, {"code": _code(int(message))})


def _held(store: Path, most: int) -> tuple[ox.Store | None, str]:
    """Return the graph in memory, and why it is not there when that is a fault."""
    try:
        return hold_default_graph(store, most), ""
    except (OSError, ValueError) as error:
        return None, str(error)


def _begin(
    connection: socket.socket, descriptor: int, start: dict[str, object], held: ox.Store | None, sealed: bool
) -> dict[str, object]:
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError as error:
        os.close(descriptor)
        return {"error": str(error)}
    if pid:
        os.close(descriptor)
        return {"pid": pid}
    try:
        connection.close()
        serve(socket.socket(fileno=descriptor), parent, start, held, sealed)
    finally:
        # Whatever happened, a copy never goes on as the one it was copied from.
        os._exit(0)


def _code(pid: int) -> int | None:
    """Return how the worker ended, as subprocess tells it; None while it runs."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        # It was copied from a fork server before this one, and ended with that.
        return -signal.SIGKILL
    return os.waitstatus_to_exitcode(status) if ended else None


if __name__ == "__main__":
    main(int(sys.argv[1]))
