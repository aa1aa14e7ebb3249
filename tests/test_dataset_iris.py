"""What the dataset names beside its things can be looked up as well, and says under which licence it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from described import client_of, read
from flask.testing import FlaskClient
from small_release import ESSEN, small_release

from sorgenetz.names import BASE, DCT, PROV, SD, SN, VOID

BY = "https://creativecommons.org/licenses/by/4.0/"
FOUND = "?x sd:name ?graph OPTIONAL { ?x dct:license ?licence }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("named")
    small_release(folder)
    with client_of(folder / "home") as client:
        yield client


def here(iri: str) -> str:
    return "/" + iri.removeprefix(BASE)


def test_the_licence_of_a_graph_is_that_of_its_source_and_void_describes_it(client: FlaskClient) -> None:
    void = read(client, "/.well-known/void")
    query = f"PREFIX dct: <{DCT}> PREFIX sd: <{SD}> SELECT ?graph ?licence {{ {FOUND} }}"
    said = {row["graph"].value: row["licence"].value if row["licence"] else BY for row in void.query(query)}
    assert {BY, "https://www.govdata.de/dl-de/by-2-0"} <= set(said.values())
    for graph, licence in said.items():
        links = client.head(here(graph)).headers["Link"]
        assert re.findall(r'<([^>]*)>; rel="license"', links) == [licence], graph
        assert '</.well-known/void>; rel="describedby"' in links


def test_each_rule_that_statements_are_derived_by_can_be_looked_up(client: FlaskClient) -> None:
    derived = read(client, "/graph/derived")
    rules = {quad.object for quad in derived.quads_for_pattern(None, ox.NamedNode(PROV + "wasDerivedFrom"), None)}
    assert rules
    for rule in rules:
        texts = read(client, here(rule.value)).quads_for_pattern(rule, ox.NamedNode(DCT + "description"), None)
        assert {quad.object.language for quad in texts} == {"de", "en"}
    assert client.get("/rule/no-such-rule").status_code == 404


def test_a_document_shows_the_notes_that_its_sources_demand(client: FlaskClient) -> None:
    document = read(client, here(ESSEN).replace("/id/", "/doc/"))
    notes = {quad.object.value for quad in document.quads_for_pattern(None, ox.NamedNode(SN + "sourceNote"), None)}
    assert {"© Statistische Ämter des Bundes und der Länder (dl-de/by-2-0)", "GeoNames (CC BY 4.0)"} <= notes


def test_each_part_of_the_description_is_told_where_its_address_leads(client: FlaskClient) -> None:
    parts = {quad.subject.value for quad in read(client, "/.well-known/void") if f"<{VOID}" in str(quad.predicate)}
    described = {address: {str(quad.subject) for quad in read(client, address)} for address in
                 {here(part).split("#")[0] for part in parts if part.startswith(BASE)}}  # fmt: skip
    for part in parts:
        if part.startswith(BASE):
            assert f"<{part}>" in described[here(part).split("#")[0]]
