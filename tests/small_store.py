"""A store small enough to build at once and large enough to run away in: 25,000 statements, some in two graphs."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.default_graph import write_default_graph
from sorgenetz.engine.pool import QueryPool
from sorgenetz.settings import Settings

EXAMPLE = "http://example.org/"
CYCLE = 3000
LABELS = 20_000
# Statements of the two graphs that agree in part: 10 and 8, of which 5 are the same.
IN_A, IN_B, IN_BOTH = 10, 8, 5
QUICK = f"ASK {{ <{EXAMPLE}node/0> <{EXAMPLE}next> ?o }}"
LIMITS = Settings(query_seconds=2.0, query_memory_mb=64, result_mb=1, query_workers=8, query_queue_seconds=30.0)


DEFAULT = ox.DefaultGraph()


def node(local: str) -> ox.NamedNode:
    return ox.NamedNode(EXAMPLE + local)


def build(folder: Path, mark: str = "first") -> Path:
    """Return the path of a new store below `folder`; `mark` tells it from another."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    quads = [ox.Quad(node("release"), node("mark"), ox.Literal(mark))]
    for i in range(CYCLE):
        quads.append(ox.Quad(node(f"node/{i}"), node("next"), node(f"node/{(i + 1) % CYCLE}")))
    for i in range(LABELS):
        quads.append(ox.Quad(node(f"thing/{i}"), node("label"), ox.Literal(f"label {i}")))
    for graph, numbers in (("a", range(IN_A)), ("b", range(IN_A - IN_BOTH, IN_A - IN_BOTH + IN_B))):
        for i in numbers:
            quads += [
                ox.Quad(node(f"shared/{i}"), node("says"), ox.Literal(i), where) for where in (node(graph), DEFAULT)
            ]
    blank = ox.BlankNode("both")
    quads += [ox.Quad(blank, node("seen-in"), node(graph), node(graph)) for graph in ("blank-1", "blank-2")]
    store.bulk_extend(quads)
    store.flush()
    del store
    write_default_graph(folder / "store", default_graph(folder / "store"))
    return folder / "store"


def default_graph(store: Path) -> list[ox.Triple]:
    """Return what the default graph of the store says."""
    return [quad.triple for quad in ox.Store.read_only(str(store)).quads_for_pattern(None, None, None, DEFAULT)]


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be read off does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    """Return the processes that this one has started."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return [child for child, parent in parents.items() if parent == pid]


def workers_below(pid: int) -> set[int]:
    """Return the query workers of a service in this process: what its fork servers were copied to."""
    found: set[int] = set()
    for server in children_of(pid):
        # It may end while this looks.
        with suppress(OSError):
            if b"engine.fork_server" in Path(f"/proc/{server}/cmdline").read_bytes():
                found |= set(children_of(server))
    return found


def wait_until(true: object, seconds: float) -> bool:
    """Return whether `true()` became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.01)
    return False


def kill(pid: int) -> None:
    os.kill(pid, 9)


@contextmanager
def pool_of(store: Path, settings: Settings = LIMITS) -> Iterator[QueryPool]:
    """Give a pool over the store that has answered once, and close it afterwards."""
    pool = QueryPool(store, settings)
    try:
        assert wait_until(pool.worker_pids, 60)
        pool.run("ASK {}", "json")
        yield pool
    finally:
        pool.close()
