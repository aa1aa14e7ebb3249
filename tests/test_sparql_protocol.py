"""The SPARQL 1.1 Protocol, rule by rule: how a query reaches the endpoint, and what is refused."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
SN = "https://w3id.org/sorgenetz/ontology#"
GRAPH = "https://w3id.org/sorgenetz/graph/"
ALIA = "https://w3id.org/sorgenetz/id/initiative/alia"
ACTIVITIES = f"SELECT ?activity WHERE {{ <{ALIA}> <{SN}activity> ?activity }} ORDER BY ?activity"
BY_LITERAL = f'ASK {{ <{ALIA}> <{SN}activity> "Pflege%20heim & mehr" }}'
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def get(client: FlaskClient, query: str, **parameters: object) -> TestResponse:
    return client.get("/sparql?" + urlencode({"query": query, **parameters}, doseq=True))


def post_form(client: FlaskClient, query: str, **parameters: object) -> TestResponse:
    body = urlencode({"query": query, **parameters}, doseq=True)
    return client.post("/sparql", data=body, content_type=FORM)


def post_directly(client: FlaskClient, query: str, **parameters: object) -> TestResponse:
    return client.post("/sparql?" + urlencode(parameters, doseq=True), data=query.encode(), content_type=QUERY)


WAYS = pytest.mark.parametrize("send", [get, post_form, post_directly])


def rows(response: TestResponse) -> list[dict]:
    assert response.status_code == 200, response.text
    return json.loads(response.data)["results"]["bindings"]


def number(response: TestResponse) -> int:
    return int(rows(response)[0]["n"]["value"])


def code(response: TestResponse) -> str:
    """Return which of our errors this problem document is."""
    assert response.mimetype == "application/problem+json", response.text
    return json.loads(response.data)["type"].rpartition("/")[2]


@WAYS
def test_each_way_of_sending_a_query_gives_the_same_answer(client: FlaskClient, send) -> None:
    assert [row["activity"]["value"] for row in rows(send(client, ACTIVITIES))] == [
        "Lesen + Vorlesen",
        "Pflege%20heim & mehr",
    ]


@WAYS
def test_a_literal_with_a_percent_sign_is_matched_as_written(client: FlaskClient, send) -> None:
    assert json.loads(send(client, BY_LITERAL).data)["boolean"] is True


@WAYS
def test_umlauts_arrive_whole(client: FlaskClient, send) -> None:
    query = 'ASK { ?org ?p "Verein für Nachbarschaft"@de }'
    assert json.loads(send(client, query).data)["boolean"] is True


@WAYS
def test_a_statement_of_two_sources_counts_once(client: FlaskClient, send) -> None:
    query = f"SELECT (COUNT(?place) AS ?n) WHERE {{ <{ALIA}> <{SN}locatedIn> ?place }}"
    assert number(send(client, query)) == 1


@WAYS
def test_an_empty_query_is_400(client: FlaskClient, send) -> None:
    response = send(client, " \n ")
    assert (response.status_code, code(response)) == (400, "query-empty")


@WAYS
def test_a_query_that_cannot_be_read_is_400(client: FlaskClient, send) -> None:
    response = send(client, "SELECT ?s WHERE { ?s ?p }")
    assert (response.status_code, code(response)) == (400, "query-syntax")


@WAYS
@pytest.mark.parametrize("update", ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "CLEAR ALL", "DROP SILENT ALL"])
def test_an_update_sent_as_a_query_is_400_and_changes_nothing(client: FlaskClient, send, update: str) -> None:
    before = number(get(client, COUNT))
    response = send(client, update)
    assert (response.status_code, code(response)) == (400, "update-refused")
    assert number(get(client, COUNT)) == before


@WAYS
def test_service_is_refused_with_the_reason(client: FlaskClient, send) -> None:
    response = send(client, "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert (response.status_code, code(response)) == (400, "service-refused")


@pytest.mark.parametrize(
    "arguments",
    [
        {"data": "update=CLEAR+ALL", "content_type": FORM},
        {"data": "CLEAR ALL", "content_type": "application/sparql-update"},
        {"data": "CLEAR ALL", "content_type": "application/sparql-update; charset=utf-8"},
        {"data": "query=ASK+%7B%7D&using-graph-uri=urn:a", "content_type": FORM},
    ],
)
def test_the_update_operation_is_403_in_plain_words(client: FlaskClient, arguments: dict) -> None:
    response = client.post("/sparql", **arguments)
    assert (response.status_code, code(response)) == (403, "update-refused")
    assert "nur zum Lesen" in response.json["detail"]


def test_two_queries_in_the_address_are_400(client: FlaskClient) -> None:
    response = client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D")
    assert (response.status_code, code(response), response.json["count"]) == (400, "query-twice", 2)


def test_two_queries_in_a_form_are_400(client: FlaskClient) -> None:
    response = client.post("/sparql", data="query=ASK%7B%7D&query=ASK%7B%7D", content_type=FORM)
    assert (response.status_code, code(response)) == (400, "query-twice")


@pytest.mark.parametrize(("body", "kind"), [("query=ASK%7B%7D", FORM), ("ASK {}", QUERY)])
def test_a_query_in_the_address_and_in_the_content_is_400(client: FlaskClient, body: str, kind: str) -> None:
    response = client.post("/sparql?query=ASK%7B%7D", data=body, content_type=kind)
    assert (response.status_code, code(response)) == (400, "query-twice")


@pytest.mark.parametrize("path", ["/sparql?default-graph-uri=urn:a", "/sparql?named-graph-uri=urn:a"])
def test_a_dataset_without_a_query_is_400(client: FlaskClient, path: str) -> None:
    assert code(client.get(path)) == "query-missing"


def test_a_form_without_a_query_is_400(client: FlaskClient) -> None:
    response = client.post("/sparql", data="named-graph-uri=urn:a", content_type=FORM)
    assert (response.status_code, code(response)) == (400, "query-missing")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/json", "multipart/form-data; boundary=x", f"{QUERY}; charset=iso-8859-1",
     f"{FORM}; charset=utf-16", ""],
)  # fmt: skip
def test_content_of_another_type_is_415_and_lists_what_is_taken(client: FlaskClient, kind: str) -> None:
    response = client.post("/sparql", data=b"ASK {}", headers={"Content-Type": kind} if kind else {})
    assert (response.status_code, code(response)) == (415, "unsupported-media-type")
    assert FORM in response.json["remedy"] and QUERY in response.json["remedy"]


@pytest.mark.parametrize("kind", [f"{QUERY}; charset=UTF-8", f'{QUERY};charset="utf-8"', QUERY.upper()])
def test_a_query_may_say_that_it_is_utf_8(client: FlaskClient, kind: str) -> None:
    assert client.post("/sparql", data="ASK {}", headers={"Content-Type": kind}).status_code == 200


def test_a_form_may_say_that_it_is_utf_8(client: FlaskClient) -> None:
    response = client.post("/sparql", data="query=ASK%7B%7D", content_type=f"{FORM}; charset=utf-8")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [
        {"method": "GET", "query_string": "query=ASK+%7B+%3Fs+%3Fp+%22%FF%22+%7D"},
        {"method": "POST", "data": b"query=ASK%7B?s?p%22%C3%22%7D", "content_type": FORM},
        {"method": "POST", "data": b'ASK { ?s ?p "\xff" }', "content_type": QUERY},
        {"method": "POST", "data": b"query=\xff", "content_type": FORM},
    ],
)
def test_what_is_not_utf_8_is_400_with_words(client: FlaskClient, arguments: dict) -> None:
    response = client.open("/sparql", **arguments)
    assert (response.status_code, code(response)) == (400, "not-utf-8")
    assert "UTF-8" in response.json["detail"]


def test_a_byte_order_mark_before_a_query_does_no_harm(client: FlaskClient) -> None:
    assert client.post("/sparql", data=b"\xef\xbb\xbfASK {}", content_type=QUERY).status_code == 200


@WAYS
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("name", ["relative/graph", "", "urn:with space", "urn:a> <urn:b"])
def test_a_graph_name_that_is_no_iri_is_400(client: FlaskClient, send, parameter: str, name: str) -> None:
    response = send(client, "ASK {}", **{parameter: name})
    assert (response.status_code, code(response)) == (400, "graph-name")
    assert parameter in response.json["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_and_allow_lists_the_right_ones(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    assert (response.status_code, code(response)) == (405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_head_answers_as_get_without_a_body(client: FlaskClient) -> None:
    path = "/sparql?query=" + quote(ACTIVITIES)
    head, full = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    for field in ("Content-Type", "Content-Length", "ETag", "Vary", "Sorgenetz-Release"):
        assert head.headers[field] == full.headers[field]


def test_head_reports_the_same_errors_as_get(client: FlaskClient) -> None:
    assert client.head("/sparql?query=SELECT").status_code == 400


@pytest.mark.parametrize(("field", "value"), [("query", "#" + "x" * 70_000), ("other", "x" * 70_000)])
def test_a_form_above_the_limit_is_413_and_names_the_limit(client: FlaskClient, field: str, value: str) -> None:
    response = client.post("/sparql", data=urlencode({field: value}), content_type=FORM)
    assert (response.status_code, code(response), response.json["limit_kb"]) == (413, "content-too-large", 64)


def test_a_query_above_the_limit_is_413(client: FlaskClient) -> None:
    response = client.post("/sparql", data="ASK {} #" + "x" * 70_000, content_type=QUERY)
    assert (response.status_code, code(response)) == (413, "content-too-large")


def test_an_address_above_the_limit_is_414(client: FlaskClient) -> None:
    response = client.get("/sparql?query=" + quote("ASK {} #" + "x" * 70_000))
    assert (response.status_code, code(response)) == (414, "content-too-large")


def test_a_preflight_allows_what_a_browser_needs(client: FlaskClient) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options("/sparql", headers=asked)
    assert response.status_code in (200, 204)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert {"GET", "POST"} <= set(response.headers["Access-Control-Allow-Methods"].split(", "))
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=nonsense"])
def test_scripts_of_other_sites_may_read_every_answer(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert {"ETag", "Sorgenetz-Release"} <= set(response.headers["Access-Control-Expose-Headers"].split(", "))
