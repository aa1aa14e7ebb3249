"""Each question stands in the graph, whole and ready to run, and its IRI leads to the page that asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from described import client_of
from flask.testing import FlaskClient

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import GRAPH_QUESTIONS, ONTOLOGY, RDF, RDFS, SCHEMA, SH
from sorgenetz.publishing.questions import EXECUTABLE, question_iri, question_quads

QUESTIONS = Library(find_bundle().queries).questions()
NAMES = [question.name for question in QUESTIONS]
PAGE = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def store(published_store: Path) -> ox.Store:
    return ox.Store.read_only(str(published_store))


@pytest.fixture(scope="module")
def client(published_home: Path) -> Iterator[FlaskClient]:
    with client_of(published_home) as client:
        yield client


def said(store: ox.Store, subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.Literal]:
    return [quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(name), None, ox.DefaultGraph())]


def of_class(store: ox.Store, name: str) -> set[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(name), ox.NamedNode(GRAPH_QUESTIONS))
    return {quad.subject.value for quad in quads}


def test_there_is_one_resource_for_each_file(store: ox.Store) -> None:
    files = {path.stem for path in (find_bundle().queries / "questions").glob("*.rq")}
    wanted = {question_iri(name) for name in files}
    assert of_class(store, SH + "SPARQLExecutable") == wanted
    assert set().union(*(of_class(store, SH + kind) for kind, _ in EXECUTABLE.values())) == wanted


def test_every_form_of_a_question_has_its_place_in_the_graph() -> None:
    assert {question.form for question in QUESTIONS} <= set(EXECUTABLE)
    assert len({quad.subject for quad in question_quads(Library(find_bundle().queries))}) == len(QUESTIONS)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_in_the_graph_says_what_its_file_says_and_runs(store: ox.Store, name: str) -> None:
    subject, question = ox.NamedNode(question_iri(name)), QUESTIONS[NAMES.index(name)]
    for predicate, text in (("label", question.title), ("comment", question.description)):
        texts = {literal.language: literal.value for literal in said(store, subject, RDFS + predicate)}
        assert texts == {"de": text("de"), "en": text("en")}
    assert {literal.value for literal in said(store, subject, SCHEMA + "keywords")} == set(question.tags)
    [query] = said(store, subject, SH + EXECUTABLE[question.form][1])
    assert query.value == question.query
    store.query(query.value)


@pytest.mark.parametrize("name", NAMES)
def test_the_prefixes_it_points_to_are_enough_to_run_it(store: ox.Store, name: str) -> None:
    subject, question = ox.NamedNode(question_iri(name)), QUESTIONS[NAMES.index(name)]
    assert said(store, subject, SH + "prefixes") == [ox.NamedNode(ONTOLOGY)]
    prefixes = {
        said(store, one, SH + "prefix")[0].value: said(store, one, SH + "namespace")[0].value
        for one in said(store, ox.NamedNode(ONTOLOGY), SH + "declare")
    }
    store.query(re.sub(r"(?m)^PREFIX .*$", "", question.query), prefixes=prefixes)


@pytest.mark.parametrize("language", ["de", "en"])
def test_its_iri_leads_people_to_the_page_that_asks_it(client: FlaskClient, language: str) -> None:
    name = NAMES[0]
    headers = {**PAGE, "Accept-Language": language}
    assert client.get(f"/id/question/{name}", headers=headers).headers["Location"] == f"/doc/question/{name}"
    for path in (f"/doc/question/{name}", f"/{language}/question/{name}"):
        answer = client.get(path, headers=headers)
        assert answer.status_code in (301, 303) and answer.headers["Location"] == f"/{language}/questions/{name}"
    page = client.get(f"/{language}/questions/{name}", headers=headers)
    assert page.status_code == 200 and f'href="/doc/question/{name}.ttl"' in page.text


def test_programs_get_it_as_data(client: FlaskClient) -> None:
    answer = client.get(f"/doc/question/{NAMES[0]}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200 and "sh:SPARQLSelectExecutable" in answer.text


def test_a_question_that_there_is_not_is_not_found(client: FlaskClient) -> None:
    for path in ("/id/question/nothing", "/doc/question/nothing", "/de/questions/nothing"):
        assert client.get(path, headers=PAGE).status_code == 404


def test_the_sitemap_names_pages_and_not_addresses_that_lead_elsewhere(client: FlaskClient) -> None:
    text = client.get("/sitemap.xml").text
    assert f"/de/questions/{NAMES[0]}<" in text and "/question/" not in text


def test_the_search_finds_questions(client: FlaskClient) -> None:
    assert "/de/questions/care-roles" in client.get("/de/search?q=Sorgerollen").text
