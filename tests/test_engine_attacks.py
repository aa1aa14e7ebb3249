"""Queries written to harm: each meets its error, and the next visitor is answered as ever."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_store
from small_store import CYCLE, EXAMPLE

from sorgenetz.engine.engine import Engine
from sorgenetz.errors import SorgenetzError
from sorgenetz.settings import Settings

ATTACKS = sorted((Path(__file__).parent / "attacks").glob("*.rq"))
# Of those that may time out; whatever ends otherwise has time enough on a loaded machine.
SECONDS, PATIENT_SECONDS = 1.5, 60.0


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = small_store.build(tmp_path_factory.mktemp("attacks"))
    release = SimpleNamespace(name="first", store_path=path)
    limits = Settings(
        query_seconds=PATIENT_SECONDS, query_memory_mb=48, result_mb=4, query_workers=4, query_queue_seconds=30
    )
    engine = Engine(SimpleNamespace(get=lambda: release), limits)
    assert engine.ask("ASK {}")
    yield engine
    engine.close()


def check_end(engine: Engine, query: str, key: str, expected: Collection[str]) -> None:
    """Check that the query ends in one of these ways, and that the next visitor is answered."""
    seconds = SECONDS if "query-timed-out" in expected else PATIENT_SECONDS
    try:
        engine.answer(query, key, deadline_s=seconds)
        found = "answer"
    except SorgenetzError as error:
        found = error.code
    assert engine.ask(f"ASK {{ <{EXAMPLE}node/0> <{EXAMPLE}next> <{EXAMPLE}node/1> }}")
    assert found in expected


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_ends_as_its_file_says(engine: Engine, path: Path) -> None:
    query = path.read_text("utf-8")
    expected = re.match(r"# ends: (.+)", query)[1].split()
    check_end(engine, query, "nt" if "CONSTRUCT" in query else "json", expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * " + "{" * 10_000 + "}" * 10_000, {"query-too-complex"}),
        ("SELECT * " + "{" * 400 + "}" * 400, {"answer"}),
        ("SELECT * " + "{" * 200_000, {"query-too-complex"}),
        ("ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", {"query-too-complex"}),
        ("ASK { FILTER(" + "!" * 50_000 + "1) }", {"query-too-complex"}),
        ("ASK { ?s ?p " + "[ ?p " * 5_000 + "1" + "]" * 5_000 + " }", {"query-too-complex", "query-timed-out"}),
        ("ASK { ?s ?p " + "(" * 5_000 + ")" * 5_000 + " }", {"query-too-complex", "query-timed-out", "answer"}),
        ("ASK { ?s " + "/".join(["<a:p>"] * 5_000) + " ?o }", {"query-too-complex", "query-timed-out"}),
        ("ASK { " + "?s ?p ?o . " * 5_000 + "}", {"query-timed-out"}),
        ("ASK { FILTER(" + "||".join(["?s = 1"] * 20_000) + ") }", {"query-too-complex"}),
        ("SELECT * { VALUES ?s { " + "<a:b> " * 60_000 + "} }", {"answer"}),
        ("ASK { ?s ?p '" + "x" * 500_000, {"query-syntax"}),
        ("\x00\x01\x02", {"query-syntax"}),
        ("ASK { ?s ?p '\x00' }", {"answer"}),
        ("ASK { ?s ?p '\ud800' }", {"query-syntax"}),
        ("", {"query-syntax"}),
    ],
    ids=lambda value: re.sub(r"\W+", " ", value[:30]).strip() if isinstance(value, str) else "",
)
def test_depth_and_length_harm_nobody_else(engine: Engine, query: str, expected: set[str]) -> None:
    check_end(engine, query, "json", expected)


def test_a_path_around_a_cycle_of_3000_nodes_is_answered(engine: Engine) -> None:
    rows = engine.answer(f"SELECT ?b {{ <{EXAMPLE}node/0> <{EXAMPLE}next>+ ?b }}", "tsv").rows
    assert rows == CYCLE
