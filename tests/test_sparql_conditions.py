"""Conditional requests, and the address with a slash at its end."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from test_sparql_protocol import FORM, QUERY

ASK = "query=ASK%7B%7D"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_that_holds_the_answer_is_told_304(client: FlaskClient, form: str) -> None:
    tag = client.get(f"/sparql?{ASK}").headers["ETag"]
    response = client.get(f"/sparql?{ASK}", headers={"If-None-Match": form.format(tag)})
    assert (response.status_code, response.data) == (304, b"")
    assert (response.headers["ETag"], response.headers["Vary"]) == (tag, "Accept, Accept-Encoding")


def test_a_tag_of_another_answer_brings_the_answer(client: FlaskClient) -> None:
    assert client.get(f"/sparql?{ASK}", headers={"If-None-Match": '"other"'}).json["boolean"] is True


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
