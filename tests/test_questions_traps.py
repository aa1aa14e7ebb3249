"""What questions are easily answered wrongly by: other things counted along, two sources in one row, silent gaps."""

from pathlib import Path

import pytest
from test_questions import answer, case_store_of

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import CASE

LIBRARY = Library(find_bundle().queries)


@pytest.fixture(scope="module")
def ask():
    store = case_store_of(Path(__file__).parent / "cases" / "questions" / "traps.trig")

    def ask(name, **values):
        head, rows = answer(store, LIBRARY.question(name), values)
        return [dict(zip(head, row, strict=True)) for row in rows]

    return ask


def pairs(rows, *names):
    return sorted(tuple(row[name] for name in names) for row in rows)


# --- one thing is counted, not others along with it --------------------------------------------------


@pytest.mark.parametrize(
    "question, thing, expected",
    [
        ("barriers-and-their-practices", "barrier", [("barrier:shame", "1")]),
        ("support-forms-and-initiatives", "form", [("support-form:everyday", "1"), ("support-form:visits", "1")]),
        (
            "programmes-and-their-initiatives",
            "programme",
            [("case:anderes", "1"), ("case:programm", "1"), ("case:unterprogramm", "0")],
        ),
    ],
)
def test_where_initiatives_are_counted_programmes_are_not(ask, question, thing, expected):
    assert pairs(ask(question), thing, "initiatives") == expected


# --- what stands in one row comes from one source ----------------------------------------------------


def test_a_figure_has_the_word_and_the_date_of_its_own_source(ask):
    rows = ask("figures-of-a-thing", thing=CASE + "hilfe")
    assert pairs(rows, "value", "qualifier", "asOf") == [("300", "über", "2019"), ("500", "rund", "")]


def test_the_time_of_a_role_is_that_of_one_source(ask):
    rows = ask("roles-of-a-municipality", municipality=CASE + "stadt")
    assert pairs(rows, "start", "end") == [("2009", "2011"), ("2010", "2012")]


def test_a_programme_is_given_no_legal_basis_of_another_one(ask):
    rows = ask("who-funds-what")
    assert pairs(rows, "programme", "law") == [("case:anderes", "case:gesetz"), ("case:programm", "")]


# --- what is there is not left out -------------------------------------------------------------------


def test_the_means_is_told_where_another_source_names_it_than_names_the_barrier(ask):
    barrier = "https://w3id.org/sorgenetz/id/barrier/shame"
    rows = [row for row in ask("practices-for-barrier", barrier=barrier) if row["initiative"] == "case:hilfe"]
    assert pairs(rows, "source", "means") == [("source:one", ""), ("source:two", "Besuche zu Hause")]


def test_funders_without_a_name_are_listed_in_the_words_of_the_source(ask):
    assert {(row["funder"], row["funderName"]) for row in ask("who-funds-what")} == {("", "drei Stiftungen")}


def test_a_broader_problem_holds_the_narrower_ones(ask):
    problem = "https://w3id.org/sorgenetz/id/problem/gap"
    assert pairs(ask("initiatives-for-a-problem", problem=problem), "initiative") == [("case:hilfe",)]


def test_where_a_programme_applies_is_named_if_only_its_place_is_known(ask):
    areas = {row["programme"]: row["areaNames"] for row in ask("programmes-and-their-initiatives")}
    assert areas["case:programm"] == "Stadt"


def test_one_source_of_two_weak_confidences_is_one_weak_source(ask):
    rows = ask("statements-on-one-weak-source", thing=CASE + "hilfe")
    assert [row["confidence"] for row in rows if row["property"] == "sn:activity"] == ["confidence:medium"]


@pytest.mark.parametrize("area, found", [("stadt", True), ("kreis", True), ("dorf", False), ("landkreis", False)])
def test_a_town_that_is_its_own_kreis_is_found_by_either(ask, area, found):
    assert bool(ask("roles-of-a-municipality", municipality=CASE + area)) == found
    assert pairs(ask("partners-of-a-municipality", municipality=CASE + area), "partner") == [("case:verein",)] * found
