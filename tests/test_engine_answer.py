"""What is known of an answer: its rows, however nasty the texts in them, its formats and its shape."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest
import small_store
from hypothesis import given
from hypothesis import strategies as st
from small_store import EXAMPLE

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.engine import Engine
from sorgenetz.engine.pool import FormatOfOtherQueries
from sorgenetz.errors import ServiceRefused, UpdateRefused
from sorgenetz.settings import Settings
from sorgenetz.terms import iri as iri_term
from sorgenetz.terms import literal

TEXT = st.text(st.sampled_from('ab"\\},{[]:\n\r\té<>&,;') | st.characters(codec="utf-8", exclude_categories=["Cc"]))
ROWS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = small_store.build(tmp_path_factory.mktemp("answers"))
    release = SimpleNamespace(name="first", store_path=path)
    engine = Engine(SimpleNamespace(get=lambda: release), Settings(query_workers_idle=1))
    yield engine
    engine.close()


@given(st.lists(st.tuples(TEXT | st.none(), TEXT), max_size=5), st.sampled_from(sorted(ROWS)))
def test_rows_are_counted_in_every_format_whatever_they_hold(rows: list, key: str) -> None:
    cells = [[json.dumps(text, ensure_ascii=False) if text is not None else "UNDEF" for text in row] for row in rows]
    query = "SELECT ?a ?b { VALUES (?a ?b) {" + " ".join(f"({' '.join(row)})" for row in cells) + "} }"
    body = ox.Store().query(query).serialize(format=ROWS[key])
    assert Answer(body, 0.0, "rows", key).rows == len(rows)


def test_variables_named_like_the_parts_of_a_term_are_variables() -> None:
    query = (
        'SELECT ?type ?value ?bindings { VALUES (?type ?value ?bindings) { (<urn:a> "x"@de UNDEF) (UNDEF 1 <urn:a>) } }'
    )
    body = ox.Store().query(query).serialize(format=ROWS["json"])
    first, second = Answer(body, 0.0, "rows", "json").terms()
    assert (first, second["value"].value) == ({"type": iri_term("urn:a"), "value": literal("x", "de")}, "1")
    # What comes often is held once.
    assert second["bindings"] is first["type"]


def test_a_statement_about_a_statement_shows_as_text() -> None:
    query = 'SELECT ?said { BIND(<<( <urn:a> <urn:b> <<( <urn:c> <urn:d> "e" )>> )>> AS ?said) }'
    body = ox.Store().query(query).serialize(format=ROWS["json"])
    assert Answer(body, 0.0, "rows", "json").terms() == [{"said": literal("urn:a urn:b urn:c urn:d e")}]


@pytest.mark.parametrize("key", sorted(ROWS))
def test_empty_rows_and_no_rows_are_told_apart(engine: Engine, key: str) -> None:
    assert engine.answer("SELECT ?a { }", key).rows == 1
    assert engine.answer("SELECT ?a { FILTER(false) }", key).rows == 0
    assert engine.answer("SELECT ?a { VALUES ?a { 1 UNDEF UNDEF } }", key).rows == 3


@pytest.mark.parametrize(("key", "body"), [("json", b'"boolean":true'), ("xml", b"<boolean>true</boolean>")])
def test_a_yes_or_no_comes_as_json_and_xml(engine: Engine, key: str, body: bytes) -> None:
    answer = engine.answer("ASK {}", key)
    assert body in answer.body
    assert (answer.kind, answer.rows, answer.release) == ("boolean", None, "first")


@pytest.mark.parametrize(
    ("query", "key"),
    [("ASK {}", "csv"), ("SELECT * {}", "ttl"), ("CONSTRUCT WHERE {}", "json"), ("ASK {}", "html"), ("ASK {}", "x")],
)
def test_a_format_that_cannot_carry_the_answer_is_refused(engine: Engine, query: str, key: str) -> None:
    with pytest.raises(FormatOfOtherQueries) as refused:
        engine.answer(query, key)
    assert (refused.value.status, refused.value.code) == (400, "format-of-other-queries")
    assert "SELECT gibt es als JSON" in refused.value.remedy("de") and "no answer" in refused.value.text("en")


@pytest.mark.parametrize(
    ("key", "fmt"),
    [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("rdf", ox.RdfFormat.RDF_XML),
     ("jsonld", ox.RdfFormat.JSON_LD)],
)  # fmt: skip
def test_a_graph_answer_is_a_set_in_every_format(engine: Engine, key: str, fmt: ox.RdfFormat) -> None:
    says = f"<{EXAMPLE}says>"
    answer = engine.answer(f"CONSTRUCT {{ ?s {says} 1 }} WHERE {{ ?s {says} ?o, ?p . VALUES ?x {{ 1 2 3 }} }}", key)
    statements = [quad.triple for quad in ox.parse(io.BytesIO(answer.body), fmt)]
    assert (answer.kind, answer.rows) == ("graph", 13)
    assert len(statements) == len(set(statements)) == 13


def test_turtle_declares_the_prefixes_it_uses_and_no_other(engine: Engine) -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    turtle = engine.answer(f'CONSTRUCT {{ <{skos}a> a <{skos}Concept> ; <{skos}note> "x" }} {{}}', "ttl").body.decode()
    assert "skos:a a skos:Concept" in turtle
    assert turtle.count("@prefix") == 1


def test_the_same_question_gets_the_same_bytes(engine: Engine) -> None:
    query = f"CONSTRUCT WHERE {{ ?s <{EXAMPLE}says> ?o }}"
    assert len({engine.answer(query, "ttl").body for _ in range(5)}) == 1


def test_rows_become_terms(engine: Engine) -> None:
    (row,) = engine.rows('SELECT * { VALUES (?i ?t ?l ?n ?u) { (<a:b> "x" "y"@de 1 UNDEF) } }')
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert row == {
        "i": iri_term("a:b"), "t": literal("x"), "l": literal("y", lang="de"), "n": literal("1", datatype=integer),
    }  # fmt: skip
    assert engine.rows("SELECT ?b { BIND(BNODE() AS ?b) }")[0]["b"].kind == "bnode"


def test_ask_tells_true_from_false(engine: Engine) -> None:
    assert engine.ask("ASK {}") is True
    assert engine.ask("ASK { FILTER(false) }") is False


def test_updates_and_service_are_refused_before_a_worker_sees_them(engine: Engine) -> None:
    before = engine.worker_pids()
    with pytest.raises(UpdateRefused):
        engine.answer("DROP ALL", "json")
    with pytest.raises(ServiceRefused):
        engine.rows("SELECT * { SERVICE <http://127.0.0.1/> {} }")
    assert engine.worker_pids() == before


def test_a_large_answer_arrives_whole(engine: Engine) -> None:
    answer = engine.answer("SELECT * { ?s ?p ?o }", "json")
    assert len(json.loads(answer.body)["results"]["bindings"]) == answer.rows > 20_000
    assert len(answer.body) > 2_000_000


def test_a_store_that_cannot_be_opened_is_told_at_once(tmp_path: Path) -> None:
    from sorgenetz.errors import ReleaseBroken

    (tmp_path / "000007-abc" / "store").mkdir(parents=True)
    release = SimpleNamespace(name="000007-abc", store_path=tmp_path / "000007-abc" / "store")
    engine = Engine(SimpleNamespace(get=lambda: release), Settings())
    try:
        with pytest.raises(ReleaseBroken) as raised:
            engine.ask("ASK {}")
        assert raised.value.details == {"name": "000007-abc"}
    finally:
        engine.close()
