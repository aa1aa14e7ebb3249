"""Addresses nobody means well: they are 404 or 400 in plain words, and never reach a query."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

HOSTILE = [
    "..", "../../etc/passwd", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5c", "%00", "alia%00.ttl",
    "alia%0d%0aSet-Cookie:%20a=b", "alia%0a", "%0aalia", "%ff%fe", "%c3", "%ed%a0%80", "alia%3E%20%3Curn:x",
    "alia%22", "alia'", "alia%7D", "%7B", "alia%20", "%F0%9F%92%A9", "a" * 5000, "-", "-alia", "alia-", ".ttl", ".",
    "alia.exe", "alia.ttl.ttl", "alia.TTL", "ALIA", "%2F", "alia%2Fx", "alia;x=1", "алиа", "alia%E2%80%8B",
    "<script>", "%3Cscript%3Ealert(1)%3C/script%3E", "*", "alia%",
]  # fmt: skip
PLACES = ["/id/initiative/", "/doc/initiative/", "/graph/", "/id/", "/doc/", "/ontology/", "/ontology."]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_address_is_4xx_in_plain_words(client: FlaskClient, place: str, name: str) -> None:
    for accept in ("text/html", "application/problem+json", "text/plain"):
        response = client.get(place + name, headers={"Accept": accept})
        assert response.status_code in (400, 404, 405), response.status
        assert "Traceback" not in response.text
        assert response.mimetype != "text/html" or "<script>alert" not in response.text
        assert "\r" not in str(response.headers.get("Location", ""))
        assert len(response.data) < 50_000


@given(st.text(max_size=60))
@example("alia\x00")
@example("alia\n")
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_whatever_is_an_error_of_ours(app: Flask, name: str) -> None:
    client = app.test_client()
    for place in ("/id/initiative/", "/doc/barrier/", "/graph/"):
        assert client.get(place + name).status_code in (200, 303, 308, 400, 404, 405)


@pytest.mark.parametrize("address", ["//evil.example/id/initiative/alia", "/%2fevil.example/", "/id//initiative/alia"])
def test_no_address_leads_away_from_here(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    location = response.headers.get("Location", "/")
    assert location.startswith(("/", "http://localhost/")) and not location.startswith("//")


@pytest.mark.parametrize("accept", ["a" * 20_000, ",,,;;;===", "text/html;q=NaN", "*/*;q=1e309", "text/turtle;q=-1",
                                    "\u00ff/\u00ff", "text/", "/", "text/html;q=0.5;q=2", "," * 5000])  # fmt: skip
@pytest.mark.parametrize("address", ["/doc/initiative/alia", "/sparql?query=ASK%7B%7D", "/id/initiative/unknown"])
def test_a_hostile_accept_is_not_an_error_of_ours(client: FlaskClient, address: str, accept: str) -> None:
    assert client.get(address, headers={"Accept": accept}).status_code in (200, 303, 404, 406)


@pytest.mark.parametrize("field", ["Accept-Language", "If-None-Match", "Host", "Content-Type", "X-Forwarded-Host"])
@pytest.mark.parametrize("value", ['"', "\u00ff", "a" * 20_000, ";;;", "W/", "de;q=x", "<>", "a,b", " "])
def test_a_hostile_field_is_not_an_error_of_ours(client: FlaskClient, field: str, value: str) -> None:
    for address in ("/doc/initiative/alia.ttl", "/sparql", "/id/initiative/alia"):
        response = client.get(address, headers={field: value})
        assert response.status_code < 500
        assert "evil" not in response.headers.get("Location", "")


@pytest.mark.parametrize("place", ["/profiles/", "/en/questions/", "/api/questions/"])
def test_a_name_longer_than_a_file_may_have_is_404(client: FlaskClient, place: str) -> None:
    assert client.get(place + "a" * 5000).status_code == 404
