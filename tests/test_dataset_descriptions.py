"""What the dataset says it holds is true: each count of its VoID description against a live count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from described import client_of, read
from flask.testing import FlaskClient
from small_release import small_release

from sorgenetz.names import PREFIXES, SKOS, VOID

DATASET = "https://w3id.org/sorgenetz/dataset"
Rows = dict[tuple[str, ...], tuple[int, ...]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("described")
    small_release(folder)
    with client_of(folder / "home") as client:
        yield client


@pytest.fixture(scope="module")
def void(client: FlaskClient) -> ox.Store:
    return read(client, "/.well-known/void")


def live(client: FlaskClient, query: str, *numbers: str) -> Rows:
    """Return the answer of the endpoint: the texts of a row as key, the columns `numbers` as numbers."""
    response = client.get(f"/sparql?query={quote(query)}", headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == 200, response.text
    answer = json.loads(response.data)
    names = [name for name in answer["head"]["vars"] if name not in numbers]
    return {
        tuple(row[name]["value"] for name in names): tuple(int(row[name]["value"]) for name in numbers)
        for row in answer["results"]["bindings"]
    }


def said(store: ox.Store, pattern: str, keys: str, numbers: str) -> Rows:
    """Return what a description says: `pattern` in the terms of VoID, its variables `keys` and `numbers`."""
    prefixes = f"PREFIX void: <{VOID}> PREFIX ext: <http://ldf.fi/void-ext#> PREFIX sd: <{PREFIXES['sd']}>"
    rows = store.query(f"{prefixes} SELECT {keys} {numbers} {{ BIND(<{DATASET}> AS ?d) {pattern} }}")
    named = [name.removeprefix("?") for name in keys.split()], [name.removeprefix("?") for name in numbers.split()]
    return {
        tuple(row[name].value for name in named[0]): tuple(int(row[name].value) for name in named[1]) for row in rows
    }


COUNTS = {
    "whole": (
        "?d void:triples ?n ; void:distinctSubjects ?s ; void:distinctObjects ?o ; void:properties ?p ;"
        " void:classes ?c",
        "", "?n ?s ?o ?p ?c",
        "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?s) (COUNT(DISTINCT ?z) AS ?o) (COUNT(DISTINCT ?b) AS ?p)"
        " ((SELECT_CLASSES) AS ?c) { ?a ?b ?z }",
    ),
    "properties": (
        "?d void:propertyPartition ?x . ?x void:property ?p ; void:triples ?n ; void:distinctSubjects ?s ;"
        " void:distinctObjects ?o", "?p", "?n ?s ?o",
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?s) (COUNT(DISTINCT ?z) AS ?o) { ?a ?p ?z } GROUP BY ?p",
    ),
    "classes": (
        "?d void:classPartition ?x . ?x void:class ?c ; void:entities ?e ; void:triples ?n ; void:properties ?p",
        "?c", "?e ?n ?p",
        "SELECT ?c (COUNT(DISTINCT ?a) AS ?e) (COUNT(*) AS ?n) (COUNT(DISTINCT ?b) AS ?p) { ?a a ?c ; ?b ?z }"
        " GROUP BY ?c",
    ),
    "properties of classes": (
        "?d void:classPartition ?x . ?x void:class ?c ; void:propertyPartition ?y . ?y void:property ?p ;"
        " void:triples ?n ; void:distinctSubjects ?s", "?c ?p", "?n ?s",
        "SELECT ?c ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?s) { ?a a ?c ; ?p ?z } GROUP BY ?c ?p",
    ),
    "classes that properties point to": (
        "?d void:classPartition ?x . ?x void:class ?c ; void:propertyPartition ?y . ?y void:property ?p ;"
        " void:classPartition ?w . ?w void:class ?t ; void:triples ?n", "?c ?p ?t", "?n",
        "SELECT ?c ?p ?t (COUNT(*) AS ?n) { ?a a ?c ; ?p ?z . ?z a ?t } GROUP BY ?c ?p ?t",
    ),
    "datatypes of properties": (
        "?d void:classPartition ?x . ?x void:class ?c ; void:propertyPartition ?y . ?y void:property ?p ;"
        " ext:datatypePartition ?w . ?w ext:datatype ?t ; void:triples ?n", "?c ?p ?t", "?n",
        "SELECT ?c ?p ?t (COUNT(*) AS ?n) { ?a a ?c ; ?p ?z FILTER(isLiteral(?z)) BIND(DATATYPE(?z) AS ?t) }"
        " GROUP BY ?c ?p ?t",
    ),
    "graphs": (
        "?d void:subset ?x . ?x sd:name ?g ; void:triples ?n ; void:distinctSubjects ?s", "?g", "?n ?s",
        "SELECT ?g (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?s) { GRAPH ?g { ?a ?b ?z } } GROUP BY ?g",
    ),
}  # fmt: skip


def assert_counts_are_true(client: FlaskClient, void: ox.Store, what: str) -> None:
    pattern, keys, numbers, query = COUNTS[what]
    columns = [name.removeprefix("?") for name in numbers.split()]
    if what == "whole":
        classes = len(live(client, "SELECT DISTINCT ?c { ?a a ?c }"))
        query = query.replace("(SELECT_CLASSES)", str(classes))
    found = said(void, pattern, keys, numbers)
    assert found and found == live(client, query, *columns)


@pytest.mark.parametrize("what", COUNTS)
def test_each_count_of_void_is_the_live_count(client: FlaskClient, void: ox.Store, what: str) -> None:
    assert_counts_are_true(client, void, what)


def test_void_counts_entities_below_its_own_addresses(client: FlaskClient, void: ox.Store) -> None:
    ((space,),) = said(void, "?d void:uriSpace ?u", "?u", "")
    query = f'SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{space}")) }}'
    assert said(void, "?d void:entities ?n", "", "?n") == live(client, query, "n")


def test_each_linkset_counts_its_links(client: FlaskClient, void: ox.Store) -> None:
    links = said(
        void, "?x a void:Linkset ; void:linkPredicate ?p ; void:objectsTarget/void:uriSpace ?u ; void:triples ?n",
        "?p ?u", "?n",
    )  # fmt: skip
    assert (PREFIXES["sn"] + "geonames", "https://sws.geonames.org/") in links
    assert any(predicate.startswith(SKOS) and space == PREFIXES["schema"] for predicate, space in links)
    for (predicate, space), counted in links.items():
        query = (
            f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o FILTER(STRSTARTS(STR(?o), '{space}')"
            f" && !CONTAINS(REPLACE(STRAFTER(STR(?o), '{space}'), '/$', ''), '/')) }}"
        )
        assert live(client, query, "n") == {(): counted}, (predicate, space)


def test_vocabularies_are_those_in_use(client: FlaskClient, void: ox.Store) -> None:
    terms = live(client, "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }")
    spaces = {term[: max(term.rfind("#"), term.rfind("/")) + 1] for (term,) in terms}
    assert {space for (space,) in said(void, "?d void:vocabulary ?v", "?v", "")} == spaces


def test_example_resources_can_be_looked_up(client: FlaskClient, void: ox.Store) -> None:
    examples = said(void, "?d void:exampleResource ?e", "?e", "")
    assert examples
    for (iri,) in examples:
        assert client.get(urlsplit(iri).path.removeprefix("/sorgenetz")).status_code == 303


@pytest.fixture(scope="module")
def published_client(published_home: Path) -> Iterator[FlaskClient]:
    with client_of(published_home) as client:
        yield client


@pytest.mark.parametrize("what", COUNTS)
def test_the_published_release_describes_itself_truly(published_client: FlaskClient, what: str) -> None:
    assert_counts_are_true(published_client, read(published_client, "/.well-known/void"), what)
