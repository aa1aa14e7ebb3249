"""Each check finds what it is for and nothing else, and says so in German and English."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.gate.checks import run_checks
from sorgenetz.library.registry import Library
from sorgenetz.releases.candidate import make_store

CASE = "https://w3id.org/sorgenetz/case#"
FOLDER = Path(__file__).parent / "cases" / "checks"
QUERIES = find_bundle().queries
CHECKS = {check.name: check for check in Library(QUERIES).checks()}


def cases_of(check: str) -> tuple[dict[str, list[ox.Quad]], dict[str, str]]:
    """Return the statements of each case by its name, and the thing that a bad one must name."""
    graphs: dict[str, list[ox.Quad]] = {}
    named = {}
    for quad in ox.parse(path=FOLDER / f"{check}.trig"):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            named[quad.subject.value.removeprefix(CASE)] = quad.object.value
        else:
            graphs.setdefault(quad.graph_name.value.removeprefix(CASE), []).append(quad)
    return graphs, named


def things_found(check: str, statements: list[ox.Quad]) -> set[str]:
    """Return what the check names on a store that holds this one case, in its graph and in the default graph."""
    store = ox.Store()
    store.extend(statements)
    store.extend(ox.Quad(*quad.triple) for quad in statements)
    return {row["thing"].value for row in store.query(CHECKS[check].query)}


ALL = [(check, case) for check in CHECKS if (FOLDER / f"{check}.trig").is_file() for case in cases_of(check)[0]]


def test_every_file_of_cases_belongs_to_a_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.trig")} == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_a_good_and_a_bad_case_and_bad_ones_say_what_must_be_named(check: str) -> None:
    graphs, named = cases_of(check)
    kinds = {case.split("-")[0] for case in graphs}
    assert kinds == {"good", "bad"}
    assert set(named) == {case for case in graphs if case.startswith("bad-")}


@pytest.mark.parametrize(("check", "case"), ALL, ids=["/".join(pair) for pair in ALL])
def test_good_cases_give_nothing_and_bad_ones_name_their_thing(check: str, case: str) -> None:
    graphs, named = cases_of(check)
    found = things_found(check, graphs[case])
    if case.startswith("good-"):
        assert found == set()
    else:
        assert named[case] in found


@pytest.mark.parametrize("check", CHECKS)
def test_messages_are_there_in_both_languages_and_fill(check: str) -> None:
    fields = CHECKS[check].fields
    assert fields["severity"] in ("Violation", "Warning", "Info")
    for language in ("de", "en"):
        words = fields[f"message-{language}"].format(thing="urn:a", value="urn:b")
        assert "urn:a" in words and "{" not in words
    assert fields["message-de"] != fields["message-en"]


def test_a_row_becomes_a_finding_with_its_words(tmp_path: Path) -> None:
    graphs, named = cases_of("circles")
    statements = graphs["bad-part-of-itself"]
    make_store(tmp_path / "store", statements)
    [finding] = [one for one in run_checks(tmp_path / "store", QUERIES) if one.shape.endswith("check/circles")]
    assert finding.blocks and finding.thing == named["bad-part-of-itself"]
    assert finding.thing in finding.text("de") and finding.thing in finding.text("en")


def test_each_check_is_fast_on_the_published_data_and_none_of_them_blocks(published_store: Path) -> None:
    store = ox.Store.read_only(str(published_store))
    remarks = 0
    for check in CHECKS.values():
        began = time.process_time()
        rows = list(store.query(check.query))
        assert time.process_time() - began < 2, check.name
        assert not rows or check.fields["severity"] != "Violation", check.name
        remarks += len(rows)
    assert remarks < 500
