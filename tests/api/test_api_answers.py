"""A question asked by its address gives what its query gives at the endpoint, in each format."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from test_questions import VALUES

from sorgenetz.bundle import find_bundle
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.registry import Library
from sorgenetz.names import XSD

LIBRARY = Library(find_bundle().queries)
Cell = dict[str, object]
every_question = pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)


def said_at_the_endpoint(client: FlaskClient, question: QueryFile, values: dict, form: str) -> str:
    query = question.with_values(values)
    response = client.get("/sparql", query_string={"query": query, "format": form})
    assert response.status_code == 200, response.text
    return response.text


def asked(client: FlaskClient, name: str, values: dict, ending: str = "json") -> str:
    response = client.get(f"/api/questions/{name}.{ending}", query_string=values)
    assert response.status_code == 200, response.text
    return response.text


def same_cell(plain: Cell | None, spoken: dict[str, str] | None) -> bool:
    """Tell whether a cell of our rows says what the protocol's cell says."""
    if plain is None or spoken is None:
        return plain is None and spoken is None
    kind = {"iri": "uri"}.get(str(plain["type"]), plain["type"])
    same = (kind, plain.get("lang"), plain.get("datatype")) == (
        spoken["type"], spoken.get("xml:lang"), spoken.get("datatype"),
    )  # fmt: skip
    value = plain["value"]
    if isinstance(value, bool):
        return same and spoken["value"] == str(value).lower()
    return same and (value == spoken["value"] if isinstance(value, str) else value == float(spoken["value"]))


def same_rows(answer: dict, spoken: dict) -> None:
    columns, bindings = spoken["head"]["vars"], spoken["results"]["bindings"]
    assert [column["name"] for column in answer["columns"]] == columns
    assert answer["total"] == len(answer["rows"]) == len(bindings)
    for plain, row in zip(answer["rows"], bindings, strict=True):
        assert list(plain) == columns
        assert all(same_cell(plain[name], row.get(name)) for name in columns), (plain, row)


@every_question
def test_on_the_small_graph_each_format_says_what_the_endpoint_says(program: FlaskClient, question: QueryFile) -> None:
    values = VALUES.get(question.name, {})
    spoken = json.loads(said_at_the_endpoint(program, question, values, "json"))
    assert spoken["results"]["bindings"], "an answer without rows proves nothing"
    same_rows(json.loads(asked(program, question.name, values)), spoken)
    assert json.loads(asked(program, question.name, values, "srj")) == spoken
    rows = csv.reader(io.StringIO(asked(program, question.name, values, "csv")))
    assert list(rows) == list(csv.reader(io.StringIO(said_at_the_endpoint(program, question, values, "csv"))))


@every_question
def test_on_the_real_release_the_answer_is_whole_and_the_same(researcher: FlaskClient, question: QueryFile) -> None:
    spoken = json.loads(said_at_the_endpoint(researcher, question, {}, "json"))
    answer = json.loads(asked(researcher, question.name, {}))
    same_rows(answer, spoken)
    assert (answer["page"], answer["pages"]) == (1, 1)


def test_an_answer_says_its_question_release_licence_values_and_headings(researcher: FlaskClient) -> None:
    answer = json.loads(asked(researcher, "practices-for-barrier", {"barrier": "barrier:digital", "language": "en"}))
    assert answer["question"] == "practices-for-barrier" and answer["title"].startswith("Which initiatives")
    assert answer["release"]["created"] and answer["release"]["name"].startswith("000001-")
    assert answer["license"] == "https://creativecommons.org/licenses/by/4.0/" and answer["language"] == "en"
    barrier = answer["parameters"]["barrier"]
    assert barrier["value"].endswith("/id/barrier/digital") and barrier["label"] == "Digital barrier"
    assert answer["parameters"]["language"]["value"] == "en"
    assert {"name": "source", "heading": "Source"} in answer["columns"]
    assert all(row["source"]["label"] for row in answer["rows"])
    assert any(row["means"] is None for row in answer["rows"]), "what is not stated is null"


def test_numbers_are_numbers_and_times_are_texts_with_their_type(researcher: FlaskClient) -> None:
    [row, *_] = json.loads(asked(researcher, "initiatives-since", {"year": 2023}))["rows"]
    assert row["start"] == {"type": "literal", "value": "2023", "datatype": XSD + "gYear"}
    [row, *_] = json.loads(asked(researcher, "near-a-place", {}))["rows"]
    assert row["distance"]["datatype"] == XSD + "double" and isinstance(row["distance"]["value"], float)


@pytest.mark.parametrize("per_page", [1, 3, 10])
def test_the_pages_together_are_the_answer(researcher: FlaskClient, per_page: int) -> None:
    name = "roles-in-an-initiative"
    whole = json.loads(asked(researcher, name, {}))
    rows, address, pages = [], f"/api/questions/{name}?{urlencode({'per_page': per_page})}", 0
    while address:
        response = researcher.get(address)
        assert response.json["total"] == whole["total"] and response.headers["Sorgenetz-Total"] == str(whole["total"])
        rows, pages = rows + response.json["rows"], pages + 1
        address = links(response.headers["Link"]).get("next")
    assert rows == whole["rows"] and pages == -(-whole["total"] // per_page)


def links(field: str) -> dict[str, str]:
    found = {}
    for link in field.split(", <"):
        target, _, rest = link.lstrip("<").partition(">")
        found.setdefault(rest.split('rel="')[1].split('"')[0], target)
    return found


def test_the_links_lead_to_the_first_last_and_neighbouring_pages(researcher: FlaskClient) -> None:
    address = "/api/questions/roles-in-an-initiative.csv?per_page=5&initiative=initiative%3Aalia"
    for page, expected in {
        1: {"first": 1, "next": 2, "last": 4}, 2: {"first": 1, "prev": 1, "next": 3, "last": 4},
        4: {"first": 1, "prev": 3, "last": 4}, 1_000_000: {"first": 1, "prev": 4, "last": 4},
    }.items():  # fmt: skip
        response = researcher.get(f"{address}&page={page}")
        found = links(response.headers["Link"])
        numbers = {one: int(found[one].split("page=")[-1]) for one in ("first", "prev", "next", "last") if one in found}
        assert numbers == expected
        assert found["next" if page == 1 else "prev"].startswith("https://graph.example/api/questions/")
        assert found["license"] and found["describedby"] == "/doc/question/roles-in-an-initiative"
        assert found["service-desc"] == "/api/openapi.json"
    assert response.status_code == 200 and len(response.text.splitlines()) == 1, "a page behind the last has no rows"


def test_several_values_are_taken_where_the_question_has_several(researcher: FlaskClient) -> None:
    name = "recommendations-to-municipalities"
    two = {"addressee": ["actor-kind:municipality", "target-group:municipal-administration"]}
    answer = json.loads(asked(researcher, name, two))
    assert len(answer["parameters"]["addressee"]) == 2 and answer["rows"]
    assert answer["rows"] == json.loads(asked(researcher, name, {}))["rows"]
