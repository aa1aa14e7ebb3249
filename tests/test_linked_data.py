"""Dereferencing, rule by rule: things, documents, the ontology and named graphs."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sorgenetz.formats import GRAPH_FORMATS, PAGE_FORMATS, Format
from sorgenetz.names import BASE, DCT, FOAF, ID, ONTOLOGY, RDF, RDFS, SKOS, SN

ALIA = ID + "initiative/alia"
DOC = "/doc/initiative/alia"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
each_graph_format = pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.key)
each_page_format = pytest.mark.parametrize("fmt", PAGE_FORMATS, ids=lambda fmt: fmt.key)
each_direct_document = pytest.mark.parametrize("address", ["/ontology", "/shapes", "/graph/own-pages-high"])


def statements(response: TestResponse) -> set[ox.Triple]:
    assert response.status_code == 200, response.text
    kind = ox.RdfFormat.from_media_type(response.mimetype)
    return {quad.triple for quad in ox.parse(response.data, format=kind)}


def triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), term)


def links(response: TestResponse) -> set[tuple[str, str, str, str]]:
    """Return (relation, target, type, language) of each link."""
    found = set()
    for target, parameters in re.findall(r"<([^>]*)>((?:; \w+=\"[^\"]*\")*)", response.headers["Link"]):
        given = dict(re.findall(r"(\w+)=\"([^\"]*)\"", parameters))
        found.add((given["rel"], target, given.get("type", ""), given.get("hreflang", "")))
    return found


@pytest.mark.parametrize("thing", ["initiative/alia", "municipality/05113000", "barrier/language", "source/newspaper"])
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER, "image/png", "*/*"])
def test_a_thing_leads_to_its_document(client: FlaskClient, thing: str, accept: str) -> None:
    response = client.get(f"/id/{thing}", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, f"/doc/{thing}")
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("address", ["/id/initiative/unknown", "/doc/initiative/unknown", "/id/unknown/alia",
                                     "/doc/unknown/alia", "/graph/unknown", "/id/initiative", "/doc/"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_unknown_is_404(client: FlaskClient, address: str, method: str) -> None:
    assert client.open(address, method=method).status_code == 404


@pytest.mark.parametrize(("language", "word"), [("de", "gibt es hier nichts"), ("en", "There is nothing")])
def test_a_404_is_a_useful_page_or_a_problem_document(client: FlaskClient, language: str, word: str) -> None:
    page = client.get("/id/initiative/unknown", headers={"Accept": BROWSER, "Accept-Language": language})
    assert page.mimetype == "text/html" and page.content_language.as_set() == {language}
    assert word in page.text and f'href="/{language}/' in page.text
    program = client.get(
        "/doc/initiative/unknown", headers={"Accept": "application/ld+json", "Accept-Language": language}
    )
    assert program.mimetype == "application/problem+json" and word in program.json["detail"]


@each_page_format
def test_a_document_comes_in_every_format_by_accept(client: FlaskClient, fmt: Format) -> None:
    response = client.get(DOC, headers={"Accept": fmt.media_type})
    assert (response.status_code, response.headers["Content-Type"]) == (200, fmt.content_type)
    assert {"Accept", "Accept-Language"} <= set(response.headers["Vary"].split(", "))
    assert response.headers["Content-Location"] == f"{DOC}.{fmt.ending}"


@each_page_format
def test_a_document_comes_in_every_format_by_ending_whatever_accept_says(client: FlaskClient, fmt: Format) -> None:
    for accept in ("image/png", "text/turtle", BROWSER):
        response = client.get(f"{DOC}.{fmt.ending}", headers={"Accept": accept})
        assert (response.status_code, response.headers["Content-Type"]) == (200, fmt.content_type)


@each_graph_format
def test_every_format_says_the_same(client: FlaskClient, fmt: Format) -> None:
    assert statements(client.get(f"{DOC}.{fmt.ending}")) == statements(client.get(f"{DOC}.nt"))


def test_a_document_holds_the_thing_its_neighbours_names_and_what_belongs_to_it(client: FlaskClient) -> None:
    said = statements(client.get(f"{DOC}.ttl"))
    municipality, organisation = ID + "municipality/05113000", ID + "organisation/verein"
    participation, measure = ID + "participation/alia-carrier", ID + "measure/alia-language"
    assert {
        triple(ALIA, RDF + "type", SN + "Initiative"),
        triple(ALIA, SN + "locatedIn", municipality),
        triple(municipality, RDFS + "label", ox.Literal("Essen", language="de")),
        triple(participation, SN + "actor", organisation),
        triple(organisation, RDFS + "label", ox.Literal("Verein für Nachbarschaft", language="de")),
        triple(ID + "role/carrier", SKOS + "prefLabel", ox.Literal("Träger", language="de")),
        triple(measure, SN + "lowersBarrier", ID + "barrier/language"),
    } <= said


def test_a_document_says_what_it_is_about_its_licence_and_who_says_so(client: FlaskClient) -> None:
    said = statements(client.get(f"{DOC}.ttl"))
    document = BASE + "doc/initiative/alia"
    assert {
        triple(document, RDF + "type", FOAF + "Document"),
        triple(document, FOAF + "primaryTopic", ALIA),
        triple(document, DCT + "license", LICENCE),
        triple(document, DCT + "source", ID + "source/own-pages"),
        triple(document, DCT + "source", ID + "source/newspaper"),
        triple(ID + "source/newspaper", RDFS + "label", ox.Literal("Zeitung", language="de")),
    } <= said


def test_turtle_is_written_for_people_with_prefixes(client: FlaskClient) -> None:
    text = client.get(f"{DOC}.ttl").text
    assert "@prefix initiative:" in text and "initiative:alia a sn:Initiative" in text


def test_a_client_without_a_wish_gets_the_first_format(client: FlaskClient) -> None:
    assert client.get(DOC).mimetype == client.get(DOC, headers={"Accept": "*/*"}).mimetype == "text/html"


def test_weights_decide(client: FlaskClient) -> None:
    accept = "text/turtle;q=0.3, application/n-triples;q=0.8, text/html;q=0.1"
    assert client.get(DOC, headers={"Accept": accept}).mimetype == "application/n-triples"


@pytest.mark.parametrize("address", [DOC, "/ontology"])
def test_an_unknown_type_is_406_and_lists_the_formats(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "image/png"})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert response.json["offered"] == [fmt.media_type for fmt in PAGE_FORMATS]


@pytest.mark.parametrize("address", [DOC, f"{DOC}.ttl", "/ontology", "/graph/own-pages-high", "/id/initiative/alia"])
def test_head_answers_as_get_without_a_body(client: FlaskClient, address: str) -> None:
    head, full = client.head(address), client.get(address)
    assert (head.status_code, head.data) == (full.status_code, b"")
    assert dict(head.headers) == dict(full.headers)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_page_comes_in_the_readers_language(client: FlaskClient, language: str) -> None:
    response = client.get(DOC, headers={"Accept": BROWSER, "Accept-Language": language})
    assert response.content_language.as_set() == {language}
    assert f'lang="{language}"' in response.text and "ALIA" in response.text
    assert ("canonical", f"/{language}/initiative/alia", "", "") in links(response)


def test_the_tag_is_strong_and_differs_by_format_language_and_thing(client: FlaskClient) -> None:
    tags = [client.get(f"{DOC}.{fmt.ending}").headers["ETag"] for fmt in PAGE_FORMATS]
    tags.append(client.get(f"{DOC}.html", headers={"Accept-Language": "en"}).headers["ETag"])
    tags.append(client.get("/doc/barrier/language.ttl").headers["ETag"])
    assert len(set(tags)) == 7 and not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("address", [DOC, f"{DOC}.ttl", f"{DOC}.html", "/ontology.rdf", "/graph/own-pages-high"])
def test_who_has_it_already_gets_304_with_the_fields_of_the_answer(client: FlaskClient, address: str) -> None:
    full = client.get(address)
    again = client.get(address, headers={"If-None-Match": full.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for field in ("ETag", "Vary", "Cache-Control", "Content-Location", "Sorgenetz-Release"):
        assert again.headers.get(field) == full.headers.get(field)
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_document_may_be_kept_but_is_asked_about_again(client: FlaskClient) -> None:
    assert client.get(DOC).headers["Cache-Control"] == "public, no-cache"


@each_page_format
def test_the_links_say_what_else_there_is(client: FlaskClient, fmt: Format) -> None:
    found = links(client.get(f"{DOC}.{fmt.ending}"))
    for other in PAGE_FORMATS:
        assert (("alternate", f"{DOC}.{other.ending}", other.media_type, "") in found) == (other is not fmt)
    assert ("describes", ALIA, "", "") in found and ("license", LICENCE, "", "") in found
    assert {relation for relation, *_ in found} >= {"describedby", "canonical", "alternate"}
    assert sum(relation == "canonical" for relation, *_ in found) == 1


def test_every_link_within_the_service_leads_somewhere(client: FlaskClient) -> None:
    for relation, target, kind, _ in links(client.get(f"{DOC}.ttl")):
        if target.startswith("/") and (relation, kind) != ("alternate", "text/html"):
            assert client.get(target).status_code == 200, target


@pytest.mark.parametrize("fmt", PAGE_FORMATS, ids=lambda fmt: fmt.key)
def test_the_ontology_answers_directly_in_every_format(client: FlaskClient, fmt: Format) -> None:
    for address, accept in (("/ontology", fmt.media_type), (f"/ontology.{fmt.ending}", "image/png")):
        response = client.get(address, headers={"Accept": accept})
        assert (response.status_code, response.headers["Content-Type"]) == (200, fmt.content_type)


def test_the_ontology_holds_its_terms(client: FlaskClient) -> None:
    said = statements(client.get("/ontology.ttl"))
    assert triple(SN + "Initiative", RDFS + "isDefinedBy", ONTOLOGY) in said


@each_direct_document
@each_graph_format
def test_a_named_graph_answers_directly_with_its_statements(client: FlaskClient, address: str, fmt: Format) -> None:
    response = client.get(address, headers={"Accept": fmt.media_type})
    assert statements(response) == statements(client.get(f"{address}.nt")) != set()


def test_a_named_graph_holds_only_what_its_source_says(client: FlaskClient) -> None:
    assert len(statements(client.get("/graph/newspaper-medium.nt"))) == 3


def test_the_health_of_the_service_names_the_release(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json["status"] == "ok" and response.json["release"].startswith("000001-")
    assert {"created", "version", "quads"} <= set(response.json)
    assert response.headers["Cache-Control"] == "no-store"
