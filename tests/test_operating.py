"""What docs/operating.md tells an operator is so: settings and commands exist, the proxy has room for what is sent."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from sorgenetz.cli.main import main
from sorgenetz.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.S)


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
