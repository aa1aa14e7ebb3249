"""Which profile a client gets (W3C, Content Negotiation by Profile), and what the answer says of the others."""

from __future__ import annotations

import re
import time

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from sorgenetz.formats import BY_KEY, PLAIN_JSON
from sorgenetz.names import BASE, RDF
from sorgenetz.web.profile_choice import wished

DOC = "/doc/initiative/alia"
OURS, SCHEMA, HSDS = (f"{BASE}profiles/{token}" for token in ("sorgenetz", "schema", "hsds"))
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def profile_of(client: FlaskClient, path: str = DOC, **headers: str) -> str:
    response = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code == 200, response.text
    return response.headers["Content-Profile"].split(",")[0].strip("<>")


def links(client: FlaskClient, path: str) -> list[tuple[str, dict[str, str]]]:
    field = client.get(path).headers["Link"]
    return [
        (target, dict(re.findall(r'(\w+)="([^"]*)"', rest))) for target, rest in re.findall(r"<([^>]*)>([^<]*)", field)
    ]


@pytest.mark.parametrize("name", ["schema", SCHEMA, "https://schema.org/", "http://schema.org", "https://schema.org"])
def test_the_address_names_a_profile_by_token_iri_or_standard(client, name) -> None:
    assert profile_of(client, f"{DOC}?profile={name}", Accept=BROWSER) == SCHEMA
    assert profile_of(client, DOC, Accept_Profile=f"<{name}>" if ":" in name else name, Accept="*/*") == SCHEMA


def test_without_a_wish_things_come_in_our_own_profile(client) -> None:
    assert profile_of(client) == profile_of(client, f"{DOC}.ttl") == OURS


@pytest.mark.parametrize(
    ("field", "profile"),
    [("<https://schema.org/>", SCHEMA), ("<https://schema.org/>;q=0.2, hsds", HSDS),
     ("<urn:other>, schema;q=0.1", SCHEMA), ("<urn:other>", OURS),
     ("schema;q=0", OURS), ("", OURS), ("*", OURS), (",,;;<", OURS)],
)  # fmt: skip
def test_accept_profile_is_a_wish_with_weights(client, field, profile) -> None:
    assert profile_of(client, DOC, Accept="*/*", Accept_Profile=field) == profile


@given(st.text(max_size=100))
def test_no_accept_profile_breaks_the_reading(field) -> None:
    assert all(isinstance(name, str) for name in wished(field))


def test_a_wish_that_does_not_come_in_an_accepted_format_gives_way(client) -> None:
    assert profile_of(client, DOC, Accept="text/html", Accept_Profile="schema") == OURS
    assert client.get(f"{DOC}?profile=schema", headers={"Accept": "text/html"}).status_code == 406


