"""What the tests share: a published release of a small world, the application over it, and a real server."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from site_pages import SitePages

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

CASES = Path(__file__).parent / "cases"
GRANIAN = ("--interface", "asgi", "--factory", "--no-ws", "--workers-kill-timeout", "2",
           "--log-level", "error")  # fmt: skip

# Where two files of tests run side by side, these do not wait until all others are done. The release that most of them
# ask for is built while one runs that needs none.
LONGEST = [
    Path(__file__).parent / name
    for name in (
        "browser/test_browser_every_page.py", "test_wheel.py", "test_bad_input.py", "test_slow_clients.py",
        "test_check_files.py", "browser/test_browser_tasks.py", "browser/test_browser_local_questions.py",
        "browser/test_browser_local.py", "browser/test_browser_results.py", "browser/test_browser_editor.py",
    )
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path) if item.path in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over a home of its own, in which a release of tests/cases/web is published."""
    folder = tmp_path_factory.mktemp("served")
    ring = folder / "ring.nt"
    names = [f"<urn:ring:{number}>" for number in range(3000)]
    ring.write_text(
        "".join(f"{one} <urn:next> {other} .\n" for one, other in zip(names, names[1:] + names[:1], strict=True))
    )
    home = Home(folder / "home")
    publish_files([*sorted((CASES / "web").glob("*.trig")), ring], home)
    return Settings(home=home.path, query_seconds=5.0, query_kb=64, result_mb=4, answers_warm_seconds=0.0)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application over that release, with its real engine and query workers."""
    application = create_app(settings)
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass(frozen=True)
class LiveServer:
    """A server process and where it listens."""

    process: subprocess.Popen
    host: str
    port: int

    @property
    def address(self) -> str:
        """Return how its addresses begin."""
        return f"http://{self.host}:{self.port}"

    def connect(self) -> HTTPConnection:
        """Return a fresh connection."""
        return HTTPConnection(self.host, self.port, timeout=20)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """Return the answer to one request and its body."""
        connection = self.connect()
        try:
            connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()


def start_server(settings: Settings) -> LiveServer:
    """Start the server on a free port and return it when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    at = replace(settings, host="127.0.0.1", port=port)
    environment = {**os.environ, **{f"SORGENETZ_{k.upper()}": str(v) for k, v in vars(at).items()}}
    command = [Path(sys.executable).with_name("granian"), *GRANIAN, "--host", at.host, "--port", str(port)]
    process = subprocess.Popen([*command, "sorgenetz.web.serving:served"], env=environment)
    server = LiveServer(process, at.host, port)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if server.get("/healthz")[0].status == 200:
                return server
        except OSError:
            pass
        time.sleep(0.05)
    stop_server(server)
    raise RuntimeError("The server did not answer within 30 seconds.")


def stop_server(server: LiveServer) -> None:
    """End the server, kindly first."""
    server.process.terminate()
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(10)


@contextmanager
def serving(settings: Settings) -> Iterator[LiveServer]:
    """Start the server, and end it after this block."""
    server = start_server(settings)
    try:
        yield server
    finally:
        stop_server(server)


@pytest.fixture(scope="session")
def live_server(settings: Settings) -> Iterator[LiveServer]:
    """The service as it runs: a granian process over the same release."""
    with serving(settings) as server:
        yield server


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the first release of the repository's own files, built by the command itself.

    Where tests run side by side, the first process that needs it builds it for all.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    home = folder / "published"
    with (folder / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "current").exists():
            command = [Path(sys.executable).with_name("sorgenetz"), "--home", home, "build"]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1200)
            assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture(scope="session")
def published_settings(published_home: Path) -> Settings:
    """Settings over that release; queries wait long for their turn on a loaded machine."""
    return Settings(home=published_home, query_seconds=60.0, query_queue_seconds=60.0)


@pytest.fixture(scope="session")
def published(published_settings: Settings) -> Iterator[Flask]:
    """The application over that release."""
    application = create_app(published_settings)
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="session")
def published_pages(published: Flask) -> SitePages:
    """The pages of that release by their kinds."""
    return SitePages(published)


@pytest.fixture(scope="session")
def published_store(published_home: Path) -> Path:
    """The store of that release, to be opened read-only."""
    return Home(published_home).current().store_path
