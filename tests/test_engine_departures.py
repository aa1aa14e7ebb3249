"""Where the engine departs from SPARQL 1.1: what would be wrong is refused, what is counted otherwise is told.

Each departure is looked at in the engine itself, so that what is refused can be answered as soon as it is mended.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sorgenetz.bundle import find_bundle
from sorgenetz.engine.departures import GraphLost, LabelledBlankNode, SearchPatternRefused, has_alternatives
from sorgenetz.engine.query_text import read_query
from sorgenetz.errors import QueryRefused, ServiceRefused

DATA = """GRAPH <urn:g1> { <urn:x> <urn:a> <urn:y> ; <urn:b> <urn:y> } GRAPH <urn:g2> { <urn:z> <urn:a> <urn:y> }
<urn:x> <urn:a> <urn:y> ; <urn:b> <urn:y> . <urn:z> <urn:a> <urn:y> ."""


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    store = ox.Store()
    store.load(DATA, ox.RdfFormat.TRIG)
    return store


def rows(engine: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    found = engine.query(query)
    return sorted(tuple(str(row[name]) for name in found.variables) for row in found)


def test_a_subquery_within_the_graph_of_a_variable_loses_the_graph_unless_it_names_it(engine: ox.Store) -> None:
    by_graph = "SELECT ?g ?n { GRAPH ?g { { SELECT %s (COUNT(*) AS ?n) { ?s <urn:a> ?o } %s } } }"
    assert [row[0] for row in rows(engine, by_graph % ("", ""))] == ["None"], "one for all graphs"
    assert len(rows(engine, by_graph % ("?g", "GROUP BY ?g"))) == 2
    limited = "SELECT ?g ?s { GRAPH ?g { { SELECT ?g ?s { ?s <urn:a> ?o } LIMIT 1 } } }"
    assert len(rows(engine, limited)) == 1, "SPARQL finds one in each graph"


def test_a_label_of_a_blank_node_gives_one_node_for_all_rows(engine: ox.Store) -> None:
    labelled = "SELECT (COUNT(DISTINCT ?b) AS ?n) { ?s <urn:a> ?o BIND(BNODE(%s) AS ?b) }"
    assert "1" in rows(engine, labelled % '"x"')[0][0] and "2" in rows(engine, labelled % "")[0][0]


def test_each_pair_of_a_path_with_alternatives_is_found_once(engine: ox.Store) -> None:
    assert len(rows(engine, "SELECT ?s { ?s <urn:a>|<urn:b> ?o }")) == 2
    assert len(rows(engine, "SELECT ?s { { ?s <urn:a> ?o } UNION { ?s <urn:b> ?o } }")) == 3


def test_a_path_of_no_length_begins_only_at_what_is_in_the_graph(engine: ox.Store) -> None:
    assert rows(engine, "SELECT ?o { <urn:y> <urn:a>* ?o }") == [("<urn:y>",)]
    assert rows(engine, "SELECT ?o { <urn:nowhere> <urn:a>* ?o }") == []


def test_numbers_and_dates_are_kept_by_their_value(engine: ox.Store) -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert rows(engine, 'SELECT ("a"@de-AT AS ?a) {}') == [('"a"@de-at',)]
    assert rows(engine, 'SELECT ("007"^^<http://www.w3.org/2001/XMLSchema#int> AS ?n) {}') == [(f'"7"^^<{integer}>',)]


def test_what_the_engine_reads_otherwise_in_a_search_pattern(engine: ox.Store) -> None:
    assert rows(engine, r'SELECT (REGEX("aa", "(a)\\1") AS ?x) {}') == [("None",)], "SPARQL says true"
    assert rows(engine, 'SELECT (REGEX("m", "^[a-z-[m]]$") AS ?x) {}')[0][0].startswith('"true"'), "SPARQL says false"
    assert rows(engine, 'SELECT (REPLACE("ab", "", "x") AS ?x) {}') == [('"xaxbx"',)], "an error in SPARQL"


def test_what_is_an_error_though_it_can_be_compared(engine: ox.Store) -> None:
    compared = "SELECT (true < false AS ?x) ('NaN'^^<http://www.w3.org/2001/XMLSchema#double> < 1 AS ?y) {}"
    assert rows(engine, compared) == [("None", "None")], "SPARQL says false"


def test_a_time_with_a_zone_is_another_than_one_without(engine: ox.Store) -> None:
    day = '"2006-08-23%s"^^<http://www.w3.org/2001/XMLSchema#date>'
    compared = f"SELECT ({day % ''} = {day % 'Z'} AS ?x) ({day % ''} != {day % 'Z'} AS ?y) {{}}"
    assert [value.split("^")[0] for value in rows(engine, compared)[0]] == ['"false"', '"true"'], (
        "SPARQL leaves it open"
    )


def test_a_comparison_that_reads_like_an_iri_is_a_comparison(engine: ox.Store) -> None:
    compared = "SELECT ?x { VALUES (?x ?a ?b ?y) { (1 2 3 2) (2 1 3 2) } FILTER(?x<?a&&?b>?y) }"
    assert len(rows(engine, compared)) == 1, "no query in SPARQL, where <?a&&?b> is an IRI"


def test_the_variable_of_a_graph_belongs_to_each_pattern_within(engine: ox.Store) -> None:
    assert len(rows(engine, "SELECT ?s { GRAPH ?g { ?s ?p ?o FILTER(?g = <urn:g2>) } }")) == 1, "none in SPARQL"
    assert rows(engine, "SELECT ?s { GRAPH ?g { ?s ?p ?o MINUS { ?x <urn:a> ?y } } }") == [], "three in SPARQL"
    for without_pattern in ("VALUES ?x { 1 }", "GRAPH <urn:g2> { ?x ?p ?o }"):
        assert rows(engine, f"SELECT ?g {{ GRAPH ?g {{ {without_pattern} }} }}") == [("None",)], "one for each graph"
    for alone in ("VALUES ?x { 1 }", "SELECT (COUNT(*) AS ?x) { ?s ?p ?o }", "GRAPH <urn:g2> { ?x ?p ?y }"):
        assert len(rows(engine, f"SELECT ?x {{ GRAPH <urn:none> {{ {alone} }} }}")) == 1, "none: there is no such graph"


@pytest.mark.parametrize(
    "query",
    ["PREFIX \\u03b1: <urn:> SELECT (\\u03b1:a AS ?x) {}", "SELECT ?x ?x { ?x ?p ?o }", "SELECT * { ?s <a> ?o }"],
)
def test_what_the_parser_does_not_read(engine: ox.Store, query: str) -> None:
    with pytest.raises(SyntaxError):
        engine.query(query)


def test_an_unknown_function_ends_the_whole_query(engine: ox.Store) -> None:
    with pytest.raises(RuntimeError, match="custom function <urn:f>"):
        engine.query("SELECT (COALESCE(<urn:f>(1), 2) AS ?x) {}")


LOST = [
    "SELECT ?g ?n { GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } }",
    "SELECT * { GRAPH $g { { SELECT ?x { ?x ?p ?o } } ?x ?q ?r } }",
    "SELECT * { GRAPH ?g { { SELECT * { ?x ?p ?o } } } }",
    "SELECT * { GRAPH ?g { { SELECT (COUNT(?g) AS ?n) { ?x ?p ?o } } } }",
    "ASK{GRAPH?g{{SELECT?x{?x ?p ?o}}}}",
    "SELECT ?x { GRAPH ?g { ?x ?p ?o FILTER EXISTS { { SELECT ?x { ?x ?q ?r } } } } }",
    "SELECT ?x { GRAPH ?g { { SELECT ?g ?x { { SELECT ?x { ?x ?q ?r } } } } } }",
    "CONSTRUCT { ?x ?p ?g } { GRAPH ?g { { SELECT ?x ?p ?g { ?x ?p ?o } ORDER BY ?x LIMIT 2 } } }",
    "SELECT * { GRAPH ?g { { SELECT ?g ?x { ?x ?p ?o } OFFSET 2 } } }",
    "DESCRIBE ?x { GRAPH <urn:g> { GRAPH ?g { { SELECT DISTINCT ?x { ?x ?p ?o } } } } }",
    'SELECT * { GRAPH ?g { ?s ?p "}" . # }\n { SELECT ?s { ?s ?p "?g" } } } }',
    "SELECT * { \\u0047RAPH ?g { { SELECT ?s { ?s ?p ?o } } } }",
]
KEPT = [
    "SELECT * { GRAPH ?g { { SELECT ?g ?x { ?x ?p ?o } } } } LIMIT 3 OFFSET 1",
    "SELECT * { GRAPH ?g { { SELECT DISTINCT ?x $g { ?x ?p ?o } ORDER BY ?x } } }",
    "SELECT * { GRAPH ?g { { SELECT ?g (COUNT(?x) AS ?n) { ?x ?p ?o } GROUP BY ?g } } }",
    "SELECT * { GRAPH <urn:g> { { SELECT ?x { ?x ?p ?o } LIMIT 2 } } }",
    "SELECT * { GRAPH ?g { GRAPH <urn:g> { { SELECT ?x { ?x ?p ?o } LIMIT 2 } } } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } { SELECT ?s { ?s ?p ?o } LIMIT 2 } }",
    "SELECT * { { SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 2 } GRAPH ?h { ?s ?p ?o } }",
    'SELECT * { GRAPH ?g { ?s ?p "{ SELECT ?s {} }" } # { SELECT ?s {} }\n }',
    "SELECT ?SELECT { GRAPH ?g { ?SELECT <urn:SELECT> ?o } }",
    "PREFIX s: <urn:> SELECT * { GRAPH s:g { { SELECT ?x { ?x ?p ?o } } } }",
    "SELECT * { GRAPH ?g { { SELECT ?s (EXISTS { ?s <urn:b> ?y } AS ?has) ?g { ?s ?p ?o } } } }",
]

LABELLED = [
    'SELECT (BNODE("x") AS ?b) {}',
    "CONSTRUCT { ?b ?p ?o } { ?s ?p ?o BIND(bNode (?o) AS ?b) }",
]
SEARCHED = [
    (r'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "(a)\\1", "i")) }', r"\1"),
    ("ASK { FILTER regex('a', '^[a-z-[m]]$') }", "-["),
    ("SELECT (REPLACE(REPLACE(?x, 'a', 'b'), '''(.)\\\\2''', '') AS ?y) {}", r"\2"),
]
SEARCHED_AS_ANYWHERE = [
    r'ASK { FILTER(REGEX(?o, "a\\\\1")) }',
    r'ASK { FILTER(REGEX(?o, "[a-z\\-\\[]-[b]")) }',
    'ASK { FILTER(REGEX("-[", "[a]")) } # REGEX(?x, "[a-[b]]")',
    "SELECT (REPLACE('ab', '(a)', '-[$1]') AS ?x) {}",
    r'ASK { ?s ?p "REGEX(?x, \"(a)\\1\")" }',
]


@pytest.mark.parametrize(("query", "sign"), SEARCHED)
def test_a_search_that_would_be_read_otherwise_is_refused(query: str, sign: str) -> None:
    with pytest.raises(SearchPatternRefused) as refused:
        read_query(query).raise_if_refused()
    assert refused.value.text("de").startswith(sign)


@pytest.mark.parametrize("query", SEARCHED_AS_ANYWHERE)
def test_other_searches_are_answered(engine: ox.Store, query: str) -> None:
    read_query(query).raise_if_refused()
    engine.query(query)


@pytest.mark.parametrize("query", LOST)
def test_a_query_that_would_lose_its_graph_is_refused(query: str) -> None:
    with pytest.raises(GraphLost) as refused:
        read_query(query).raise_if_refused()
    assert "?g" in refused.value.text("en") and "?g" in refused.value.remedy("de")


@pytest.mark.parametrize("query", KEPT)
def test_a_query_that_keeps_its_graph_is_answered(engine: ox.Store, query: str) -> None:
    read_query(query).raise_if_refused()
    engine.query(query)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("ASK {\n GRAPH ?g { { SELECT ?g ?x {} } { SELECT ?x {} } }\n}", (2, 35)),
        ("ASK { GRAPH ?g { { SELECT (EXISTS { ?x ?p ?o } AS ?has) {} } } }", (1, 20)),
        ("SELECT * { GRAPH ?g {\n{ SELECT ?g {}\r\n  LIMIT 1 } } } LIMIT 2", (3, 3)),
        ('SELECT ("\U0001f600" AS ?ä) (BNODE(1) AS ?b) {}', (1, 21)),
        ("ASK { SERVICE <urn:s> {} BIND(BNODE(1) AS ?b) }", (1, 7)),
        ("PREFIX s: <urn:>\nINSERT DATA { s:a s:b s:c }", (2, 1)),
    ],
)
def test_the_first_reason_is_told_with_its_place(query: str, place: tuple[int, int]) -> None:
    with pytest.raises(QueryRefused) as refused:
        read_query(query).raise_if_refused()
    assert (refused.value.details["line"], refused.value.details["column"]) == place


@pytest.mark.parametrize("query", LABELLED)
def test_a_labelled_blank_node_is_refused(query: str) -> None:
    with pytest.raises(LabelledBlankNode):
        read_query(query).raise_if_refused()


@pytest.mark.parametrize(
    "query",
    ["SELECT (BNODE( ) AS ?b) {}", "SELECT ?BNODE { ?BNODE <BNODE> 'BNODE(1)' } # BNODE(1)", "ASK { [] ?p _:x }"],
)
def test_other_blank_nodes_are_answered(query: str) -> None:
    read_query(query).raise_if_refused()


def test_what_leaves_the_house_is_told_before_what_would_be_wrong() -> None:
    with pytest.raises(ServiceRefused):
        read_query("SELECT (BNODE(1) AS ?b) { SERVICE <urn:s> {} }").raise_if_refused()


@pytest.mark.parametrize(
    ("pattern", "has"),
    [
        ("?s <urn:a>|<urn:b> ?o", True), ("?s !(<urn:a>|^<urn:b>) ?o", True), ("?s <urn:a> ?o FILTER(?s || ?o)", False),
        ("?s <urn:a> 'a|b' # |\n", False), ("?s <urn:a> ?o", False),
    ],
)  # fmt: skip
def test_alternatives_in_paths_are_noticed(pattern: str, has: bool) -> None:
    assert has_alternatives(f"SELECT * {{ {pattern} }}") is has


def test_no_query_of_ours_is_refused() -> None:
    queries = list(find_bundle().queries.rglob("*.rq"))
    assert len(queries) > 100
    for path in queries:
        read_query(path.read_text("utf-8")).raise_if_refused()


def test_the_endpoint_and_the_page_say_why_and_what_to_do(client: FlaskClient) -> None:
    refused = client.get("/sparql", query_string={"query": LOST[0]}, headers={"Accept": "application/json"})
    assert refused.status_code == 400 and refused.json["type"].endswith("/graph-lost")
    assert refused.json["title"] == "Diese Abfrage wird hier nicht beantwortet"
    assert (refused.json["line"], refused.json["column"]) == (1, 29)
    page = client.get("/de/sparql", query_string={"query": LOST[0]})
    assert page.status_code == 400 and "Nehmen Sie ?g in das innere SELECT auf" in page.text
    assert "<mark>SELECT (COUNT(*) AS ?n)" in page.text and "nicht verständlich" not in page.text


def test_the_page_tells_how_alternatives_are_counted(client: FlaskClient) -> None:
    for pattern, is_told in (("?s a|!a ?o", True), ("?s a ?o", False)):
        page = client.get("/en/sparql", query_string={"query": f"SELECT * {{ {pattern} }} LIMIT 3"})
        assert ("in however many ways" in page.text) is is_told