@pytest.mark.parametrize(("path", "offered"), [
    (f"{DOC}?profile=unknown", ["sorgenetz", "geosparql", "hsds", "schema"]),
    ("/doc/person/tobias-woerle?profile=hsds", ["sorgenetz", "schema"]),
])  # fmt: skip
@pytest.mark.parametrize(("language", "word"), [("de", "Es gibt die Profile"), ("en", "The profiles there are")])
def test_a_profile_that_is_not_there_is_406_and_lists_the_others(client, path, offered, language, word) -> None:
    response = client.get(path, headers={"Accept-Language": language, "Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert response.json["offered"] == offered and word in response.json["remedy"]
    assert word in client.get(path, headers={"Accept-Language": language, "Accept": BROWSER}).text


@pytest.mark.parametrize("path", ["/doc/initiative/unknown?profile=unknown", "/doc/initiative/unknown?profile=schema",
                                  f"{DOC}.json", f"{DOC}.html?profile=schema", f"{DOC}.ttl?profile=hsds",
                                  "/profiles/unknown", "/profiles/schema.json"])  # fmt: skip
def test_what_is_unknown_is_404(client, path) -> None:
    assert client.get(path).status_code == 404


def test_each_representation_has_its_own_tag_and_place(client) -> None:
    paths = [f"{DOC}.ttl", f"{DOC}.ttl?profile=schema", f"{DOC}.ttl?profile=geosparql", f"{DOC}.jsonld?profile=schema"]
    answers = [client.get(path) for path in paths]
    assert len({answer.headers["ETag"] for answer in answers}) == len(paths)
    assert [answer.headers["Content-Location"] for answer in answers] == paths
    for path, answer in zip(paths, answers, strict=True):
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.headers["Content-Profile"]) == (304, answer.headers["Content-Profile"])
        assert _but_the_second(client.head(path)) == _but_the_second(answer)


def _but_the_second(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "Date"}


def test_the_tag_of_a_record_differs_by_language(client) -> None:
    tags = {client.get(f"{DOC}?profile=hsds", headers={"Accept-Language": one}).headers["ETag"] for one in ("de", "en")}
    assert len(tags) == 2


def test_vary_names_every_field_that_matters(client) -> None:
    def vary(path: str) -> set[str]:
        named = set(client.get(path, headers={"Accept": "*/*"}).headers["Vary"].split(", "))
        assert "Accept-Encoding" in named
        return named - {"Accept-Encoding"}

    assert vary(DOC) == {"Accept", "Accept-Language", "Accept-Profile"}
    assert vary(f"{DOC}.ttl") == {"Accept-Profile"}
    assert vary(f"{DOC}?profile=schema") == {"Accept", "Accept-Language"}
    assert vary(f"{DOC}.ttl?profile=schema") == set()
    assert vary(f"{DOC}.json?profile=hsds") == {"Accept-Language"}
    assert vary("/ontology.ttl") == set()


def test_the_links_name_the_profile_and_every_other_representation(client) -> None:
    found = links(client, f"{DOC}.jsonld?profile=schema")
    assert {target for target, more in found if more["rel"] == "profile"} == {SCHEMA, "https://schema.org/"}
    alternates = {(target, more["type"], more["profile"]) for target, more in found
                  if more["rel"] == "alternate" and "profile" in more}  # fmt: skip
    assert (f"{DOC}.json?profile=hsds", "application/json", HSDS) in alternates
    assert (f"{DOC}.ttl", "text/turtle", OURS) in alternates and len(alternates) == 13
    for target, kind, profile in alternates:
        answer = client.get(target)
        assert (answer.status_code, answer.mimetype) == (200, kind) and profile in answer.headers["Content-Profile"]


def test_only_registered_media_types_are_sent(client) -> None:
    known = {fmt.media_type for fmt in (*BY_KEY.values(), PLAIN_JSON)}
    assert {more["type"] for _, more in links(client, DOC) if "type" in more} <= known


def test_a_thing_leads_to_its_document_in_the_profile_asked_for(client) -> None:
    assert client.get("/id/initiative/alia?profile=schema").headers["Location"] == f"{DOC}?profile=schema"
    assert client.get("/id/initiative/alia").headers["Location"] == DOC
    hostile = client.get("/id/initiative/alia", query_string={"profile": "a&b\r\nX: y"}).headers["Location"]
    assert hostile == f"{DOC}?profile=a%26b%0D%0AX%3A%20y"


def test_scripts_of_other_sites_may_name_and_read_the_profile(client) -> None:
    asked = client.options(DOC, headers={"Access-Control-Request-Method": "GET", "Origin": "https://x.example"})
    assert "Accept-Profile" in asked.headers["Access-Control-Allow-Headers"]
    assert "Content-Profile" in client.get(DOC).headers["Access-Control-Expose-Headers"]


def test_the_profiles_are_described_in_rdf_under_their_own_iris(client) -> None:
    every = Graph().parse(data=client.get("/profiles", headers={"Accept": "text/turtle"}).data, format="turtle")
    kind = URIRef("http://www.w3.org/ns/dx/prof/Profile")
    found = {str(profile) for profile in every.subjects(URIRef(RDF + "type"), kind)}
    assert {OURS, SCHEMA, HSDS} < found
    for iri in found:
        one = client.get("/" + iri.removeprefix(BASE), headers={"Accept": "text/turtle"})
        assert (URIRef(iri), URIRef(RDF + "type"), kind) in Graph().parse(data=one.data, format="turtle")
    follows = URIRef("http://www.w3.org/ns/dx/prof/isProfileOf")
    assert (URIRef(SCHEMA), follows, URIRef("https://schema.org/")) in every
    assert every.value(URIRef(HSDS), follows) is None


@pytest.mark.parametrize(("language", "word"), [("de", "In den Begriffen"), ("en", "in the terms of")])
def test_a_person_reads_about_the_profiles_in_their_language(client, language, word) -> None:
    answer = client.get("/profiles/schema", headers={"Accept": BROWSER, "Accept-Language": language})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{language}/profiles#schema")
    page = client.get(f"/{language}/profiles").text
    assert word.lower() in page.lower() and all(f'id="{token}"' in page for token in ("sorgenetz", "schema", "hsds"))
    assert f'/{language}/profiles"' in client.get(f"/{language}/initiative/alia").text


def test_a_comma_within_an_address_parts_no_wishes() -> None:
    assert wished("<urn:a,b>;q=0.5, hsds ; q=0.7,no sense,schema") == ["schema", "hsds", "urn:a,b"]


@pytest.mark.parametrize("field", ["a" * 15_000 + "<", f"x{' ' * 15_000}<", "<" * 15_000, "<a," * 5000, ";" * 15_000])
def test_wishes_of_any_kind_are_read_in_no_time(field: str) -> None:
    began = time.process_time()
    wished(field)
    assert time.process_time() - began < 1
