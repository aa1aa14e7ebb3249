"""The page of the description: every question with its parameters, found from where one looks, code that runs."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import serving
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed

from sorgenetz.bundle import find_bundle
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.registry import Library
from sorgenetz.settings import Settings

LIBRARY = Library(find_bundle().queries)
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def site(small: Flask) -> Iterator[str]:
    """The address of a real server over the small graph."""
    home = small.extensions["sorgenetz"].settings.home
    with serving(Settings(home=home)) as server:
        yield server.address


def read(client: FlaskClient, path: str) -> Parsed:
    response = client.get(path, headers=PAGE)
    assert response.status_code == 200
    return Parsed(response.text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_stands_there_with_its_address_parameters_and_code(
    researcher: FlaskClient, language: str
) -> None:
    page = read(researcher, f"/{language}/api")
    for question in LIBRARY.questions():
        about = page.one("div", id=question.name)
        assert about.all("a", href=f"/api/questions/{question.name}.json")
        named = [code.text for term in about.all("dt") for code in term.all("code")]
        assert named == [parameter.name for parameter in question.parameters]
        labels = [pre.attributes["aria-label"] for pre in about.all("pre")]
        assert labels == [f"{name}: {question.title(language)}" for name in ("curl", "Python", "R")]
    for path in (
        "GET /sparql",
        "POST /sparql",
        "GET /api/explain",
        "GET /doc/{kind}/{name}",
        "POST /cite",
        "GET /q/{id}",
    ):
        assert [title for title in page.all("h3") if title.text == path]
    tag = researcher.get(f"/{language}/api").headers["ETag"]
    assert researcher.get(f"/{language}/api", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("question", [one for one in LIBRARY.questions() if one.parameters], ids=lambda one: one.name)
def test_the_example_of_a_question_says_its_values_and_has_its_answer(
    researcher: FlaskClient, question: QueryFile
) -> None:
    document = researcher.get("/api/openapi.json").json
    samples = {
        one["lang"]: one["source"]
        for one in document["paths"][f"/api/questions/{question.name}"]["get"]["x-codeSamples"]
    }
    [address] = re.findall(r"'https://graph\.example(/.*)'", samples["curl"])
    assert all(f"{one.name}=" in address for one in question.parameters if one.name != "language")
    assert researcher.get(address).json["rows"] == researcher.get(f"/api/questions/{question.name}.json").json["rows"]


def test_it_is_found_from_the_questions_from_each_page_and_from_the_answers(researcher: FlaskClient) -> None:
    for path in ("/en/questions", "/en/questions/near-a-place", "/en/about"):
        assert read(researcher, path).all("a", href="/en/api")
    assert read(researcher, "/en/questions").all("link", rel="service-desc", href="/api/openapi.json")
    assert researcher.get("/api", headers={"Accept-Language": "en"}).headers["Location"] == "/en/api"
    assert "/de/api<" in researcher.get("/sitemap.xml").text


def test_the_catalogue_of_interfaces_names_descriptions_that_are_there(researcher: FlaskClient) -> None:
    response = researcher.get("/.well-known/api-catalog")
    assert response.mimetype == "application/linkset+json" and 'rel="api-catalog"' in response.headers["Link"]
    questions, endpoint = response.json["linkset"]
    assert questions["anchor"] == "https://graph.example/api/questions" and endpoint["anchor"].endswith("/sparql")
    for interface in (questions, endpoint):
        for relation in ("service-desc", "service-doc", "status"):
            for target in interface[relation]:
                path = target["href"].removeprefix("https://graph.example")
                answer = researcher.get(path, headers={"Accept": target["type"]})
                assert (answer.status_code, answer.mimetype) == (200, target["type"])


def test_the_page_of_a_question_leads_to_the_same_answer_for_programs(researcher: FlaskClient) -> None:
    page = read(researcher, "/en/questions/near-a-place?municipality=Bonn&kilometres=30&group=*")
    [link] = [a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("/api/questions/")][:1]
    answer = researcher.get(link).json
    assert answer["total"] == len(page.one("table").all("tr")) - 1 > 0
    assert answer["parameters"]["municipality"]["label"] == "Bonn" and answer["parameters"]["group"] is None


def code_of(site: str, label: str) -> str:
    """Return the code of this label as a reader copies it."""
    page = Parsed(urlopen(f"{site}/en/api").read().decode())
    return "".join(page.one("pre", **{"aria-label": label}).one("code").inside)


def run(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_code_runs_as_it_is_copied(site: str, program: FlaskClient, tmp_path: Path) -> None:
    answer = program.get("/api/questions/practices-for-barrier.json").json
    shell, python, walk = tmp_path / "a.sh", tmp_path / "b.py", tmp_path / "c.py"
    shell.write_text(code_of(site, "curl"), "utf-8")
    assert json.loads(run(["sh", shell]))["rows"] == answer["rows"]
    python.write_text(code_of(site, "Python") + "print(rows.to_csv(index=False))\n", "utf-8")
    text = program.get("/api/questions/practices-for-barrier.csv").text
    rows = list(csv.reader(io.StringIO(run([sys.executable, python]).partition("initiative,")[2])))
    assert rows[1:-1] == list(csv.reader(io.StringIO(text)))[1:]
    walk.write_text(code_of(site, "All pages, in Python"), "utf-8")
    assert run([sys.executable, walk]).splitlines() == [
        row["means"]["value"] if row["means"] else "not stated" for row in answer["rows"]
    ]
