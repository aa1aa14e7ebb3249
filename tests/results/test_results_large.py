"""A large answer that is asked for as a page or a file is read row by row, never held as a whole."""

from __future__ import annotations

import gc
import json
import tracemalloc
from types import SimpleNamespace

import pytest

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.spool import Spool
from sorgenetz.insight.answers import Whole, ask_for_all
from sorgenetz.insight.results.graphml import MOST_ROWS, graphml
from sorgenetz.insight.results.refusals import NetworkTooLarge

ROWS = 50_000
LITTLE = 3_000_000


def asked() -> Whole:
    content = Spool()
    content.write(b'{"head":{"vars":["a","b"]},"results":{"bindings":[')
    for number in range(ROWS):
        cells = {"a": {"type": "uri", "value": f"urn:{number}"}, "b": {"type": "literal", "value": "x" * 100}}
        content.write(f"{',' if number else ''}{json.dumps(cells)}".encode())
    content.write(b"]}}")
    given = Answer(content, 0.1, "rows", "json", "one")
    reader = SimpleNamespace(engine=SimpleNamespace(answer=lambda *_: given))
    tracemalloc.reset_peak()
    return ask_for_all(reader, "SELECT * { ?a ?p ?b }")


def test_counting_and_reading_takes_little_memory() -> None:
    tracemalloc.start()
    whole = asked()
    assert (whole.total, whole.columns, whole.release, sum(1 for _ in whole.rows())) == (ROWS, ("a", "b"), "one", ROWS)
    assert next(whole.rows(ROWS - 1))[0].value == f"urn:{ROWS - 1}"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < LITTLE, f"{most} bytes for an answer of {len(whole.given.content)}"


def test_a_network_that_is_too_large_is_refused_before_it_is_read() -> None:
    tracemalloc.start()
    with pytest.raises(NetworkTooLarge, match=f"{MOST_ROWS}|20,000"):
        graphml(SimpleNamespace(), asked())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < LITTLE


@pytest.mark.filterwarnings("error")
def test_an_answer_in_a_circle_of_objects_is_closed_without_complaint() -> None:
    circle = SimpleNamespace(content=Spool())
    circle.content.write(b"x")
    circle.itself, circle.file = circle, circle.content.file()
    del circle
    gc.collect()
