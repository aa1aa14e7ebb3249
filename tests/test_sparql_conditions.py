"""Conditional requests, packed content, and the address with a slash at its end."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient
from test_sparql_protocol import FORM, QUERY, code

ASK = "query=ASK%7B%7D"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_that_holds_the_answer_is_told_304(client: FlaskClient, form: str) -> None:
    tag = client.get(f"/sparql?{ASK}").headers["ETag"]
    response = client.get(f"/sparql?{ASK}", headers={"If-None-Match": form.format(tag)})
    assert (response.status_code, response.data) == (304, b"")
    assert (response.headers["ETag"], response.headers["Vary"]) == (tag, "Accept, Accept-Encoding")


def test_a_tag_of_another_answer_brings_the_answer(client: FlaskClient) -> None:
    assert client.get(f"/sparql?{ASK}", headers={"If-None-Match": '"other"'}).json["boolean"] is True


@pytest.mark.parametrize(("query", "status"), [("SELECT", 400), (RUNAWAY, 503)])
def test_an_error_is_told_also_to_one_who_takes_anything(client: FlaskClient, query: str, status: int) -> None:
    """RFC 9110, 13.2.1: a precondition counts only where the answer without it would be 2xx or 412."""
    held = {"If-None-Match": "*"}
    assert client.get("/sparql", query_string={"query": query}, headers=held).status_code == status


@pytest.mark.parametrize(
    ("path", "accept_encoding"),
    [
        (f"/sparql?{ASK}", ""),
        ("/doc/initiative/alia.ttl", ""),
        ("/ontology.ttl", "gzip"),
        ("/de/initiative/alia", ""),
        ("/de/ontology", "gzip"),
        ("/sitemap.xml", ""),
    ],
)
def test_if_match_lets_the_answer_through_that_it_names_and_no_other(
    client: FlaskClient, path: str, accept_encoding: str
) -> None:
    coding = {"Accept-Encoding": accept_encoding}
    tag = client.get(path, headers=coding).headers["ETag"]
    for named in (tag, "*", f'"other", {tag}'):
        assert client.get(path, headers={"If-Match": named, **coding}).status_code == 200, named
    for named in ('"other"', f"W/{tag}"):
        refused = client.get(path, headers={"If-Match": named, **coding})
        assert (refused.status_code, code(refused)) == (412, "precondition-failed"), named
    both = {"If-Match": tag, "If-None-Match": tag, **coding}
    assert client.get(path, headers=both).status_code == 304


def test_a_post_is_answered_whatever_the_client_holds(client: FlaskClient) -> None:
    response = client.post("/sparql", data=ASK, content_type=FORM, headers={"If-None-Match": "*"})
    assert (response.status_code, "ETag" in response.headers) == (200, False)


@pytest.mark.parametrize(("body", "kind"), [(ASK, FORM), ("ASK {}", QUERY)])
def test_a_slash_at_the_end_leads_to_the_endpoint_with_all_that_was_sent(
    client: FlaskClient, body: str, kind: str
) -> None:
    led = client.get(f"/sparql/?{ASK}")
    assert (led.status_code, led.headers["Location"]) == (308, f"/sparql?{ASK}")
    assert client.get("/sparql/").headers["Location"] == "/sparql"
    assert client.post("/sparql/", data=body, content_type=kind, follow_redirects=True).json["boolean"] is True


@pytest.mark.parametrize(("kind", "body"), [(QUERY, "ASK {}"), (FORM, ASK)])
def test_packed_content_is_415_and_told_to_come_as_it_is(client: FlaskClient, kind: str, body: str) -> None:
    packed = gzip.compress(body.encode())
    response = client.post("/sparql", data=packed, content_type=kind, headers={"Content-Encoding": "gzip"})
    assert (response.status_code, response.headers["Accept-Encoding"]) == (415, "identity")
    plain = client.post("/sparql", data=body, content_type=kind, headers={"Content-Encoding": "identity"})
    assert plain.status_code == 200
