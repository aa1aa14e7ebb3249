"""What docs/operating.md tells an operator is so: settings and commands exist, files are read by what they are for."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sorgenetz.cli.main import main
from sorgenetz.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
PATH = f"{os.environ['PATH']}:/usr/sbin"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.S)


def run(*words: object) -> subprocess.CompletedProcess[str]:
    if not shutil.which(str(words[0]), path=PATH):
        pytest.skip(f"{words[0]} is not here")
    environment = {**os.environ, "PATH": PATH}
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, env=environment, check=False)


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"SORGENETZ_[A-Z_]+", PAGE))
    assert named and named <= {name for name, _, _ in Settings.table()}


def test_the_settings_file_is_taken() -> None:
    (block,) = (one for one in blocks("sh") if one.startswith("SORGENETZ_"))
    settings = Settings.from_environment(dict(line.split("=", 1) for line in block.splitlines()))
    assert settings.client_header and settings.client_header in blocks("nginx")[0]


def test_every_command_exists_with_its_options() -> None:
    asked = re.findall(r"(?:bin/|`)sorgenetz ([a-z]+)([^\n`]*)", PAGE)
    assert {name for name, _ in asked} == {"serve", "build", "releases", "rollback", "thin"}
    for name, rest in asked:
        command = main.get_command(None, name)
        assert command, name
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<= )--?[a-z]+", rest)) <= known, name


def test_nginx_has_room_for_what_the_service_takes() -> None:
    (conf,) = blocks("nginx")
    assert int(re.search(r"large_client_header_buffers 4 (\d+)k", conf)[1]) > 64
    assert int(re.search(r"client_max_body_size (\d+)m", conf)[1]) * 1024 > Settings().query_kb


def test_nginx_has_room_for_the_fields_of_a_document(client: FlaskClient) -> None:
    response = client.get("/doc/initiative/alia", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert len(str(response.headers)) < 1024 * int(re.search(r"proxy_buffer_size (\d+)k", blocks("nginx")[0])[1])


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = (
        blocks("nginx")[0].replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/log/nginx", str(tmp_path))
    )
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}}}\n")
    done = run("nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf")
    assert done.returncode == 0, done.stderr


def test_caddy_reads_its_file(tmp_path: Path) -> None:
    (tmp_path / "Caddyfile").write_text(blocks("caddy")[0])
    done = run("caddy", "adapt", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile")
    assert done.returncode == 0 and "127.0.0.1:8000" in done.stdout, done.stderr


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    # Who runs the tests has no such program and user.
    unit = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", blocks("ini")[0])
    (tmp_path / "sorgenetz.service").write_text(unit)
    done = run("systemd-analyze", "verify", "--man=no", tmp_path / "sorgenetz.service")
    assert "Unknown" not in done.stderr and "Failed to parse" not in done.stderr, done.stderr
