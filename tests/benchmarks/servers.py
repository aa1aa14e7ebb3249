"""The servers that are compared: each is given the same triples, listens on the loopback address, and is ended."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

LOCAL = "127.0.0.1"
START_SECONDS = 900
VIRTUOSO_INI = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = {sql_port}
DirsAllowed = {folder}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = {port}
ServerThreads = 16
[SPARQL]
ResultSetMaxRows = 10000000
"""


@dataclass(frozen=True)
class Kind:
    """A server that can be compared; `prepare` loads the triples, `command` starts it."""

    name: str
    path: str
    command: Callable[[Path, int], list[str]]
    prepare: Callable[[Path, Path, int], None] = lambda triples, folder, port: None
    environment: dict[str, str] = field(default_factory=dict)
    most_triples: int = 10**9


def kinds(home: Path, tools: Path, fuseki: Path | None) -> Iterator[Kind]:
    """Yield our own server over `home`, and each peer that can be had here."""
    # All is asked by one client here, and nothing is asked ahead while it is measured. As the others, ours may have
    # gigabytes for a larger graph.
    ours = {
        "SORGENETZ_HOME": str(home), "SORGENETZ_QUERY_CLIENT_SHARE": "100", "SORGENETZ_RESULT_ROWS": "1000000",
        "SORGENETZ_ANSWERS_WARM_SECONDS": "0", "SORGENETZ_HELD_TRIPLES": "5000000",
    }  # fmt: skip
    command = str(Path(sys.executable).with_name("sorgenetz"))
    yield Kind("Sorgenetz", "/sparql", lambda folder, port: [command, "serve", "--port", str(port)], environment=ours)
    binaries = _peers_of_python(tools)
    yield Kind(
        "Oxigraph server", "/query",
        lambda folder, port: [f"{binaries}/oxigraph", "serve-read-only", "-l", f"{folder}/store", "-b",
                              f"{LOCAL}:{port}"],
        lambda triples, folder, port: _run(f"{binaries}/oxigraph", "load", "-l", f"{folder}/store", "-f", triples),
    )  # fmt: skip
    if shutil.which("virtuoso-t"):
        yield Kind(
            "Virtuoso 7", "/sparql",
            lambda folder, port: ["virtuoso-t", "-f", "-c", f"{folder}/virtuoso.ini"],
            _load_virtuoso,
        )  # fmt: skip
    if fuseki and shutil.which("java"):
        yield Kind(
            "Fuseki", "/ds/query",
            lambda folder, port: ["java", "-Xmx4g", "-jar", str(fuseki), f"--port={port}", "--localhost",
                                  f"--loc={folder}/tdb", "/ds"],
            lambda triples, folder, port: _run("java", "-Xmx4g", "-cp", fuseki, "tdb2.tdbloader", "--loc",
                                               f"{folder}/tdb", triples),
        )  # fmt: skip
    # It holds all triples as Python objects, and reads them anew at each start.
    yield Kind(
        "rdflib-endpoint", "/",
        lambda folder, port: [f"{binaries}/rdflib-endpoint", "serve", "--host", LOCAL, "--port", str(port),
                              f"{folder}/triples.nt"],
        lambda triples, folder, port: (folder / "triples.nt").symlink_to(triples),
        most_triples=300_000,
    )  # fmt: skip


class Server:
    """One of this kind over what it has loaded into `folder`; it answers at `path` on `port` once it is started."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self._kind = kind
        self._folder = folder
        self.name, self.path, self.port = kind.name, kind.path, free_port()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._kind.command(self._folder, self.port), stdout=log, stderr=log, cwd=self._folder,
                env={**os.environ, **self._kind.environment}, start_new_session=True,
            )  # fmt: skip
        try:
            _wait(self._process, self.port, self.path)
        except RuntimeError:
            self.stop()
            raise

    def restart(self) -> None:
        """Begin it anew over what it has loaded."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End it with all it has started, kindly first."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)


@contextmanager
def running(kind: Kind, triples: Path, folder: Path) -> Iterator[Server]:
    """Load, start, and in the end stop a server; its folder is made and removed."""
    folder.mkdir()
    server = Server(kind, folder)
    try:
        kind.prepare(triples, folder, server.port)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return probe.getsockname()[1]


def _wait(process: subprocess.Popen, port: int, path: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection(LOCAL, port, timeout=60)
            connection.request("GET", f"{path}?query=ASK%20%7B%7D", headers={"Accept": "application/json, */*"})
            if connection.getresponse().status < 500:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise RuntimeError(f"{path} on {port} did not answer.")


def _peers_of_python(tools: Path) -> Path:
    if not (tools / "bin/oxigraph").exists():
        _run(sys.executable, "-m", "venv", tools)
        _run(tools / "bin/python", "-m", "pip", "install", "-q", "oxigraph", "rdflib-endpoint[cli,web]")
    return tools / "bin"


def _load_virtuoso(triples: Path, folder: Path, port: int) -> None:
    sql_port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, port=port, sql_port=sql_port))
    (folder / "data.nt").symlink_to(triples)
    with (folder / "load.log").open("wb") as log:
        process = subprocess.Popen(["virtuoso-t", "-f", "-c", folder / "virtuoso.ini"], stdout=log, stderr=log)
        try:
            _wait(process, port, "/sparql")
            steps = f"ld_dir('{folder}', 'data.nt', 'urn:bench'); rdf_loader_run(); checkpoint; shutdown;"
            subprocess.run(["isql-vt", f"{LOCAL}:{sql_port}", "dba", "dba", f"EXEC={steps}"], check=True,
                           capture_output=True)  # fmt: skip
            process.wait(60)
        finally:
            process.kill()
            process.wait()


def _run(*command: object) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
