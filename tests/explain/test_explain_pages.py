"""An empty or failed answer is explained on its page and as JSON, in both languages, and others are not."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from pages.parsed import Parsed

from explain.conftest import PATIENT
from sorgenetz.insight.reader import Reader
from sorgenetz.web.explain import api, shown

PREFIX = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#>\n"
MISSPELT = PREFIX + "SELECT ?m ?b WHERE {\n  ?m a sn:Measure ;\n    sn:lowersBarier ?b .\n}"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give explanations the time that a loaded machine needs."""
    monkeypatch.setattr(shown, "ON_A_PAGE", PATIENT)
    monkeypatch.setattr(api, "ASKED_FOR", PATIENT)


def asked(visitor: FlaskClient, query: str, language: str = "de", status: int = 200) -> Parsed:
    response = visitor.get(f"/{language}/sparql?{urlencode({'query': query})}", headers={"Accept": "text/html"})
    assert response.status_code == status
    return Parsed(response.text)


def as_json(visitor: FlaskClient, query: str, **more: str) -> dict[str, object]:
    response = visitor.get(f"/api/explain?{urlencode({'query': query, **more})}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def test_an_empty_answer_names_the_term_and_leads_to_the_mended_query(visitor: FlaskClient) -> None:
    why = asked(visitor, MISSPELT).one("section", class_="explanation")
    assert "Kein Eintrag hat sn:lowersBarier" in why.text
    assert "Gemeint ist wohl sn:lowersBarrier (senkt Barriere, 135-mal)." in why.text
    assert why.one("mark").text == "sn:lowersBarier"
    link = next(link for link in why.all("a") if "135 Zeilen" in link.text)
    mended = parse_qs(urlsplit(link.attributes["href"]).query)["query"][0]
    assert mended == MISSPELT.replace("sn:lowersBarier", "sn:lowersBarrier")
    assert "135 Zeilen" in asked(visitor, mended).one("section", id="answer").text


def test_the_explanation_comes_in_english_too(visitor: FlaskClient) -> None:
    why = asked(visitor, MISSPELT, "en").one("section", class_="explanation")
    assert "Nothing has sn:lowersBarier" in why.text
    assert "(lowers barrier, 135 times)" in why.text


def test_an_answer_with_rows_needs_no_explanation(visitor: FlaskClient) -> None:
    page = asked(visitor, PREFIX + "SELECT ?m WHERE { ?m a sn:Measure } LIMIT 3")
    assert not page.all("section", class_="explanation")
    assert as_json(visitor, "ASK { ?s ?p ?o }") == {"reason": None, "empty": False, "rows": None}


def test_a_count_of_none_is_explained_and_a_count_is_not(visitor: FlaskClient) -> None:
    page = asked(visitor, PREFIX + "SELECT (COUNT(*) AS ?n) WHERE { ?m a sn:Mesure }")
    why = page.one("section", class_="explanation")
    assert "Abfrage so stellen (ergibt 135)" in why.text
    page = asked(visitor, PREFIX + "SELECT (COUNT(*) AS ?n) WHERE { ?m a sn:Measure }")
    assert not page.all("section", class_="explanation")


def test_a_query_that_cannot_be_read_says_which_word_is_meant(visitor: FlaskClient) -> None:
    page = asked(visitor, PREFIX + "SELECT ?m WHERE { ?m a sn:Measure OPTINAL { ?m sn:means ?x } }", status=400)
    why = page.one("section", class_="explanation")
    assert "Gemeint ist wohl OPTIONAL" in why.text
    assert "Zeilen" not in why.text


def test_the_json_has_reason_place_words_and_a_mended_query_that_was_run(visitor: FlaskClient) -> None:
    found = as_json(visitor, MISSPELT, language="en")
    assert found["empty"] is True
    assert found["rows"] == 0
    assert found["reason"] == "unknown-property"
    assert found["culprit"] == {"line": 4, "column": 5, "start": 95, "end": 110, "text": "sn:lowersBarier"}
    assert found["text"] == found["text_en"]
    assert found["text"].startswith("Nothing has sn:lowersBarier")
    assert found["text_de"].startswith("Kein Eintrag hat")
    first = found["suggestions"][0]
    assert first["new"] == "sn:lowersBarrier"
    assert first["verified"] is True
    assert first["rows"] == 135
    assert found["complete"] is True


def test_the_json_names_each_of_several_mistakes(visitor: FlaskClient) -> None:
    found = as_json(visitor, PREFIX + "SELECT * { ?i a sn:Initative ; sn:locatdIn ?m }")
    assert found["culprit"]["text"] == "sn:Initative"
    assert found["further"] == [{"reason": "unknown-property", "text": "sn:locatdIn"}]
    assert found["suggestions"][0]["new"] == "sn:Initiative ; sn:locatedIn"


def test_the_json_takes_the_language_of_the_reader(visitor: FlaskClient) -> None:
    address = f"/api/explain?{urlencode({'query': MISSPELT})}"
    for language in ("de", "en"):
        response = visitor.get(address, headers={"Accept-Language": language})
        assert response.get_json()["text"] == response.get_json()[f"text_{language}"]
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in response.headers["Vary"]


def test_the_json_takes_a_query_by_post_and_the_graphs_of_the_protocol(visitor: FlaskClient) -> None:
    query = PREFIX + "SELECT ?m WHERE { ?m a sn:Measure }"
    graph = "https://w3id.org/sorgenetz/graph/ontology"
    posted = visitor.post("/api/explain", data={"query": query, "default-graph-uri": graph}).get_json()
    assert posted["empty"] is True
    assert posted["reason"] == "other-graphs"
    direct = visitor.post("/api/explain", data=query, content_type="application/sparql-query")
    assert direct.get_json()["empty"] is False


def test_a_condition_that_is_never_true_shows_the_values_there_are(visitor: FlaskClient, person: Reader) -> None:
    found = as_json(visitor, PREFIX + "SELECT ?m { ?m a sn:Municipality ; sn:population ?n FILTER(?n < 0) }")
    least = person.engine.rows(PREFIX + "SELECT (MIN(?n) AS ?least) { ?m a sn:Municipality ; sn:population ?n }")
    assert found["reason"] == "filter-never-true"
    assert found["culprit"]["text"] == "?n < 0"
    assert found["values"]["n"]
    assert found["range"]["least"] == least[0]["least"].n3()
    assert found["suggestions"][0]["query"].endswith("{ ?m a sn:Municipality ; sn:population ?n  }")


def test_an_error_is_explained_with_its_problem_beside_it(visitor: FlaskClient) -> None:
    found = as_json(visitor, "SELECT ?c WHERE { ?c skos:prefLabel ?l }")
    assert found["reason"] == "prefix-missing"
    assert found["error"]["status"] == 400
    assert found["suggestions"][0]["query"].startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT")
    assert found["suggestions"][0]["verified"] is False


def test_an_error_as_json_is_in_the_language_that_the_address_wants(visitor: FlaskClient) -> None:
    for language, words in (("en", "cannot be understood"), ("de", "nicht zu verstehen")):
        asked = urlencode({"query": "SELECT ?a { ?a ?b }", "language": language})
        response = visitor.get(f"/api/explain?{asked}")
        assert response.status_code == 400 and words in response.get_json()["detail"]


def test_a_mistake_that_is_told_stands_alone_with_its_place(visitor: FlaskClient) -> None:
    page = asked(visitor, PREFIX + "SELECT ?i, ?o WHERE { ?i sn:locatedIn ?o }", "en", status=400)
    fault = page.one("div", class_="fault")
    assert "Spaces separate here, not commas." in fault.text and "Line 2:" in fault.text
    assert "cannot be understood at" not in fault.text and "Look at that place" not in fault.text
    assert [mark.text for mark in fault.all("mark")] == [","]
