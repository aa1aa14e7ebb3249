"""Which graphs a query is asked of, and that a statement which stands in two of them counts once."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_store
from small_store import EXAMPLE, IN_A, IN_B, IN_BOTH

from sorgenetz.engine.engine import Engine
from sorgenetz.errors import DatasetTooLarge
from sorgenetz.settings import Settings

A, B, NOWHERE = EXAMPLE + "a", EXAMPLE + "b", EXAMPLE + "nowhere"
ONCE = IN_A + IN_B - IN_BOTH
DEFAULT = f"{{ ?s <{EXAMPLE}says> ?o }}"
NAMED = f"{{ GRAPH ?g {DEFAULT} }}"


@pytest.fixture(scope="module", params=["default graph in memory", "all on disk"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = small_store.build(tmp_path_factory.mktemp("dataset"))
    release = SimpleNamespace(name="first", store_path=path)
    held = 100_000 if request.param == "default graph in memory" else 0
    settings = Settings(query_workers_idle=1, merged_graph_quads=40, held_triples=held)
    engine = Engine(SimpleNamespace(get=lambda: release), settings)
    yield engine
    engine.close()


def count(engine: Engine, pattern: str, dataset: tuple | None = None, clauses: str = "") -> int:
    answer = engine.answer(f"SELECT (COUNT(*) AS ?n) {clauses} WHERE {pattern}", "json", dataset)
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def clauses(default: tuple[str, ...], named: tuple[str, ...]) -> str:
    return " ".join([*(f"FROM <{graph}>" for graph in default), *(f"FROM NAMED <{graph}>" for graph in named)])


def test_without_a_dataset_the_default_graph_holds_each_statement_once(engine: Engine) -> None:
    assert count(engine, DEFAULT) == ONCE
    assert count(engine, NAMED) == IN_A + IN_B


@pytest.mark.parametrize("way", ["protocol", "FROM"])
@pytest.mark.parametrize(
    ("default", "named", "in_default", "in_named"),
    [
        ((A,), (), IN_A, 0),
        ((A, A), (), IN_A, 0),
        ((A, B), (), ONCE, 0),
        ((B, A, NOWHERE), (), ONCE, 0),
        ((NOWHERE,), (), 0, 0),
        ((NOWHERE, NOWHERE + "2"), (), 0, 0),
        ((), (A,), 0, IN_A),
        ((), (A, B), 0, IN_A + IN_B),
        ((), (NOWHERE,), 0, 0),
        ((A,), (B,), IN_A, IN_B),
        ((A, B), (B,), ONCE, IN_B),
        ((A, B), (A, B), ONCE, IN_A + IN_B),
    ],
)
def test_statements_are_counted_once_however_the_graphs_are_named(
    engine: Engine, way: str, default: tuple, named: tuple, in_default: int, in_named: int
) -> None:
    given = {"dataset": (default, named)} if way == "protocol" else {"clauses": clauses(default, named)}
    assert count(engine, DEFAULT, **given) == in_default
    assert count(engine, NAMED, **given) == in_named


@pytest.mark.parametrize("in_text", [((A,), (A,)), ((A, B), ()), ((), (A,))])
@pytest.mark.parametrize(
    ("dataset", "in_default", "in_named"),
    [(((B,), ()), IN_B, 0), (((), (B,)), 0, IN_B), (((NOWHERE,), ()), 0, 0), (((A, B), (B,)), ONCE, IN_B)],
)
def test_the_protocol_wins_over_from(
    engine: Engine, in_text: tuple, dataset: tuple, in_default: int, in_named: int
) -> None:
    assert count(engine, DEFAULT, dataset, clauses(*in_text)) == in_default
    assert count(engine, NAMED, dataset, clauses(*in_text)) == in_named


def test_an_empty_dataset_of_the_protocol_leaves_from_in_force(engine: Engine) -> None:
    assert count(engine, DEFAULT, ((), ()), clauses((A,), ())) == IN_A


def test_a_blank_node_of_two_graphs_stays_one_node(engine: Engine) -> None:
    graphs = (EXAMPLE + "blank-1", EXAMPLE + "blank-2")
    assert count(engine, f"{{ ?b <{EXAMPLE}seen-in> ?x, ?y FILTER(?x != ?y) }}", (graphs, ())) == 2
    both = f"{{ ?b <{EXAMPLE}seen-in> ?x GRAPH ?g {{ ?b <{EXAMPLE}seen-in> ?y }} }}"
    assert count(engine, both, (graphs, graphs)) == 4


def test_describe_and_construct_keep_to_the_dataset(engine: Engine) -> None:
    described = engine.answer(f"DESCRIBE <{EXAMPLE}shared/0>", "nt", ((B,), ()))
    assert (described.rows, described.body) == (0, b"")
    built = engine.answer(f"CONSTRUCT WHERE {DEFAULT}", "nt", ((A, B), ()))
    assert built.rows == ONCE == built.body.count(b"\n")


def test_graphs_too_large_to_merge_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = small_store.build(tmp_path)
    release = SimpleNamespace(name="first", store_path=path)
    engine = Engine(SimpleNamespace(get=lambda: release), Settings(query_workers_idle=1, merged_graph_quads=17))
    try:
        with pytest.raises(DatasetTooLarge) as raised:
            count(engine, DEFAULT, ((A, B), ()))
        assert raised.value.details == {"limit": 17}
        assert count(engine, DEFAULT, ((A,), ())) == IN_A
    finally:
        engine.close()


def test_merged_graphs_are_forgotten_before_they_outgrow_the_bound(engine: Engine) -> None:
    for _ in range(3):
        assert count(engine, DEFAULT, ((A, B), ())) == ONCE
        assert count(engine, DEFAULT, ((A, NOWHERE), ())) == IN_A
        assert count(engine, DEFAULT, ((A, B), (A,))) == ONCE


def test_names_of_graphs_are_not_remembered(engine: Engine) -> None:
    def ask(number: int) -> None:
        assert count(engine, NAMED, ((), tuple(f"urn:{number}:{at}:{'x' * 1000}" for at in range(100)))) == 0

    ask(0)
    tracemalloc.start()
    try:
        for number in range(1, 31):
            ask(number)
        # All of them together are 3 MB.
        assert tracemalloc.get_traced_memory()[0] < 500_000
    finally:
        tracemalloc.stop()
