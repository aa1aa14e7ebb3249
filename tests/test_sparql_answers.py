"""What comes back from the endpoint: formats, caching under a moving release, and errors in plain words."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from test_sparql_protocol import ACTIVITIES, ALIA, code, post_form

from sorgenetz.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, ROW_FORMATS, Format
from sorgenetz.settings import Settings

FORMS = {
    "select": (ACTIVITIES, ROW_FORMATS),
    "ask": ("ASK { ?s ?p ?o }", BOOLEAN_FORMATS),
    "construct": (f"CONSTRUCT WHERE {{ <{ALIA}> ?p ?o }}", GRAPH_FORMATS),
    "describe": (f"DESCRIBE <{ALIA}>", GRAPH_FORMATS),
}
OFFERED = [(form, fmt) for form, (_, formats) in FORMS.items() for fmt in formats]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
each_offered = pytest.mark.parametrize(("form", "fmt"), OFFERED, ids=[f"{form}-{fmt.key}" for form, fmt in OFFERED])
each_form = pytest.mark.parametrize("form", FORMS)


def path(form: str, **more: str) -> str:
    extra = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    return f"/sparql?query={quote(FORMS[form][0])}{extra}"


def check_body(form: str, fmt: Format, body: bytes) -> None:
    """Read `body` with a parser of its format and look whether the answer is in it."""
    if form in ("construct", "describe"):
        kind = ox.RdfFormat.from_media_type(fmt.media_type)
        triples = list(ox.parse(body, format=kind))
        assert len(triples) >= 8 and all(triple.subject.value == ALIA for triple in triples)
    elif form == "ask":
        found = json.loads(body)["boolean"] if fmt.key == "json" else ElementTree.fromstring(body)[-1].text == "true"
        assert found is True
    elif fmt.key == "json":
        assert len(json.loads(body)["results"]["bindings"]) == 2
    elif fmt.key == "xml":
        assert len(ElementTree.fromstring(body)[-1]) == 2
    else:
        table = list(csv.reader(io.StringIO(body.decode()), delimiter="," if fmt.key == "csv" else "\t"))
        assert len(table) == 3 and table[0][0].lstrip("?") == "activity"


@each_offered
def test_every_format_offered_is_really_given(client: FlaskClient, form: str, fmt: Format) -> None:
    response = client.get(path(form), headers={"Accept": fmt.media_type})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == fmt.content_type
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    check_body(form, fmt, response.data)


@each_offered
def test_every_format_can_be_asked_for_by_name(client: FlaskClient, form: str, fmt: Format) -> None:
    for name in (fmt.key, fmt.media_type, *fmt.names):
        response = client.get(path(form, format=name), headers={"Accept": "image/png"})
        assert (response.status_code, response.mimetype) == (200, fmt.media_type)


@each_form
@pytest.mark.parametrize("accept", [None, "", "*/*", "application/*;q=0.3, */*;q=0.1"])
def test_a_client_without_a_wish_gets_json_or_turtle(client: FlaskClient, form: str, accept: str | None) -> None:
    response = client.get(path(form), headers={} if accept is None else {"Accept": accept})
    assert response.status_code == 200
    if accept in (None, "", "*/*"):
        assert response.mimetype == FORMS[form][1][0].media_type


def test_weights_decide(client: FlaskClient) -> None:
    accept = "text/csv;q=0.4, application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.5"
    assert client.get(path("select"), headers={"Accept": accept}).mimetype == "application/sparql-results+xml"


@each_form
def test_an_unknown_type_is_406_and_lists_the_formats(client: FlaskClient, form: str) -> None:
    response = client.get(path(form), headers={"Accept": "image/png"})
    assert (response.status_code, code(response)) == (406, "not-acceptable")
    assert response.json["offered"] == [fmt.media_type for fmt in FORMS[form][1]]


@pytest.mark.parametrize(("form", "accept"), [("ask", "text/csv"), ("select", "text/turtle"), ("describe", "text/csv")])
def test_a_type_of_another_query_form_is_406(client: FlaskClient, form: str, accept: str) -> None:
    assert client.get(path(form), headers={"Accept": accept}).status_code == 406


def test_an_unknown_format_name_is_406_and_lists_the_formats(client: FlaskClient) -> None:
    response = client.get(path("select", format="excel"))
    assert (response.status_code, response.json["offered"][0]) == (406, "application/sparql-results+json")


def test_the_same_question_to_the_same_release_is_304(client: FlaskClient) -> None:
    tag = client.get(path("select")).headers["ETag"]
    assert not tag.startswith("W/")
    for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        response = client.get(path("select"), headers={"If-None-Match": held})
        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == tag and response.headers["Vary"] == "Accept, Accept-Encoding"


def test_the_tag_differs_by_format_query_and_dataset(client: FlaskClient) -> None:
    datasets = [path("ask", **{parameter: "urn:a"}) for parameter in ("default-graph-uri", "named-graph-uri")]
    addresses = [path("select"), path("select", format="csv"), path("ask"), *datasets]
    assert len({client.get(address).headers["ETag"] for address in addresses}) == len(addresses)


def test_an_answer_has_to_be_asked_about_again_since_releases_move(client: FlaskClient) -> None:
    response = client.get(path("select"))
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert response.headers["Sorgenetz-Release"].startswith("000001-")


@pytest.mark.parametrize("function", ["RAND()", "UUID()", "STRUUID()", "NOW()"])
def test_an_answer_that_moves_by_itself_is_never_called_unchanged(client: FlaskClient, function: str) -> None:
    response = client.get(f"/sparql?query={quote(f'SELECT ({function} AS ?x) {{}}')}", headers={"If-None-Match": "*"})
    assert response.status_code == 200 and "ETag" not in response.headers


@pytest.mark.parametrize(
    "query", ["CONSTRUCT { [] <urn:p> ?s } WHERE { ?s a ?t }", "SELECT * FROM <urn:a> FROM <urn:b> { GRAPH ?g { } }"]
)
def test_an_answer_that_may_be_written_differently_has_a_weak_tag(client: FlaskClient, query: str) -> None:
    assert client.get(f"/sparql?query={quote(query)}").headers["ETag"].startswith("W/")


def test_a_post_is_never_304(client: FlaskClient) -> None:
    tag = client.get(path("select")).headers["ETag"]
    response = client.post("/sparql", data=ACTIVITIES, content_type="application/sparql-query",
                           headers={"If-None-Match": tag})  # fmt: skip
    assert response.status_code == 200


def test_a_browser_without_a_query_is_led_to_the_query_page(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER, "Accept-Language": "en-GB,en;q=0.9"})
    assert (response.status_code, response.headers["Location"]) == (303, "/en/sparql")
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("accept", ["text/html", BROWSER])
def test_a_browser_with_a_query_is_led_to_the_page_with_the_query(client: FlaskClient, accept: str) -> None:
    response = client.get(path("select"), headers={"Accept": accept, "Accept-Language": "fr"})
    assert response.status_code == 303
    assert response.headers["Location"] == path("select").replace("/sparql", "/de/sparql", 1)


def test_a_browser_that_names_a_format_gets_it(client: FlaskClient) -> None:
    assert client.get(path("select", format="csv"), headers={"Accept": BROWSER}).mimetype == "text/csv"


def test_a_syntax_error_names_line_and_column(client: FlaskClient) -> None:
    response = client.get("/sparql?query=" + quote("SELECT ?s\nWHERE { ?s ?p }"))
    assert (response.status_code, response.json["line"], response.json["column"]) == (400, 2, 9)
    assert "Zeile 2, Spalte 9" in response.json["detail"] and "line 2, column 9" in response.json["detail_en"]


@pytest.mark.parametrize(
    ("language", "word"), [("de", "leer"), ("en-US,en;q=0.8", "empty"), ("fr", "leer"), ("", "leer")]
)
def test_an_error_speaks_the_readers_language(client: FlaskClient, language: str, word: str) -> None:
    response = client.get("/sparql?query=", headers={"Accept-Language": language})
    assert word in response.json["detail"] and response.json["remedy"]
    assert "leer" in response.json["detail_de"] and "empty" in response.json["detail_en"]
    assert "Accept-Language" in response.headers["Vary"] and response.headers["Content-Language"] in ("de", "en")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (BROWSER, "text/html"), ("text/plain", "text/plain"), ("*/*", "application/problem+json"),
        ("text/turtle", "application/problem+json"), ("application/sparql-results+json", "application/problem+json"),
        ("text/csv, text/plain;q=0.1", "text/plain"),
    ],
)  # fmt: skip
def test_an_error_comes_in_the_form_the_program_asked_for(client: FlaskClient, accept: str, kind: str) -> None:
    response = client.get("/sparql?query=", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (400, kind)
    assert "leer" in response.text


def test_a_query_past_its_time_is_503_and_never_a_short_answer(client: FlaskClient, settings: Settings) -> None:
    response = post_form(client, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (response.status_code, code(response)) == (503, "query-timed-out")
    assert response.json["limit_s"] == settings.query_seconds
    assert response.headers["Cache-Control"] == "no-store"


def test_a_result_above_the_limit_is_an_error_and_is_not_cut(client: FlaskClient) -> None:
    response = post_form(client, "SELECT * { ?a <urn:next> ?b . ?c <urn:next> ?d } LIMIT 200000")
    assert (response.status_code, code(response)) in ((400, "result-too-large"), (503, "query-timed-out"))


def test_a_path_around_a_ring_of_3000_is_answered_whole(client: FlaskClient) -> None:
    response = post_form(client, "SELECT (COUNT(?b) AS ?n) { <urn:ring:0> <urn:next>+ ?b }")
    assert response.json["results"]["bindings"][0]["n"]["value"] == "3000"
