"""The figures that the service promises, measured on this machine in one run and printed as a Markdown table.

Run it with `make bench-figures`. Everything stays on the loopback address, is bounded, and ends by itself.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

COMMAND = Path(sys.executable).with_name("sorgenetz")
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ONE_THING = "SELECT * { <https://w3id.org/sorgenetz/id/initiative/alia> ?p ?o }"


class Server:
    """`sorgenetz serve` over a home, as people start it."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [COMMAND, "--home", home, "serve", "--port", str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
            # All that is asked here comes from one address.
            env={**os.environ, "SORGENETZ_QUERY_CLIENT_SHARE": "100"},
        )
        self.process.stdout.readline()
        self.started_in = time.perf_counter() - began

    def ask(self, query: str) -> tuple[int, float]:
        """Return status and seconds of one query on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        began = time.perf_counter()
        connection.request(
            "POST",
            "/sparql",
            urlencode({"query": query}),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"},
        )
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, time.perf_counter() - began

    def memory_mb(self) -> tuple[float, float]:
        """Return resident and proportional megabytes of the whole process tree."""
        resident = proportional = 0
        for process in _tree(self.process.pid):
            for line in _lines_of(Path(f"/proc/{process}/smaps_rollup")):
                name, _, rest = line.partition(":")
                resident += int(rest.split()[0]) if name == "Rss" else 0
                proportional += int(rest.split()[0]) if name == "Pss" else 0
        return resident / 1024, proportional / 1024

    def stop(self) -> float:
        """Return the seconds from SIGTERM to the end of the server."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.process.stdout.close()
        return time.perf_counter() - began


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except (ProcessLookupError, FileNotFoundError):
        # A worker that has just ended holds nothing any more.
        return []


def _tree(pid: int) -> list[int]:
    tasks = list(Path(f"/proc/{pid}/task").iterdir()) if Path(f"/proc/{pid}").exists() else []
    children = [child for task in tasks for line in _lines_of(task / "children") for child in line.split()]
    return [pid, *(one for child in set(children) for one in _tree(int(child)))]


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def build(home: Path) -> float:
    began = time.perf_counter()
    subprocess.run([COMMAND, "--home", home, "build"], check=True, capture_output=True)
    return time.perf_counter() - began


def check_seconds(home: Path, *files: str) -> float:
    """Return the seconds of a check of all files, or of `files`, since the release in `home`, if there is one."""
    began = time.perf_counter()
    subprocess.run([COMMAND, "--home", home, "check", *files], check=True, capture_output=True)
    return time.perf_counter() - began


def engine_seconds(home: Path, query: str) -> float:
    """Return the median seconds of the query inside this process and its memory, without server or worker."""
    import pyoxigraph as ox

    from sorgenetz.default_graph import hold_default_graph

    name = (home / "current").read_text().strip()
    store = hold_default_graph(home / "releases" / name / "store", 10**9)
    times = []
    for _ in range(500):
        began = time.perf_counter()
        store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def small_query(server: Server, query: str) -> float:
    """Return the median seconds of the query over one connection that is kept open; no answer is one that is held."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    times = []
    for number in range(500):
        began = time.perf_counter()
        connection.request("GET", f"/sparql?query={quote(f'{query} #{number}')}")
        connection.getresponse().read()
        times.append(time.perf_counter() - began)
    connection.close()
    return statistics.median(times)


def under_runaways(server: Server) -> tuple[list[float], list[tuple[int, float]]]:
    """Return the seconds of many ASK {} while four runaways run, and how each runaway ended."""
    ended: list[tuple[int, float]] = []
    runaways = [threading.Thread(target=lambda: ended.append(server.ask(RUNAWAY))) for _ in range(4)]
    for runaway in runaways:
        runaway.start()
    asked, until = [], time.monotonic() + 9
    while time.monotonic() < until:
        asked.append(server.ask("ASK {}")[1])
        time.sleep(0.02)
    for runaway in runaways:
        runaway.join()
    return asked, ended


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="sorgenetz-bench-"))
    home = folder / "home"
    try:
        rows = [("full build, first release", "< 30 s", f"{build(home):.1f} s")]
        release = json.loads((home / "releases" / (home / "current").read_text().strip() / "manifest.json").read_text())
        rows.append(("build when nothing has changed", "–", f"{build(home):.2f} s"))
        one, since, whole = (
            check_seconds(home, "data/initiatives/alia.trig"), check_seconds(home), check_seconds(folder / "no-home"),
        )  # fmt: skip
        rows += [
            ("check of one file, of all files, since a release", "< 5 s", f"{one:.1f} s, {since:.1f} s"),
            ("check of all files without a release", "< 60 s", f"{whole:.1f} s (since one, 1 : {whole / since:.1f})"),
        ]
        server = Server(home)
        rows.append(("start until it answers", "< 3 s", f"{server.started_in:.2f} s"))
        inside, outside = engine_seconds(home, ONE_THING), small_query(server, ONE_THING)
        rows.append(("one thing, engine alone", "–", f"{inside * 1000:.2f} ms"))
        rows.append(("one thing, over HTTP, beyond the engine", "< 5 ms", f"{(outside - inside) * 1000:.2f} ms"))
        asked, ended = under_runaways(server)
        rows.append(
            ("ASK {} while four runaways run, p50 / p95 / worst", "p95 < 300 ms",
             " / ".join(f"{value * 1000:.0f}" for value in (quantile(asked, 0.5), quantile(asked, 0.95), max(asked)))
             + f" ms ({len(asked)} asked)")
        )  # fmt: skip
        rows.append(
            ("the four runaways end", "503, < 11 s",
             ", ".join(f"{status} at {seconds:.2f} s" for status, seconds in sorted(ended, key=lambda one: one[1])))
        )  # fmt: skip
        resident, proportional = server.memory_mb()
        rows.append(
            ("memory of all processes, resident / proportional", "< 400 MB", f"{resident:.0f} / {proportional:.0f} MB")
        )
        for _ in range(4):
            threading.Thread(target=lambda: _quietly(server), daemon=True).start()
        time.sleep(1)
        rows.append(("SIGTERM to end, in the middle of four runaways", "< 3 s", f"{server.stop():.2f} s"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{date.today()}, {machine}, load {os.getloadavg()[0]:.1f}; {release['quads']:,} statements\n")
    print("| figure | promised | measured |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def _quietly(server: Server) -> None:
    try:
        server.ask(RUNAWAY)
    except (OSError, HTTPException):
        return


if __name__ == "__main__":
    main()
