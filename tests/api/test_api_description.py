"""The description in OpenAPI is valid and true: what it says can be asked is answered as it says."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation

from sorgenetz.bundle import find_bundle
from sorgenetz.insight.citing.reference import Reference
from sorgenetz.library.registry import Library
from sorgenetz.web.api.asked import FORMAT, LANGUAGE, PAGE, PER_PAGE

ADDRESS = "/api/openapi.json"
QUESTIONS = Library(find_bundle().queries).questions()
FEW = settings(
    max_examples=2, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def operations(real: Flask) -> list[APIOperation]:
    config = SchemathesisConfig.from_path(find_bundle().queries.parent / "schemathesis.toml")
    schema = schemathesis.openapi.from_wsgi(f"{ADDRESS}?language=en", real, config=config)
    return [found.ok() for found in schema.get_all_operations()]


def test_the_description_is_valid_openapi(researcher: FlaskClient) -> None:
    validate(researcher.get(ADDRESS).json)


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_describes_every_question(researcher: FlaskClient, language: str) -> None:
    document = researcher.get(ADDRESS, query_string={"language": language}).json
    assert document["openapi"].startswith("3.1.") and document["servers"] == [{"url": "https://graph.example"}]
    for question in QUESTIONS:
        operation = document["paths"][f"/api/questions/{question.name}"]["get"]
        assert operation["summary"] == question.title(language)
        own = {one["name"]: one for one in operation["parameters"] if "name" in one}
        assert [name for name in own] == [parameter.name for parameter in question.parameters]
        for parameter in question.parameters:
            assert own[parameter.name]["description"].startswith(parameter.label[language])


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_endpoint_is_described_with_the_parameters_of_its_protocol(researcher: FlaskClient, method: str) -> None:
    operation = researcher.get(ADDRESS).json["paths"]["/sparql"][method]
    names = {one["name"] for one in operation["parameters"] if "name" in one}
    graphs = {"default-graph-uri", "named-graph-uri"}
    assert names == {"query", "format", *graphs} if method == "get" else names == graphs
    if method == "post":
        form = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        assert set(form["properties"]) == {"query", "format", *graphs}


@pytest.mark.parametrize("path", ["/api/explain", "/sparql.xlsx"])
def test_what_is_said_of_an_answer_can_be_asked_of_chosen_graphs(researcher: FlaskClient, path: str) -> None:
    operations = researcher.get(ADDRESS).json["paths"][path]
    said = {"default-graph-uri", "named-graph-uri", "language"}
    assert {one["name"] for one in operations["get"]["parameters"]} == {"query", *said}
    assert {one["name"] for one in operations["post"]["parameters"]} == said


@pytest.mark.parametrize("kind", ["explain", "explain-further", "explain-mistakes"])
def test_an_explanation_is_as_described(researcher: FlaskClient, kind: str) -> None:
    """Of planted queries some, with all members that an explanation can have."""
    document = researcher.get(ADDRESS).json
    shape = {"$ref": "#/components/schemas/Explanation", "components": document["components"]}
    judge = Draft202012Validator(shape)
    seen = set()
    for path in sorted((Path(__file__).parent.parent / "cases" / kind).glob("*.rq"))[::3]:
        found = researcher.get("/api/explain", query_string={"query": path.read_text("utf-8")}).json
        judge.validate(found)
        seen |= set(found)
    assert seen >= {"reason", "culprit", "suggestions"} | ({"error"} if kind == "explain-mistakes" else {"empty"})


def test_no_question_has_a_parameter_of_a_name_that_every_question_has() -> None:
    names = {parameter.name for question in QUESTIONS for parameter in question.parameters}
    assert not names & {PAGE.name, PER_PAGE.name, FORMAT.name}
    assert all(
        parameter.one_of == LANGUAGE.one_of
        for question in QUESTIONS
        for parameter in question.parameters
        if parameter.name == LANGUAGE.name
    )


def test_it_says_of_each_parameter_what_is_allowed(researcher: FlaskClient) -> None:
    document = researcher.get(ADDRESS, query_string={"language": "en"}).json
    own = {one.get("name"): one for one in document["paths"]["/api/questions/near-a-place"]["get"]["parameters"]}
    assert own["kilometres"]["schema"]["type"] == "number" and own["kilometres"]["schema"]["default"] == 50
    assert "class Municipality (sn:Municipality)" in own["municipality"]["description"]
    assert own["municipality"]["schema"]["x-class"] == "https://w3id.org/sorgenetz/ontology#Municipality"
    assert own["group"]["schema"]["enum"][-1] == "*" and len(own["group"]["schema"]["enum"]) > 10
    several = document["paths"]["/api/questions/recommendations-to-municipalities"]["get"]["parameters"][0]
    assert several["schema"]["type"] == "array"


def ask(operation: APIOperation, mode: GenerationMode) -> None:
    """Ask a few times what schemathesis makes up from the description, and hold the answers against it."""

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Case) -> None:
        # What asks without a network does not unpack what comes packed.
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    asked()


def test_what_may_be_asked_is_answered_as_described(operations: list[APIOperation]) -> None:
    for operation in operations:
        ask(operation, GenerationMode.POSITIVE)


def test_what_may_not_be_asked_is_refused_as_described(operations: list[APIOperation]) -> None:
    for operation in operations:
        if operation.query or operation.path_parameters or operation.body:
            ask(operation, GenerationMode.NEGATIVE)


def test_the_example_of_a_cited_answer_is_one_that_holds(researcher: FlaskClient) -> None:
    paths = researcher.get(ADDRESS).json["paths"]
    [identifier] = paths["/q/{id}"]["get"]["parameters"]
    record = researcher.get(f"/q/{identifier['example']}", headers={"Accept": "application/json"}).json
    assert record["holds"] and record["query"] == paths["/cite"]["get"]["parameters"][0]["example"]
    for ending in paths["/q/{id}.{ending}"]["get"]["parameters"][1]["schema"]["enum"]:
        assert researcher.get(f"/q/{identifier['example']}.{ending}").status_code == 200


@pytest.mark.parametrize("known", [True, False])
def test_a_record_of_a_cited_answer_is_as_described(
    researcher: FlaskClient, real: Flask, operations: list[APIOperation], known: bool
) -> None:
    """Also one that cannot be had: it has an address, and its query is none."""
    [operation] = (one for one in operations if one.path == "/q/{id}")
    query = "SELECT * { ?s ?p ?o } LIMIT 1" if known else "nonsense"
    reference = Reference(query, real.extensions["sorgenetz"].engine.release.name, "0" * 64)
    case = operation.Case(path_parameters={"id": reference.id})
    response = case.call_and_validate(headers={"Accept": "application/json", "Accept-Encoding": "identity"})
    assert response.status_code == (200 if known else 400) and response.headers["content-type"] == ["application/json"]
