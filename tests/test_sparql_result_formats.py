"""The formats of rows and of a yes or no, rule by rule, and XML that every reader takes."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from test_sparql_protocol import get

RESULTS = "{http://www.w3.org/2005/sparql-results#}"
XSD = "http://www.w3.org/2001/XMLSchema#"
# An IRI, a plain text, one with a language, one with a type, a number, and nothing.
TERMS = f'VALUES (?i ?t ?l ?d ?n ?u) {{ (<urn:ä> "x" "y"@de "2020-01-31"^^<{XSD}date> 7 UNDEF) }}'
EACH = f"SELECT ?i ?t ?l ?d ?n ?u {{ {TERMS} }}"
NASTY = 'a,b "c"\td\\\nä\rz <&>]]>'
WRITTEN = json.dumps(NASTY, ensure_ascii=False)
ONE_TEXT = f"SELECT ({WRITTEN} AS ?x) {{}}"


def text(client: FlaskClient, query: str, fmt: str) -> str:
    response = get(client, query, format=fmt)
    assert response.status_code == 200, response.text
    return response.data.decode("utf-8")


def bindings(client: FlaskClient, query: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(text(client, query, "xml")).iter(f"{RESULTS}binding"))


def test_json_writes_each_kind_of_term_as_its_standard_says(client: FlaskClient) -> None:
    """SPARQL 1.1 Query Results JSON Format, 3.1.1 and 3.2."""
    found = json.loads(text(client, EACH, "json"))
    assert found["head"]["vars"] == ["i", "t", "l", "d", "n", "u"]
    assert found["results"]["bindings"] == [{
        "i": {"type": "uri", "value": "urn:ä"},
        "t": {"type": "literal", "value": "x"},
        "l": {"type": "literal", "value": "y", "xml:lang": "de"},
        "d": {"type": "literal", "value": "2020-01-31", "datatype": XSD + "date"},
        "n": {"type": "literal", "value": "7", "datatype": XSD + "integer"},
    }]  # fmt: skip


def test_xml_writes_each_kind_of_term_as_its_standard_says(client: FlaskClient) -> None:
    """SPARQL Query Results XML Format, 2.2 and 2.3."""
    root = ElementTree.fromstring(text(client, EACH, "xml"))
    assert root.tag == f"{RESULTS}sparql"
    assert [one.get("name") for one in root.iter(f"{RESULTS}variable")] == ["i", "t", "l", "d", "n", "u"]
    found = {one.get("name"): one[0] for one in root.iter(f"{RESULTS}binding")}
    assert [(name, term.tag.removeprefix(RESULTS), term.text) for name, term in found.items()] == [
        ("i", "uri", "urn:ä"), ("t", "literal", "x"), ("l", "literal", "y"), ("d", "literal", "2020-01-31"),
        ("n", "literal", "7"),
    ]  # fmt: skip
    assert found["l"].attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "de"}
    assert (found["d"].attrib, found["t"].attrib) == ({"datatype": XSD + "date"}, {})


def test_csv_has_names_without_question_marks_bare_values_and_crlf(client: FlaskClient) -> None:
    """SPARQL 1.1 Query Results CSV and TSV Formats, 3."""
    assert text(client, EACH, "csv") == "i,t,l,d,n,u\r\nurn:ä,x,y,2020-01-31,7,\r\n"


def test_an_iri_with_commas_stays_one_cell_of_csv(client: FlaskClient) -> None:
    values = '(<urn:a,2> "x,\\r\\n\\"y" UNDEF <urn:,>) (UNDEF "" <urn:b> 7)'
    query = f"SELECT ?a ?b ?c ?d {{ VALUES (?a ?b ?c ?d) {{ {values} }} }}"
    expected = [["a", "b", "c", "d"], ["urn:a,2", 'x,\r\n"y', "", "urn:,"], ["", "", "urn:b", "7"]]
    assert list(csv.reader(io.StringIO(text(client, query, "csv"), newline=""))) == expected


def test_a_row_of_one_column_without_a_value_is_no_empty_line_of_csv(client: FlaskClient) -> None:
    """Readers of CSV pass over empty lines: the row would be lost, or moved up."""
    query = 'SELECT ?a { VALUES ?a { UNDEF "x\\r\\n\\r\\n" "" UNDEF } }'
    assert text(client, query, "csv") == 'a\r\n""\r\n"x\r\n\r\n"\r\n""\r\n""\r\n'
    assert text(client, "SELECT ?a { VALUES (?a) {} }", "csv") == "a\r\n"


def test_tsv_has_names_with_question_marks_and_terms_as_turtle_writes_them(client: FlaskClient) -> None:
    """SPARQL 1.1 Query Results CSV and TSV Formats, 4."""
    assert text(client, EACH, "tsv") == (
        f'?i\t?t\t?l\t?d\t?n\t?u\n<urn:ä>\t"x"\t"y"@de\t"2020-01-31"^^<{XSD}date>\t7\t\n'
    )


def test_a_blank_node_is_the_same_within_an_answer_in_each_format(client: FlaskClient) -> None:
    query = "SELECT ?a ?b { BIND(BNODE() AS ?a) BIND(?a AS ?b) }"
    (row,) = json.loads(text(client, query, "json"))["results"]["bindings"]
    assert row["a"] == row["b"] and row["a"]["type"] == "bnode"
    first, second = (one[0] for one in bindings(client, query))
    assert (first.tag, first.text) == (second.tag, second.text) and first.tag == f"{RESULTS}bnode"
    for fmt, between in (("csv", ","), ("tsv", "\t")):
        one, other = text(client, query, fmt).splitlines()[1].split(between)
        assert one == other and one.startswith("_:")


def test_a_nasty_text_comes_back_as_it_is_from_each_format(client: FlaskClient) -> None:
    assert json.loads(text(client, ONE_TEXT, "json"))["results"]["bindings"][0]["x"]["value"] == NASTY
    assert bindings(client, ONE_TEXT)[0][0].text == NASTY
    assert list(csv.reader(io.StringIO(text(client, ONE_TEXT, "csv"), newline="")))[1:] == [[NASTY]]
    head, cell, rest = text(client, ONE_TEXT, "tsv").split("\n")
    assert (head, rest) == ("?x", "")
    (quad,) = ox.parse(f"<urn:s> <urn:p> {cell} .", format=ox.RdfFormat.TURTLE)
    assert quad.object.value == NASTY


@pytest.mark.parametrize("fmt", ["ttl", "nt", "jsonld", "rdf"])
def test_a_nasty_text_comes_back_as_it_is_from_each_format_of_graphs(client: FlaskClient, fmt: str) -> None:
    response = get(client, f"CONSTRUCT {{ <urn:s> <urn:p> {WRITTEN} }} {{}}", format=fmt)
    (quad,) = ox.parse(response.data, format=ox.RdfFormat.from_media_type(response.mimetype))
    assert quad.object.value == NASTY


@pytest.mark.parametrize("truth", [True, False])
def test_a_yes_or_no_is_a_boolean_in_json_and_xml(client: FlaskClient, truth: bool) -> None:
    query = f"ASK {{ FILTER({str(truth).lower()}) }}"
    found = json.loads(text(client, query, "json"))
    assert found == {"head": {}, "boolean": truth}
    assert ElementTree.fromstring(text(client, query, "xml")).findtext(f"{RESULTS}boolean") == str(truth).lower()


@pytest.mark.parametrize("character", ["\\u0001", "\\u001F", "\\uFFFE", "\\uFFFF"])
def test_a_character_that_xml_cannot_hold_is_an_error_there_and_an_answer_elsewhere(
    client: FlaskClient, character: str
) -> None:
    select, construct = f'SELECT ("a{character}" AS ?x) {{}}', f'CONSTRUCT {{ <urn:s> <urn:p> "a{character}" }} {{}}'
    for query, of_xml, others in ((select, "xml", ("json", "csv", "tsv")), (construct, "rdf", ("ttl", "nt", "jsonld"))):
        refused = get(client, query, format=of_xml)
        assert refused.status_code == 400 and "JSON" in refused.json["remedy"]
        assert refused.json["type"].endswith("/problem/cannot-be-written")
        assert client.get(refused.json["type"].removeprefix("https://w3id.org/sorgenetz")).status_code == 200
        assert [get(client, query, format=fmt).status_code for fmt in others] == [200] * 3


@pytest.mark.parametrize(
    "statement",
    ["<urn:s> <http://x.example/> 1", "<urn:s> <http://x.example/123> 1", "<urn:s> a <http://x.example/123>",
     "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1",
     "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#Description> 1"],
)  # fmt: skip
def test_a_name_that_rdf_xml_cannot_hold_is_an_error_there_and_an_answer_elsewhere(
    client: FlaskClient, statement: str
) -> None:
    query = f"CONSTRUCT {{ {statement} }} {{}}"
    refused = get(client, query, format="rdf")
    assert refused.status_code == 400 and "Turtle" in refused.json["remedy"]
    assert [get(client, query, format=fmt).status_code for fmt in ("ttl", "nt", "jsonld")] == [200] * 3


@pytest.mark.parametrize("query", ["ASK {}", None])
def test_a_format_without_a_name_is_none_that_there_is(client: FlaskClient, query: str | None) -> None:
    asked = {"format": ""} | ({"query": query} if query else {})
    refused = client.get("/sparql", query_string=asked)
    assert refused.status_code == 406 and len(refused.json["offered"]) >= 2


def test_a_statement_about_a_statement_is_an_error_in_json_ld_and_an_answer_in_turtle(client: FlaskClient) -> None:
    query = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> } {}"
    assert get(client, query, format="jsonld").status_code == 400
    assert get(client, query, format="ttl").status_code == 200
