"""What cannot be read is told by its likely cause, and what is offered in its place can be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explain.conftest import read_case, what_is_wrong
from sorgenetz.errors import QuerySyntaxError, QueryTimedOut
from sorgenetz.insight.explain.explain import Explanation, explain_error
from sorgenetz.insight.explain.failing import failing
from sorgenetz.insight.explain.reading import how_far, offset, refused
from sorgenetz.insight.explain.words import offer
from sorgenetz.insight.reader import Reader

CASES = sorted((Path(__file__).parent.parent / "cases" / "explain-mistakes").glob("*.rq"))
Explained = Callable[[str], Explanation | None]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_is_named_and_mended(path: Path, explained: Explained, person: Reader) -> None:
    header, query = read_case(path)
    wanted = {name: text.replace("\\n", "\n") for name, text in header.items()}
    found = explained(query)
    assert what_is_wrong(wanted, query, found) == ""
    for one in found.suggestions:
        assert refused(person.engine, one.query) is None
    assert ("mend" in wanted) == bool(found.suggestions)


def test_two_mistakes_are_mended_together_and_each_is_told(explained: Explained, person: Reader) -> None:
    query = "SELECT ?a, ?b WHERE { ?a <urn:b> ?b FILTER(?b == 5) }"
    found = explained(query)
    assert (found.reason, [one.reason for one in found.further]) == ("no-commas", ["other-operator"])
    assert found.suggestions[0].query == "SELECT ?a ?b WHERE { ?a <urn:b> ?b FILTER(?b = 5) }"
    assert offer(person, found.suggestions[0], "en").startswith("Like this: `?a ?b WHERE")


def test_a_query_without_prefixes_and_its_last_brace_is_mended_at_once(explained: Explained, person: Reader) -> None:
    found = explained("SELECT ?i WHERE { ?i a sn:Initiative ; rdfs:label ?l")
    assert [found.reason, *(one.reason for one in found.further)] == ["prefix-missing", "prefix-missing", "not-closed"]
    assert offer(person, found.suggestions[0], "de") == "Mit `PREFIX sn:`, `PREFIX rdfs:` und `}` zusammen."
    assert len(person.engine.rows(found.suggestions[0].query)) > 300


def test_what_a_program_has_not_filled_is_told_and_nothing_is_made_up_for_it(explained: Explained) -> None:
    for gap in ("{year}", "{{ year }}", "${year}", "%s", "%(year)s", "{}", "{year:04d}"):
        found = explained(f"SELECT ?i WHERE {{ ?i <urn:b> {gap} }}")
        assert (found.reason, found.culprit, found.suggestions) == ("placeholder", gap, ())
    assert explained("SELECT ?i WHERE { ?i <urn:b> %i }").reason == "unmarked-variable"


def test_what_cannot_be_read_any_further_is_not_offered(person: Reader) -> None:
    query = "SELECT ?a WHERE { ?a <urn:b> 5 RAMD 7 }"
    error = refused(person.engine, query)
    found = explain_error(person, query, error)
    assert (found.reason, found.culprit, found.suggestions) == ("keyword-misspelt", "RAMD", ())


def test_what_is_not_read_in_time_is_not_offered(person: Reader) -> None:
    numbers = " ".join(map(str, range(300)))
    products = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abcd")
    query = f"ASK {{ {products} FILTER(?a + ?b + ?c + ?d < 0) }}"
    assert isinstance(refused(person.engine, query), QueryTimedOut) and how_far(person.engine, query) == 0


def test_a_fault_in_what_select_names_is_placed_there_and_not_behind_the_end(person: Reader) -> None:
    for query, line in (
        ("SELECT ?i (COUNT(?x) AS ?n)\nWHERE { ?x ?p ?i }\n", 1),
        ("PREFIX a: <urn:a>\nSELECT * WHERE { ?x ?p ?i }\nGROUP BY ?x\n", 2),
    ):
        error = refused(person.engine, query)
        assert (error.details["line"], error.details["column"]) == (line, 1)


def test_the_place_of_a_fault_counts_characters(person: Reader) -> None:
    query = "# äöü 🍏\nSELECT ?größe WHERE {\n ?a ?größe ?b ?c }"
    error = refused(person.engine, query)
    assert isinstance(error, QuerySyntaxError) and query[offset(query, error) :].startswith("?c }")
    assert how_far(person.engine, query) == query.index("?c }") and how_far(person.engine, "ASK {}") == 6


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_queries_that_break_off_anywhere_are_looked_at_without_harm(path: Path) -> None:
    query = read_case(path)[1]
    # Every fifth place is enough where the cases do not begin at the same one.
    for at in range(len(path.stem) % 5, len(query), 5):
        for text in (query[:at], query[at:], query[:at] + "(" + query[at:], query[:at] + "}" + query[at:]):
            error = QuerySyntaxError(line=1, column=min(at, len(text)) + 1, reason="x")
            failing(text, error, lambda _: 0)


LONG = (
    "SELECT " + "?a, " * 3000, "SELECT " + "COUNT(" * 3500, "SELECT ?a {" + "COUNT(?a) " * 1500, "FILTER ?a " * 3500,
    "PREFIX a: <a" * 2000, '"a ' * 3000, "{" * 7000, "VALUES ?a (" * 1900, "WHERE (" * 3900, "UNION ?a " * 3900,
    "DESCRIBE {" * 3900, "SELECT (" * 3900, "SELECT a " * 3900, "?a = NULL " * 2600, "{ LIMIT - 1 , 2 " * 1300,
    "?a BETWEEN 1 " * 2000, "CASE WHEN " * 3900, "{a} " * 2600, "%s " * 3900, "\\n " * 3900, "(?a) DESC " * 1900,
    "JOIN " * 7900,
)  # fmt: skip


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:12])
def test_long_texts_are_looked_at_in_little_time(text: str) -> None:
    began = time.process_time()
    failing(text, QuerySyntaxError(line=1, column=1, reason="x"), lambda _: 0)
    assert time.process_time() - began < 2.0
