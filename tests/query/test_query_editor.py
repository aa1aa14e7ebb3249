"""What the editor asks of the service: the words it offers, whether a query can be read, and the ready questions."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Domain
from pages.parsed import Parsed
from pages_release import publish_world
from small_release import small_release

from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app
from sorgenetz.web.tag_words import tag_words

Document = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("editor")
    small_release(folder)
    application = create_app(Settings(home=folder / "home", query_seconds=5.0))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_world(tmp_path_factory.mktemp("editor-world")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def visitor(small: Flask) -> FlaskClient:
    return small.test_client()


def offered(visitor: FlaskClient, kind: str, name: str, language: str = "de") -> dict[str, object]:
    document: Document = visitor.get(f"/{language}/sparql/terms.json").get_json()
    return next(one for one in document[kind] if one["id"] == name)


def faults(visitor: FlaskClient, query: str, language: str = "de") -> list[dict[str, object]]:
    sent = visitor.post(f"/{language}/sparql/check", data=query.encode(), content_type="application/sparql-query")
    assert sent.status_code == 200 and sent.headers["Cache-Control"] == "no-store"
    return sent.get_json()["faults"]


def test_a_property_is_offered_with_label_definition_class_and_scheme_in_the_readers_language(visitor) -> None:
    found = offered(visitor, "properties", "sn:targetGroup")
    assert found["label"] == "Zielgruppe" and "target group" in found["also"] and found["about"].startswith("Ein")
    assert "sn:Initiative" in found["of"], "the shape of initiatives allows it, although this release has none"
    assert offered(visitor, "properties", "sn:targetGroup", "en")["label"] == "target group"


def test_counts_are_those_of_the_description_of_the_release(visitor) -> None:
    found = offered(visitor, "properties", "sn:population")
    assert found["of"]["sn:Municipality"] == 1
    assert offered(visitor, "classes", "sn:Municipality")["count"] == 1


def test_a_class_names_those_above_it_and_a_property_where_it_leads(visitor) -> None:
    assert "sn:Place" in offered(visitor, "classes", "sn:Municipality")["above"]
    assert "sn:Place" in offered(visitor, "properties", "sn:locatedIn")["to"]


def test_concepts_come_with_their_scheme_and_other_names(visitor) -> None:
    found = offered(visitor, "concepts", "barrier:language")
    assert found["scheme"] == "scheme:barriers" and found["label"] and found["also"]


def test_a_property_can_be_found_by_what_its_terms_are_about(world: Flask) -> None:
    found = offered(world.test_client(), "properties", "sn:lowersBarrier")
    assert found["schemes"] == ["scheme:barriers"] and any("Hürden" in text for text in found["topics"])


def test_the_page_of_a_fault_marks_the_place_without_javascript(visitor) -> None:
    answer = visitor.get("/de/sparql?query=SELECT+*+{%0A+?s+?p+.+}")
    assert answer.status_code == 400
    page = Parsed(answer.text)
    assert "Zeile 2, Spalte" in answer.text and page.all("mark")[0].text.startswith((".", "?s"))


def test_what_is_offered_is_one_file_per_release_that_is_sent_once(visitor) -> None:
    first = visitor.get("/en/sparql/terms.json")
    assert first.headers["Sorgenetz-Release"].startswith("000001-")
    again = visitor.get("/en/sparql/terms.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert visitor.get("/de/sparql/terms.json").headers["ETag"] != first.headers["ETag"]


def test_a_missing_prefix_is_found_at_its_place_and_mended(visitor) -> None:
    found = faults(visitor, "SELECT *\nWHERE { ?ä a sn:Initiative }")[0]
    assert (found["line"], found["column"], found["length"]) == (2, 14, 3)
    assert not faults(visitor, found["mended"][0]["query"])


@pytest.mark.parametrize(
    ("query", "line"),
    [("SELEC * {}", 1), ("SELECT * {\n ?s ?p }", 2), ("SELECT * {\n\n", 1), ("INSERT DATA {}", 1)],
)
def test_what_the_engine_cannot_read_is_said_in_both_languages(visitor, query: str, line: int) -> None:
    german, english = faults(visitor, query)[0], faults(visitor, query, "en")[0]
    assert german["line"] == english["line"] == line
    assert german["text"] and english["text"] and german["text"] != english["text"]


def test_every_question_can_be_read_and_a_runaway_is_read_without_being_run(small: Flask, visitor) -> None:
    for question in small.extensions["sorgenetz"].library.questions():
        assert faults(visitor, question.query) == [], question.name
    assert faults(visitor, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }") == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{" * 10_000, b"\x00", b"ASK { ?s ?p '"])
def test_hostile_texts_are_judged_like_others(visitor, body: bytes) -> None:
    sent = visitor.post("/de/sparql/check", data=body, content_type="application/sparql-query")
    assert sent.status_code == 200 and isinstance(json.loads(sent.data)["faults"], list)


def test_a_text_above_the_limit_is_refused(visitor) -> None:
    sent = visitor.post("/de/sparql/check", data=b"x" * 5_000_000, content_type="application/sparql-query")
    assert sent.status_code == 413


def test_a_question_fills_the_editor_with_its_values_and_comes_as_text(visitor) -> None:
    name = "practices-for-barrier"
    page = visitor.get(f"/en/sparql?question={name}&barrier=https://w3id.org/sorgenetz/id/barrier/cost")
    text = visitor.get(f"/en/questions/{name}.rq?barrier=https://w3id.org/sorgenetz/id/barrier/cost")
    area = Parsed(page.text).one("textarea", name="query").text
    assert "barrier/cost" in area and 'VALUES ?language { "en" }' in text.text
    assert text.mimetype == "application/sparql-query" and "barrier/cost" in text.text
    assert visitor.get("/en/sparql?question=no-such").status_code == 404
    assert visitor.get("/en/questions/no-such.rq").status_code == 404


def test_the_page_links_every_question_without_javascript(small: Flask, visitor) -> None:
    html = visitor.get("/de/sparql").text
    for question in small.extensions["sorgenetz"].library.questions():
        assert f'href="/de/sparql?question={question.name}"' in html


def test_what_a_thing_is_called_is_said_and_nothing_is_made_up(world: Flask) -> None:
    client = world.test_client()
    thing = "https://w3id.org/sorgenetz/id/municipality/99001001"
    assert client.get(f"/de/sparql/named?iri={thing}").get_json() == {"label": "Musterdorf", "class": "Gemeinde"}
    assert client.get(f"/en/sparql/named?iri={thing}").get_json()["class"] == "Municipality"
    for unknown in ("", "urn:nobody"):
        assert client.get(f"/de/sparql/named?iri={unknown}").get_json() == {"label": "", "class": ""}
    assert client.get("/de/sparql/named?iri=a%7Db").status_code == 400


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_blank_query_is_told_to_be_empty_and_stays_as_it_was_typed(visitor: FlaskClient, blank: str) -> None:
    for sent in (
        visitor.get("/de/sparql", query_string={"query": blank}),
        visitor.post("/de/sparql", data={"query": blank}),
    ):
        page = Parsed(sent.text)
        assert sent.status_code == 400 and "Die Abfrage ist leer." in page.one("div", role="alert").text
        assert page.one("textarea", id="query").text.strip() == ""
    assert faults(visitor, blank) == []


def test_without_a_script_no_keys_are_promised(world: Flask) -> None:
    page = Parsed(world.test_client().get("/de/sparql").text)
    promised = [one for one in page.all("span") if "Strg+Eingabe" in one.text]
    assert promised and all("hidden" in one.attributes for one in promised)


def test_the_page_translates_a_topic_once_for_each_time_it_shows_it(
    small: Flask, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    translated: list[str] = []
    pgettext = Domain.pgettext

    def counted(domain: Domain, context: str, text: str, **values: object) -> str:
        if context == "tag":
            translated.append(text)
        return pgettext(domain, context, text, **values)

    monkeypatch.setattr(Domain, "pgettext", counted)
    assert tag_words("care role") == "care role"
    assert translated.pop() == "care role" and not translated
    page = Parsed(visitor.get("/de/sparql?question=sources-of-a-thing").text)
    questions = page.one("ul", id="gallery-list").all("li")
    tags = [tag for question in questions for tag in question.attributes["data-tags"].split("|")]
    assert set(tags) <= set(translated) and len(translated) <= len(tags) + 2 * len(set(tags))
