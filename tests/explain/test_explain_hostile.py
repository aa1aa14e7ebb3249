"""Explaining is no way to burn the server: bounded in questions, time and number, it refuses what the endpoint does."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sorgenetz.errors import TooManyQueries
from sorgenetz.insight.explain import explain
from sorgenetz.insight.explain.clauses import CLAUSES, OPENING, closing, closings
from sorgenetz.insight.explain.failing import _LONG_PATH
from sorgenetz.insight.explain.forms import FORMS
from sorgenetz.insight.explain.known import Index
from sorgenetz.insight.explain.pasted import PASTED, comments
from sorgenetz.insight.explain.probes import Budget
from sorgenetz.insight.explain.programs import PROGRAMS
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.sql import SQL
from sorgenetz.insight.explain.tokens import MOST_TOKENS, NotReadable, read_all
from sorgenetz.insight.explain.unreadable import MOST_TRIED
from sorgenetz.insight.reader import Reader

EMPTY = "SELECT ?s WHERE { ?s <urn:nobody:says> ?o }"


def status(visitor: FlaskClient, query: str, address: str = "127.0.0.1") -> int:
    path = f"/api/explain?{urlencode({'query': query})}"
    return visitor.get(path, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize("query", ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", " "])
def test_what_the_endpoint_refuses_is_refused(visitor: FlaskClient, query: str) -> None:
    assert status(visitor, query) == 400


def test_what_asks_other_endpoints_is_refused_and_told(visitor: FlaskClient) -> None:
    query = "SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"
    told = visitor.get("/api/explain", query_string={"query": query}).get_json()
    assert (told["reason"], told["error"]["status"], told["suggestions"]) == ("no-service", 400, [])


def test_a_query_that_is_too_long_is_refused(visitor: FlaskClient) -> None:
    assert visitor.post("/api/explain", data={"query": EMPTY + " " * 600_000}).status_code == 413


def test_a_query_is_missing(visitor: FlaskClient) -> None:
    assert visitor.get("/api/explain").status_code == 400


def test_a_deeply_nested_query_is_not_taken_apart(visitor: FlaskClient) -> None:
    deep = "SELECT * WHERE " + "{" * 60 + " ?s <urn:nobody:says> ?o " + "}" * 60
    found = visitor.get(f"/api/explain?{urlencode({'query': deep})}").get_json()
    assert found["reason"] == "not-readable"
    assert found["complete"] is False


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { " + "(" * 5000, "SELECT * WHERE { ?s ?p " + "[ ?p " * 3000, "SELECT * WHERE {" * 2000,
        "PREFIX a:", "SELECT", "SELECT * { VALUES ?x", "SELECT * { ?s ?p", "SELECT * {} VALUES",
        "SELECT * { ?s ^ ?o }", "CONSTRUCT { ?s ?p ?o", "SELECT * { FILTER", "SELECT * { FILTER(?x &&", "BASE", "ASK {",
        "SELECT * { ?s ?p ?o . " * 500, '"' * 999, "SELECT * { << ?s ?p ?o >> ?q ?r }", "a" * 100_000, "\\u0000", "[]",
    ],
)  # fmt: skip
def test_nonsense_is_not_readable_and_breaks_nothing(text: str) -> None:
    with pytest.raises(NotReadable):
        read_sketch(text)


def test_no_more_questions_are_asked_than_the_budget_has(person: Reader) -> None:
    patterns = " ".join(f"?s <urn:nobody:says:{number}> ?o{number} ." for number in range(200))
    found = explain.explain_empty(person, f"SELECT * WHERE {{ {patterns} }}", None, Budget(3, 120.0, 60.0))
    assert found.probes <= 3
    assert not found.complete


def test_several_mistakes_are_mended_out_of_one_budget(person: Reader) -> None:
    query = (
        "PREFIX sn: <https://w3id.org/sorgenetz/ontology#>"
        "SELECT * { ?i a sn:Initative ; sn:locatdIn ?m . ?m sn:popullation ?p FILTER(?p > '1000') }"
    )
    patient = Budget(60, 120.0, 60.0)
    assert len(explain.explain_empty(person, query, None, patient).further) == 3
    for probes in range(2, 16):
        found = explain.explain_empty(person, query, None, Budget(probes, 120.0, 60.0))
        assert found.reason in ("unknown-class", "no-match", "not-found")
        assert found.probes <= probes
        assert not found.complete


def test_a_budget_without_time_asks_nothing(person: Reader) -> None:
    found = explain.explain_empty(person, EMPTY, None, Budget(60, 0.0))
    assert found.probes == 0
    assert not found.complete


def test_a_question_that_takes_too_long_leaves_the_explanation_open(person: Reader) -> None:
    heavy = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = 'x') }"
    found = explain.explain_empty(person, heavy, None, Budget(60, 4.0, 0.3))
    assert not found.complete


def test_no_more_than_two_queries_are_explained_at_once(person: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(explain.AT_ONCE):
        assert explain._places.acquire(timeout=60)
    try:
        with pytest.raises(TooManyQueries):
            explain.explain_empty(person, EMPTY)
    finally:
        for _ in range(explain.AT_ONCE):
            explain._places.release()


def test_ten_at_once_are_explained_or_told_to_wait_and_no_place_is_lost(served: Flask, person: Reader) -> None:
    with ThreadPoolExecutor(10) as many:
        found = list(many.map(lambda one: status(served.test_client(), EMPTY, f"192.0.2.{one}"), range(10)))
    assert set(found) <= {200, 503}
    assert explain._places._value == explain.AT_ONCE
    assert explain.explain_empty(person, EMPTY, None, Budget(seconds=120.0)).reason == "unknown-property"


@pytest.mark.parametrize("piece", ['\\"', "a.", "a-", "a:", "<a", '""\\', "'''", "_:a.", "?", "1.", "{"])
@pytest.mark.parametrize("length", [90_000, 500_000])
def test_a_long_text_is_looked_at_in_no_time_whatever_it_holds(piece: str, length: int) -> None:
    began = time.process_time()
    for start in ('"', "SELECT * { ?s "):
        text = start + piece * (length // len(piece))
        with suppress(NotReadable):
            read_all(text)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("sign", ["/* ", "<!-- ", "-- ", "// "])
def test_comments_without_end_are_looked_for_in_no_time(sign: str) -> None:
    query = "SELECT * { " + sign * 1500 + "\n#" + "x" * 80_000
    tokens, began = read_all(query), time.process_time()
    list(comments(query, tokens, 0))
    assert time.process_time() - began < 1


def test_a_name_that_nobody_could_mean_is_compared_with_none() -> None:
    known = Index({f"https://x.example/name{number}": 1 for number in range(10_000)}, {})
    began = time.process_time()
    assert known.near("https://x.example/" + "name" * 20_000) == []
    assert known.near("https://x.example/nome7")
    assert time.process_time() - began < 1


def test_a_path_with_much_room_in_it_is_judged_in_no_time() -> None:
    began = time.process_time()
    assert not _LONG_PATH.search("(<urn:a>*" + " " * 90_000 + "/<urn:b>)") and _LONG_PATH.search("(<urn:a>* ) ")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("piece", "tokens"),
    [(" ", 0), ("BIND(", 2), ("?a ) BETWEEN ", 3), ("?a BETWEEN 1 AND f(", 6), ("COUNT(?a ", 3), ("?a ) DESC ", 3),
     ("/* ", 2)],
)  # fmt: skip
def test_no_mistake_is_looked_for_from_end_to_end_again_and_again(piece: str, tokens: int) -> None:
    text = "SELECT \\n" + piece * ((MOST_TOKENS - 20) // tokens if tokens else 90_000) + "x"
    read, began = read_all(text), time.process_time()
    for finder in (*PROGRAMS, *PASTED, *SQL, *FORMS, *CLAUSES):
        list(islice(finder(text, read, 20), MOST_TRIED))
    assert time.process_time() - began < 2


def test_all_brackets_are_closed_where_each_of_them_is() -> None:
    for text in ("SELECT (COUNT(?a) AS ?n) { ?a ?b [ ?c ( 1 2 ) ] . { ", "} ( { ) ] ((", ""):
        tokens = read_all(text)
        opened = [at for at, token in enumerate(tokens) if token.kind == "sign" and token.text in OPENING]
        assert closings(tokens) == {at: closing(tokens, at) for at in opened}
