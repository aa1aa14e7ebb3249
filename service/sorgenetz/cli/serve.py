"""serve: the web service behind granian, over the current release or over any RDF files."""

from __future__ import annotations

import dataclasses
import errno
import os
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import click

from sorgenetz.bundle import find_bundle
from sorgenetz.cli.main import main, settings_of
from sorgenetz.cli.words import say
from sorgenetz.errors import NoRelease, PortInUse, SorgenetzError
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings


class AddressRefused(SorgenetzError):
    """An address that this machine does not have, or a port that needs more rights; errors.toml has the words."""

    exit_code, code = 3, "address-refused"


def _settings_help() -> str:
    rows = "\n".join(f"  {name} ({default or 'empty'})\n      {text}" for name, default, text in Settings.table())
    return f"\b\nSettings (environment variables, with defaults):\n{rows}"


@main.command(epilog=_settings_help())
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--host", help="Address to listen on (HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (PORT).")
@click.pass_context
def serve(context: click.Context, files: tuple[Path, ...], host: str | None, port: int | None) -> None:
    """Serve the current release, or any RDF FILES the same way; the first release is built if there is none."""
    settings = settings_of(context, host=host, port=port)
    _refuse_taken_port(settings)
    if files:
        from sorgenetz.publishing.plain_files import publish_files

        with tempfile.TemporaryDirectory(prefix="sorgenetz-files-") as folder:
            settings = dataclasses.replace(settings, home=Path(folder))
            publish_files(files, Home(settings.home))
            _run(settings, context.obj["language"])
        return
    try:
        Home(settings.home).current()
    except NoRelease:
        from sorgenetz.cli.publish import publish_bundle

        publish_bundle(context, settings.home, find_bundle())
        # The server begins anew, without the memory that the build took.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    _run(settings, context.obj["language"])


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            refused = PortInUse if error.errno == errno.EADDRINUSE else AddressRefused
            raise refused(host=settings.host, port=settings.port, reason=error.strerror) from error


def _run(settings: Settings, language: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # The server's process reads its settings from the environment again.
    for item in dataclasses.fields(settings):
        os.environ[f"SORGENETZ_{item.name.upper()}"] = str(getattr(settings, item.name))
    server = Granian(
        "sorgenetz.web.serving:served",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        websockets=False,
        workers_kill_timeout=2,
        log_level=LogLevels.error,
        log_access=False,
    )
    _announce_from_aside(settings, language)
    server.serve()


def _announce_from_aside(settings: Settings, language: str) -> None:
    """Leave a short-lived process that says when the server answers.

    No thread may do it: the server forks, and would take along the locks that the thread holds just then.
    """
    if os.fork():
        _bury_children()
        return
    # The child leaves at once, so that its own child is nobody's zombie.
    server = os.getppid()
    if os.fork() == 0:
        _announce(settings, language, server)
    os._exit(0)


def _bury_children() -> None:
    """Free what ended children left, also those from before the server began anew; all of them leave at once."""
    with suppress(ChildProcessError):
        for _ in range(100):
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)


def _announce(settings: Settings, language: str, server: int) -> None:
    import urllib.error
    import urllib.request

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    asked = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)
    # A proxy set in the environment has no part in asking ourselves.
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    for _ in range(300):
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            return
        try:
            with ask(f"http://{asked}:{settings.port}/healthz", timeout=5):
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    else:
        return
    click.echo(say("ready", language, address=f"http://{host}:{settings.port}/"))
    click.echo(say("stop", language))
