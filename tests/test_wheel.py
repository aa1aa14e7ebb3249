"""The wheel holds all it needs: installed elsewhere it builds, answers and serves from any folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLAGSHIP = "shown-at-event"


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `sorgenetz` command of a clean environment that knows nothing of the checkout."""
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    into = ("--python", folder / "venv/bin/python", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", *into, "install", "--quiet", "--no-compile", wheel)
    return folder / "venv/bin/sorgenetz"


def clean_environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SORGENETZ_", "PYTHON", "LC_"))}
    return {**kept, "SORGENETZ_HOME": str(home), "LANG": "de_DE.UTF-8"}


def test_the_wheel_holds_authored_files_catalogues_and_the_built_front_end(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "ontology/sorgenetz.ttl",
        "shapes/initiative.ttl",
        "data/places/municipalities.csv",
        "docs/stories/1-fachtag.de.md",
    ):
        assert f"sorgenetz/bundled/{part}" in names
    assert any(name.endswith("de/LC_MESSAGES/messages.mo") for name in names)
    assert "sorgenetz/web/static/built/manifest.json" in names
    assert any(name.endswith(".woff2") for name in names)
    assert not [name for name in names if "node_modules" in name or name.startswith("tests")]


@pytest.mark.timeout(600)
def test_installed_it_builds_a_first_release(installed: Path, tmp_path: Path) -> None:
    bundled = next(installed.parent.parent.glob("lib/python*/site-packages/sorgenetz/bundled"))
    for folder in ("ontology", "shapes", "queries", "data/sources"):
        shutil.copytree(bundled / folder, tmp_path / "files" / folder)
    shutil.copy(bundled / "data" / "sources.ttl", tmp_path / "files" / "data")
    environment = clean_environment(tmp_path / "home")
    built = run(installed, "build", "--from", tmp_path / "files", cwd=tmp_path, env=environment)
    assert "Veröffentlicht: 000001-" in built.stdout


@pytest.mark.timeout(600)
def test_installed_it_holds_the_published_files_answers_and_serves_from_any_folder(
    installed: Path, published_home: Path, tmp_path: Path
) -> None:
    environment = clean_environment(shutil.copytree(published_home, tmp_path / "home"))
    # The release names the sum of all files it was made from: the wheel has the same, byte for byte.
    built = run(installed, "build", cwd=tmp_path, env=environment)
    assert "Nichts geändert; es bleibt bei 000001-" in built.stdout
    answer = run(installed, "query", FLAGSHIP, "--format", "csv", cwd=tmp_path, env=environment)
    assert "Weiherhammer" in answer.stdout and "Köln" in answer.stdout
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [installed, "serve", "--port", str(port)], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert f":{port}/" in server.stdout.readline()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/de/", headers={"Accept": "text/html"})
        page = urllib.request.urlopen(request, timeout=10).read().decode()
        assert "Sorgenetz" in page and "static/built/" in page
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
        server.stdout.close()
