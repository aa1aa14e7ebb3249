"""The questions: each gives the expected answer on a small invented world, and stays itself with other values."""

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import CASE, GRAPH_DERIVED, PREFIXES

CASES = Path(__file__).parent / "cases" / "questions"
LIBRARY = Library(find_bundle().queries)
VALUES = tomllib.loads((CASES / "values.toml").read_text("utf-8"))
SHORT = {**PREFIXES, "case": CASE}


def case_store_of(path):
    """Return a store as a release has it: named graphs, rules applied, each distinct triple once by default."""
    store = pyoxigraph.Store()
    store.load(path=str(path), format=pyoxigraph.RdfFormat.TRIG)
    everything(store)
    for rule in LIBRARY.derivations():
        derived = pyoxigraph.NamedNode(GRAPH_DERIVED)
        store.extend([pyoxigraph.Quad(*triple, derived) for triple in store.query(rule.text)])
        everything(store)
    return store


def everything(store):
    store.extend([pyoxigraph.Quad(*list(quad)[:3]) for quad in list(store)])


def shown(term):
    if term is None:
        return ""
    if isinstance(term, pyoxigraph.NamedNode):
        for prefix, iri in sorted(SHORT.items(), key=lambda item: -len(item[1])):
            if term.value.startswith(iri):
                return f"{prefix}:{term.value[len(iri) :]}"
        return f"<{term.value}>"
    return "; ".join(sorted(term.value.split("; ")))


def answer(store, question, values):
    solutions = store.query(question.with_values(values))
    head = [variable.value for variable in solutions.variables]
    return head, [[shown(solution[name]) for name in head] for solution in solutions]


@pytest.fixture(scope="module")
def store():
    return case_store_of(CASES / "case.trig")


@pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)
def test_a_question_has_the_expected_answer(store, question):
    with (CASES / f"{question.name}.csv").open(encoding="utf-8", newline="") as file:
        expected_head, *expected = csv.reader(file)
    assert expected, "an expected answer without rows proves nothing"
    head, rows = answer(store, question, VALUES.get(question.name, {}))
    assert head == expected_head
    assert Counter(map(tuple, rows)) == Counter(map(tuple, expected))


def test_each_expected_answer_belongs_to_a_question():
    names = {question.name for question in LIBRARY.questions()}
    assert {path.stem for path in CASES.glob("*.csv")} == names
    assert set(VALUES) <= names


def rows(store, name, **values):
    question = LIBRARY.question(name)
    return answer(store, question, {**VALUES.get(name, {}), **values})[1]


def test_practices_are_found_by_another_barrier_and_in_english(store):
    assert [row[5] for row in rows(store, "practices-for-barrier", barrier="barrier:digital")] == [""]
    assert "advice in 13 languages" in [row[5] for row in rows(store, "practices-for-barrier", language="en")]
    assert rows(store, "practices-for-barrier", barrier="barrier:financial") == []


def test_a_source_is_credited_only_with_what_it_says(store):
    means = {row[6]: row[5] for row in rows(store, "practices-for-barrier")}
    assert means == {"source:case-web": "Beratung in 13 Sprachen", "source:case-press": ""}


def test_a_smaller_circle_holds_fewer_initiatives(store):
    assert rows(store, "near-a-place", kilometres="20") == []
    assert [row[0] for row in rows(store, "near-a-place", kilometres="27.7")] == ["case:kiosk"]


def test_a_kreis_without_initiatives_has_no_answer_to_any_barrier_and_says_so_with_zeros(store):
    found = rows(store, "barriers-without-answer-in-kreis", kreis=CASE + "kreis-leer")
    assert [row[2:] for row in found] == [["0", "0"]] * 3


def test_actors_are_counted_from_the_least_number_asked_for(store):
    assert rows(store, "actors-in-two-or-more-initiatives", least=3) == []
    assert len(rows(store, "actors-in-two-or-more-initiatives", least=1)) == 4


def test_what_connects_finds_that_one_takes_part_in_the_other(store):
    found = rows(store, "what-connects-two-actors", one=CASE + "stiftung", other=CASE + "amt")
    assert [(row[0], row[4], row[7]) for row in found] == [("case:kiosk", "Fördermittelgeber", "Partner")]
    found = rows(store, "what-connects-two-actors", one=CASE + "kiosk", other=CASE + "stiftung")
    assert [(row[0], row[4], row[7]) for row in found] == [("case:kiosk", "", "Fördermittelgeber")]


def test_a_weakly_sourced_statement_that_two_sources_support_is_not_listed(store):
    listed = {row[3] for row in rows(store, "statements-on-one-weak-source", thing=CASE + "laden")}
    assert listed == {"problem:loneliness", "2021"}


@pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)
def test_a_question_stays_within_the_promises_of_its_header(question):
    text = question.query
    assert question.form == "select"
    assert "ORDER BY" in text, "an answer has an order"
    assert "LIMIT" not in text, "an answer is complete"
    assert "SERVICE" not in text.upper(), "an answer needs no other address"
    for language in ("de", "en"):
        assert question.title(language).endswith("?")
        assert question.description(language).endswith(".")
    variables = [variable.value for variable in pyoxigraph.Store().query(question.text).variables]
    for name in variables:
        for language in ("de", "en"):
            assert LIBRARY.heading(name, language) != name, f"columns.toml has no heading for {name}"
    assert len(text.splitlines()) < 80 and max(map(len, text.splitlines())) <= 120
    declared = {line.split()[1].rstrip(":"): line.split()[2].strip("<>")
                for line in text.splitlines() if line.startswith("PREFIX")}  # fmt: skip
    assert declared == {prefix: PREFIXES[prefix] for prefix in declared}


@pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)
def test_the_words_of_a_question_are_the_fields_words(question):
    german = f"{question.title('de')} {question.description('de')}"
    assert "Akteure" not in german and "Barriere" not in german
