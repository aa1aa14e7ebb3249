"""The application as a whole: what every answer carries, and what happens when something is wrong inside."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sorgenetz.errors import known_codes
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

ANSWERS = ["/", "/healthz", "/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=wrong", "/doc/initiative/alia",
           "/id/initiative/alia", "/ontology.ttl", "/nowhere", "/graph/own-pages-high"]  # fmt: skip


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_answer_is_fenced_in(client: FlaskClient, address: str, accept: str) -> None:
    headers = client.get(address, headers={"Accept": accept}).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"] and "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ANSWERS)
def test_no_answer_sets_a_cookie(client: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in client.get(address).headers


def test_importing_the_web_loads_neither_rdflib_nor_pyshacl() -> None:
    code = "import sys, sorgenetz.web.app as app; app.create_app; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_started_application_has_loaded_neither(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from sorgenetz.web.app import create_app;"
        "from sorgenetz.settings import Settings; create_app(Settings(home=Path(sys.argv[1])));"
        "print({'rdflib', 'pyshacl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("code", sorted(known_codes()))
@pytest.mark.parametrize(("accept", "kind"), [("*/*", "application/problem+json"), ("text/html", "text/html")])
def test_the_type_of_every_problem_is_explained_at_its_address(
    client: FlaskClient, code: str, accept: str, kind: str
) -> None:
    response = client.get(f"/problem/{code}", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, kind)
    assert "{" not in response.text.replace("{ ?s ?p ?o }", "")[1:]


def test_a_type_of_problem_that_does_not_exist_is_404(client: FlaskClient) -> None:
    assert client.get("/problem/unknown").status_code == 404


@pytest.fixture
def empty_app(settings: Settings, tmp_path: Path) -> Flask:
    """The application over a home without any release."""
    application = create_app(replace(settings, home=tmp_path))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.mark.parametrize("address", ["/sparql?query=ASK%7B%7D", "/sparql", "/doc/initiative/alia", "/ontology"])
def test_without_a_release_the_answer_is_503_and_names_no_folder(empty_app: Flask, address: str) -> None:
    home = str(empty_app.extensions["sorgenetz"].settings.home)
    for accept in ("*/*", "application/json, text/turtle", "application/json, text/plain"):
        response = empty_app.test_client().get(address, headers={"Accept": accept})
        assert response.status_code == 503
        assert home not in response.text and "nicht bereit" in response.text
        assert response.headers["Retry-After"] == "60"


def test_without_a_release_the_service_is_not_healthy(empty_app: Flask) -> None:
    response = empty_app.test_client().get("/healthz")
    assert (response.status_code, response.json["status"]) == (503, "no answer")


def test_an_error_nobody_foresaw_tells_a_visitor_nothing(settings: Settings) -> None:
    application = create_app(settings)
    try:

        @application.get("/broken")
        def broken() -> str:
            raise RuntimeError("the secret text of a foreign exception")

        for accept in ("*/*", "text/html", "text/plain"):
            response = application.test_client().get("/broken", headers={"Accept": accept})
            assert response.status_code == 500
            assert "secret" not in response.text and "Traceback" not in response.text
    finally:
        application.extensions["sorgenetz"].engine.close()
