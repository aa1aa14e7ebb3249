"""The README says what is so: its settings are the settings, its dependencies the dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sorgenetz.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def settings_table() -> str:
    rows = "".join(f"| `{name}` | {default or '(empty)'} | {text} |\n" for name, default, text in Settings.table())
    return f"| variable | default | meaning |\n|---|---|---|\n{rows}"


def test_the_table_of_settings_is_the_settings() -> None:
    shown = re.search(r"<!-- settings: .*? -->\n(.*?)<!-- /settings -->", README, re.S)
    assert shown and shown[1] == settings_table(), f"Put this between the marks:\n{settings_table()}"


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    table = README[README.index("## Dependencies") : README.index("## Settings")].lower()
    missing = [name for name in (re.split(r"[<>=]", item)[0] for item in named) if name.lower() not in table]
    assert missing == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    for page in (README, (ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page):
            assert (ROOT / target).exists(), target
