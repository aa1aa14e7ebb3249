"""What a program asks wrongly is refused with the parameter, what was given and what is allowed, in two languages."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NEAR = "/api/questions/near-a-place"
PAGE = {"Accept": "text/html,*/*;q=0.8"}
LONG = "x" * 1_900
MARKUP = "<script>alert(1)</script>"


def refused(response: TestResponse, parameter: str) -> dict:
    assert (response.status_code, response.mimetype) == (400, "application/problem+json"), response.text
    problem = response.json
    assert problem["parameter"] == parameter and problem["allowed"] and len(problem["given"]) <= 200
    assert problem["detail_de"] and problem["detail_en"] and problem["detail_de"] != problem["detail_en"]
    assert parameter in problem["detail"] and problem["remedy"]
    return problem


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("kilometres=far", "kilometres", "a number with a point"),
        ("kilometres=", "kilometres", "a number with a point"),
        ("kilometres=1e30", "kilometres", "a number with a point"),
        ("kilometres=1,5", "kilometres", "a number with a point"),
        ("municipality=Bonn", "municipality", "the IRI of a thing of the class Municipality, sn:Municipality"),
        ("municipality=kreis:05315", "municipality", "the IRI of a thing of the class Municipality, sn:Municipality"),
        ("group=barrier:language", "group", "one of target-group:"),
        ("language=fr", "language", "one of de, en"),
        ("language=*", "language", "one of de, en"),
        ("page=0", "page", "a whole number from 1 to 1000000"),
        ("page=99999999999999999999", "page", "a whole number from 1 to 1000000"),
        ("per_page=10001", "per_page", "a whole number from 1 to 10000"),
        ("place=x", "place", "names: municipality, kilometres, group, language, page, per_page, format"),
        ("kilometres=5&kilometres=6", "kilometres", "one value"),
        ("page=1&page=1", "page", "one value"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    researcher: FlaskClient, query: str, parameter: str, allowed: str
) -> None:
    english = refused(researcher.get(f"{NEAR}?{query}", headers={"Accept-Language": "en"}), parameter)
    assert english["allowed"].startswith(allowed)
    german = refused(researcher.get(f"{NEAR}?{query}"), parameter)
    assert german["allowed"] != english["allowed"] and german["given"] == english["given"]


def test_the_name_of_a_place_leads_to_its_iri(researcher: FlaskClient) -> None:
    assert "municipality:05314000" in refused(researcher.get(f"{NEAR}?municipality=Bonn"), "municipality")["remedy"]


@pytest.mark.parametrize(
    "value", [LONG, MARKUP, "'} UNION { ?s ?p ?o", "\x00\x1b[31m", "\u202e\ufffe", "javascript:alert(1)"]
)
@pytest.mark.parametrize("parameter", ["municipality", "kilometres", "group", "language", "page", "nonsense"])
def test_hostile_values_are_refused_without_being_echoed_as_markup(
    program: FlaskClient, parameter: str, value: str
) -> None:
    problem = refused(program.get(NEAR, query_string={parameter: value}), parameter)
    assert problem["given"].isprintable()
    page = program.get(NEAR, query_string={parameter: value}, headers=PAGE)
    assert (page.status_code, page.mimetype) == (400, "text/html") and MARKUP not in page.text


def test_a_name_of_a_parameter_is_shown_safely(program: FlaskClient) -> None:
    response = program.get(f"{NEAR}?{quote(LONG)}=1&{quote(MARKUP)}=2")
    assert response.status_code == 400 and len(response.json["parameter"]) <= 200


def test_an_address_of_ten_kilobytes_is_414_and_the_links_of_a_long_one_stay_short(program: FlaskClient) -> None:
    asked = "/api/questions/sources-of-a-thing"
    response = program.get(asked, query_string={"thing": "urn:x:" + "y" * 10_000})
    assert (response.status_code, response.json["limit_kb"]) == (414, 2)
    response = program.get(asked, query_string={"thing": "urn:x:" + "y" * 1900})
    assert response.status_code == 200 and len(response.headers["Link"]) < 16_000


@pytest.mark.parametrize("name", ["municipality", "kilometres", "x"])
def test_what_is_wrong_with_a_value_is_told_before_how_long_it_is(program: FlaskClient, name: str) -> None:
    response = program.get(NEAR, query_string={name: "y" * 10_000})
    assert response.status_code == 400 and response.json["parameter"] == name and len(response.data) < 5000


def test_bytes_that_are_no_utf8_are_refused(program: FlaskClient) -> None:
    response = program.get(f"{NEAR}?kilometres=%ff%fe")
    assert response.status_code == 400 and response.json["type"].endswith("/not-utf-8")


def test_an_address_without_end_is_414(program: FlaskClient) -> None:
    assert program.get(f"{NEAR}?kilometres={'1' * 70_000}").status_code == 414


def test_an_iri_that_the_graph_does_not_know_has_an_empty_answer_where_any_thing_may_be_asked(
    program: FlaskClient,
) -> None:
    answer = program.get("/api/questions/sources-of-a-thing", query_string={"thing": "urn:x:y"}).json
    assert (answer["total"], answer["rows"]) == (0, []) and answer["parameters"]["thing"]["label"] is None


def test_a_star_leaves_a_thing_open(researcher: FlaskClient) -> None:
    some = researcher.get("/api/questions/initiatives-in-a-kreis.json").json
    every = researcher.get("/api/questions/initiatives-in-a-kreis.json?kreis=*").json
    assert every["total"] > some["total"] and every["parameters"]["kreis"] is None


@pytest.mark.parametrize("path", ["/api/questions/no-such", "/api/questions/..%2fchecks", f"{NEAR}.xml", f"{NEAR}/"])
def test_what_is_not_there_is_404(program: FlaskClient, path: str) -> None:
    assert program.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api/questions", NEAR, f"{NEAR}.csv"])
def test_other_methods_are_405_and_the_allowed_ones_are_named(program: FlaskClient, path: str, method: str) -> None:
    response = program.open(path, method=method)
    assert response.status_code == 405 and response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert set(program.options(path).headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("wanted", [{"headers": {"Accept": "image/png"}}, {"query_string": {"format": "png"}}])
def test_a_format_there_is_not_is_406_with_those_there_are(program: FlaskClient, wanted: dict) -> None:
    response = program.get(NEAR, **wanted)
    offered = ["application/json", "text/csv", "application/sparql-results+json", "text/html"]
    assert response.status_code == 406 and response.json["offered"] == offered


@pytest.mark.parametrize(
    ("ending", "form", "accept", "kind"),
    [
        ("json", "json", "application/json", "application/json"),
        ("csv", "csv", "text/csv", "text/csv"),
        ("srj", "sparql-json", "application/sparql-results+json", "application/sparql-results+json"),
    ],
)
def test_ending_parameter_and_accept_give_the_same_bytes(
    program: FlaskClient, ending: str, form: str, accept: str, kind: str
) -> None:
    by_ending = program.get(f"/api/questions/care-roles.{ending}")
    by_parameter = program.get(f"/api/questions/care-roles?format={form}", headers={"Accept": "image/png"})
    by_accept = program.get("/api/questions/care-roles", headers={"Accept": accept})
    assert by_ending.data == by_parameter.data == by_accept.data and by_ending.mimetype == kind
    assert by_accept.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert by_accept.headers["Content-Location"] == f"/api/questions/care-roles.{ending}"
    assert by_ending.headers["Vary"] == by_parameter.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert program.get(f"/api/questions/care-roles.{ending}?language=de").headers["Vary"] == "Accept-Encoding"
    assert {one.headers["ETag"] for one in (by_ending, by_parameter, by_accept)} == {by_ending.headers["ETag"]}
    assert program.head(f"/api/questions/care-roles.{ending}").headers["ETag"] == by_ending.headers["ETag"]


def test_who_has_the_answer_is_told_304_and_each_answer_has_its_own_tag(program: FlaskClient) -> None:
    tags = set()
    addresses = ("care-roles.json", "care-roles.csv", "care-roles.json?language=en", "care-roles.json?per_page=2",
                 "care-roles.json?page=2", "shown-examples.json", "near-a-place.json?kilometres=3")  # fmt: skip
    for address in addresses:
        tag = program.get(f"/api/questions/{address}").headers["ETag"]
        assert not tag.startswith("W/")
        again = program.get(f"/api/questions/{address}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        tags.add(tag)
    assert len(tags) == len(addresses)


def test_people_are_led_to_the_page_that_asks_with_the_same_values(program: FlaskClient) -> None:
    led = program.get(f"{NEAR}?kilometres=7.5&per_page=3&language=en", headers=PAGE)
    assert (led.status_code, led.headers["Location"]) == (303, "/en/questions/near-a-place?kilometres=7.5")
    assert program.get("/api/questions", headers=PAGE).headers["Location"] == "/de/questions"
    assert program.get("/api/questions?format=html&language=en").headers["Location"] == "/en/questions"


def test_the_page_that_asks_refuses_a_thing_of_another_class_too(researcher: FlaskClient) -> None:
    page = researcher.get("/en/questions/near-a-place?municipality=kreis:05315", headers=PAGE)
    assert page.status_code == 400 and "sn:Municipality" in page.text


def test_the_list_names_every_question_with_its_parameters(researcher: FlaskClient) -> None:
    listed = researcher.get("/api/questions?language=en").json
    assert listed["total"] == len(listed["questions"]) > 40 and listed["release"]["created"]
    [near] = [one for one in listed["questions"] if one["question"] == "near-a-place"]
    assert near["title"].startswith("Which") and near["tags"] and near["address"] == f"https://graph.example{NEAR}"
    parameters = {one["name"]: one for one in near["parameters"]}
    assert list(parameters) == ["municipality", "kilometres", "group", "language", "page", "per_page"]
    assert parameters["kilometres"]["type"] == "decimal" and parameters["kilometres"]["default"] == 50
    assert (
        parameters["municipality"]["class"].endswith("#Municipality") and parameters["municipality"]["choices"] is None
    )
    assert {"value": "de", "label": "de"} in parameters["language"]["choices"]
    assert any(
        one["value"].endswith("/family-carers") and "carers" in one["label"] for one in parameters["group"]["choices"]
    )
    tag = researcher.get("/api/questions?language=en").headers["ETag"]
    again = researcher.get("/api/questions?language=en", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert refused(researcher.get("/api/questions?tag=x"), "tag")


@pytest.mark.parametrize("path", ["/api/questions/{}.json?{}=*", "/en/questions/{}?{}=*"])
@pytest.mark.parametrize(
    ("question", "parameter"), [("barriers-without-answer-in-kreis", "kreis"), ("what-a-source-says", "source")]
)
def test_what_a_question_needs_cannot_be_left_open(researcher: FlaskClient, path, question, parameter) -> None:
    response = researcher.get(path.format(question, parameter))
    assert response.status_code == 400 and f"parameter “{parameter}”" in html.unescape(response.text)
    page = researcher.get(f"/en/questions/{question}").text
    assert '<option value="*"' not in page


@pytest.mark.parametrize("path", ["/api/explain", "/sparql.xlsx", "/sparql.graphml", "/cite"])
@pytest.mark.parametrize("language", ["fr", "", "de&language=en"])
def test_a_language_that_is_none_of_ours_is_refused_wherever_it_may_be_named(client, path: str, language: str) -> None:
    response = client.get(f"{path}?query=SELECT(1+AS+?n){{}}&language={language}")
    assert response.status_code == 400 and "language" in response.get_json()["detail"]
