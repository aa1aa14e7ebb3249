"""What is wrong with a query is said at the place where it is wrong, in words a person knows."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import small_store

from sorgenetz.engine.engine import Engine
from sorgenetz.errors import QuerySyntaxError
from sorgenetz.settings import Settings


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = small_store.build(tmp_path_factory.mktemp("syntax"))
    release = SimpleNamespace(name="first", store_path=path)
    engine = Engine(SimpleNamespace(get=lambda: release), Settings(query_workers_idle=1))
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT * {\n  ?s foo:p ?o }", 2, 6, "the prefix foo: is not declared"),
        ("SELECT * { ?s skos:broader ?o }", 1, 15, "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        ("PREFIX a: <a:> SELECT * { ?s a:p/b:p ?o }", 1, 34, "the prefix b: is not declared"),
        ("SELECT * {\n { ?s ?p ?o }", 1, 10, "“{” is not closed"),
        ("SELECT * { ?s ?p 'open }", 1, 18, "“'” is not closed"),
        ('SELECT * {\n ?s ?p """open" }', 2, 8, '“"” is not closed'),
        ("SELECT * {\n  ?s ?p\n}", 2, 3, "a triple needs three parts"),
        ("SELECT * { ?a ?b ?c . ?s ?p . ?x ?y ?z }", 1, 23, "a triple needs three parts"),
        ("SELECT * { ?a ?b ?c ; ?d }", 1, 23, "a triple needs three parts"),
        ("SELECT * { ?a ?b ?c ?d ?e ?f }", 1, 21, "a full stop, a semicolon or a bracket is missing before it"),
        ("SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }", None, None, "neither grouped nor aggregated"),
        ("SELECT (?a + 1 AS ?d) { ?a ?b ?c } GROUP BY ?c", 1, 1, "neither grouped nor aggregated"),
        ("SELECT ?a ?a { ?a ?b ?c }", None, None, "names a variable twice"),
        ("SELECT * { ?a ?b ?c } GROUP BY ?a", None, None, "SELECT * is not possible with GROUP BY"),
        ("SELECT * { ?a <rel> ?c }", 1, 15, "incomplete IRI without BASE"),
        ("SELECT *\nFROM <g.ttl> { ?s ?p ?o }", 2, 6, "incomplete IRI without BASE"),
        ("SELECT * {\n <a><b><c> }", 2, 2, "incomplete IRI without BASE"),
        ("SELECT * { ?s <a>/<b> ?o }", 1, 15, "incomplete IRI without BASE"),
        ("PREFIX x: <rel/> SELECT * { ?s x:p ?o }", 1, 11, "incomplete IRI without BASE"),
        ("BASE <rel> SELECT * { ?s <a> ?o }", 1, 6, "incomplete IRI without BASE"),
        ("BASE <http://e/> SELECT * { ?s <a>", 1, 27, "“{” is not closed"),
        ("SELECT * { ?s <http://[g> ?o }", 1, 15, "an invalid IRI"),
        ("SELECT * {\n ?s ?p ?o FILTER(<http://no/such>(?s)) }", 2, 18, "there is no function <http://no/such>"),
        ("PREFIX f: <http://no/> ASK { FILTER(f:such(1)) }", 1, 37, "there is no function <http://no/such>"),
        ("hello", 1, 1, "begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELCT * { ?s ?p ?o }", 1, 1, "begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { OPTIONAL ?a ?b ?c }", 1, 21, "from “?a ?b ?c }” on"),
        ("SELECT * { ?a ?b ?c } LIMIT x", 1, 29, "from “x” on"),
    ],
)
def test_the_place_and_the_words(engine: Engine, query: str, line: int | None, column: int | None, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        engine.answer(query, "json")
    error = raised.value
    assert said in error.text("en")
    assert "expected" not in error.text("en")
    assert error.text("de") != error.text("en")
    if line:
        assert (error.details["line"], error.details["column"]) == (line, column)


def test_words_for_an_error_stay_short(engine: Engine) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        engine.answer("SELECT * { ?s ?p ( " + "1 " * 5000 + " }", "json")
    assert len(raised.value.text("de")) < 400
