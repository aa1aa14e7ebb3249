"""The house stands: imports point down, walls hold, files stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "service" / "sorgenetz"

FLOORS = {
    "errors": 0, "names": 0, "formats": 0, "settings": 0, "bundle": 0, "terms": 0, "processes": 0, "default_graph": 0,
    "text_files": 0,
    "sources": 1, "library": 1, "german": 1, "layout": 1,
    "releases": 2, "gate": 2, "engine": 2,
    "publishing": 3, "insight": 3,
    "web": 4,
    "cli": 5,
}  # fmt: skip
MODULES = sorted(PACKAGE.rglob("*.py"))
# Within a floor a room stands alone; on the ground floor the words build on one another.
GROUND = {room for room, floor in FLOORS.items() if floor == 0}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in MODULES} - {"__init__"} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        target = re.match(r"sorgenetz\.(\w+)", name)
        if not target or target[1] not in FLOORS or target[1] == room:
            continue
        below = FLOORS[target[1]] < FLOORS[room] or {room, target[1]} <= GROUND
        assert below, f"{room} (floor {FLOORS[room]}) imports {name} (floor {FLOORS[target[1]]})"


def test_no_files_import_each_other_in_a_circle() -> None:
    names = {".".join(("sorgenetz", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in MODULES}
    TopologicalSorter(
        {
            name: {known for one in imports_of(path) for known in (one, one.rpartition(".")[0]) if known in names}
            for name, path in names.items()
        }
    ).prepare()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_web_knows_flask(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imports_of(path)}
    assert room_of(path) == "web" or not libraries & {"flask", "flask_babel", "werkzeug", "jinja2"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sparql_stands_in_rq_files_only(path: Path) -> None:
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    query = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b[^.]*\{.*\?\w", re.S)
    assert not [text for text in texts if query.search(text)]


@pytest.mark.parametrize(
    "path",
    [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "service/frontend/scripts").rglob("*.js"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_files_stay_under_250_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 250


def test_the_service_starts_without_rdflib_and_pyshacl() -> None:
    code = "import sys, sorgenetz.web.app, sorgenetz.web.explorer; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_query_worker_starts_with_little() -> None:
    """It is started while others wait for it, so what it loads is time that they wait."""
    code = "import sys, sorgenetz.engine.fork_server; print({'inspect', 'platform', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_nothing_names_a_place_outside_the_project() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("git ls-files did not answer; this test needs the checkout")
    hosts = re.compile(r"registry\.npmjs\.org|files\.pythonhosted\.org|deb\.debian\.org")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in (".woff2", ".png") and path != Path(__file__):
            assert not hosts.search(path.read_text("utf-8", "replace")), name
