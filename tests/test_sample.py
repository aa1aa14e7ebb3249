"""A draw of statements can be repeated, and shows only what the graph it names really says."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

COMMAND = Path(sys.executable).parent / "sorgenetz"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def sample(home: Path, *words: object, language: str = "de") -> subprocess.CompletedProcess[str]:
    command = [COMMAND, "--home", home, "--language", language, "sample", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)


def drawn(home: Path, *words: object, language: str = "de") -> list[dict[str, str]]:
    done = sample(home, *words, "--format", "csv", language=language)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.fixture(scope="module")
def store(published_store: Path) -> ox.Store:
    return ox.Store.read_only(str(published_store))


def test_the_same_seed_draws_the_same_statements(published_home: Path) -> None:
    first = drawn(published_home, 40, "--seed", 7)
    assert len(first) == 40
    assert first == drawn(published_home, 40, "--seed", 7)
    assert first[:10] == drawn(published_home, 10, "--seed", 7)
    assert first != drawn(published_home, 40, "--seed", 8)


def test_a_draw_without_a_seed_says_the_one_that_repeats_it(published_home: Path) -> None:
    done = sample(published_home, 5, "-f", "csv")
    (seed,) = re.findall(r"--seed (\d+)", done.stderr)
    assert sample(published_home, 5, "-f", "csv", "--seed", seed).stdout == done.stdout
    assert sample(published_home, 5, "-f", "csv").stderr != done.stderr


def test_every_drawn_statement_is_in_the_graph_it_names(published_home: Path, store: ox.Store) -> None:
    rows = drawn(published_home, 300, "--seed", 1)
    assert len({(row["graph"], row["thing"], row["property"], row["value"]) for row in rows}) > 290
    for row in rows:
        said = store.quads_for_pattern(ox.NamedNode(row["thing"]), ox.NamedNode(row["property"]), None,
                                       ox.NamedNode(row["graph"]))  # fmt: skip
        assert row["value"] in {quad.object.value for quad in said}, row
        assert row["sourceName"] and row["address"].startswith("http") and row["confidence"] and row["retrieved"], row


def test_names_come_in_the_language_of_the_command(published_home: Path, store: ox.Store) -> None:
    german, english = (drawn(published_home, 100, "--seed", 3, language=language) for language in ("de", "en"))
    assert [row["value"] for row in german] == [row["value"] for row in english]
    for row in english:
        names = {q.object.value for q in store.quads_for_pattern(ox.NamedNode(row["property"]), LABEL, None, None)
                 if q.object.language == "en"}  # fmt: skip
        assert row["propertyName"] in names
    assert {row["confidenceName"] for row in german} <= {"hoch", "mittel", "gering"}


def test_on_the_terminal_it_is_a_table_with_headings_in_words(published_home: Path) -> None:
    shown = sample(published_home, 3, "--seed", 5).stdout
    assert "Quelle" in shown and "Adresse" in shown
    assert "thingName" not in shown


@pytest.mark.parametrize("number", ["0", "1001", "viele"])
def test_a_number_that_cannot_be_drawn_is_refused_without_a_trace(published_home: Path, number: str) -> None:
    done = sample(published_home, number)
    assert done.returncode == 2 and "Traceback" not in done.stderr
