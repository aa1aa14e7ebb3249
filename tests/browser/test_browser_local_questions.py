"""All questions answered in a real browser: the whole graph there, the same rows as the service, and nothing sent."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest

from browser.test_browser_local import ONCE, heard, site, switched_on  # noqa: F401 (a server whose graph can be loaded)
from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library

OF_TWO_GRAPHS = (
    "BASE <https://w3id.org/sorgenetz/> PREFIX graph: <https://w3id.org/sorgenetz/graph/> SELECT (COUNT(*) AS ?all) "
    "(COUNT(DISTINCT ?s) AS ?things) FROM graph:ontology FROM <graph/derived> FROM NAMED graph:sources "
    "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
)
WHO_SAYS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
ASK_ALL = """async ([module, queries]) => {
  const { local } = await import(module);
  const found = [];
  for (const query of queries) found.push(await local.graph.ask({ query }));
  return found;
}"""

FILE = """async ([module, query, file]) => {
  const { local } = await import(module);
  return local.graph.ask({ query, file, prefixes: await local.prefixes });
}"""
AWKWARD = r"""PREFIX dct: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX at: <https://w3id.org/sorgenetz/id/initiative/>
CONSTRUCT {
  <urn:b> a <urn:c>, dct:Agent ; dct:title "t", "a\nb\t\"\\é😀"@de-AT, "" ;
    <urn:p> 1, -1.5, true, "x"^^xsd:integer, "x"^^<urn:t>, "2020"^^xsd:gYear .
  <urn:a> <urn:q> <urn:b>, dct:, dct:a.b, at:1a-b, at:_a, at:a\., at:\-a, at:a%20b, at:a\/b, <urn:x?a=1#b> .
} {}"""
DESCRIBED = "DESCRIBE <https://w3id.org/sorgenetz/id/municipality/05113000>"


def test_all_questions_have_the_rows_of_the_service_and_are_sent_nowhere(opened_on_data) -> None:
    page = opened_on_data("/de/sparql")
    named = {question.name: question.query for question in Library(find_bundle().queries).questions()}
    named |= {"two graphs": OF_TWO_GRAPHS, "who says": WHO_SAYS, "each once": ONCE}
    # The service answers while the graph is being loaded.
    with ThreadPoolExecutor(1) as service:
        given = service.submit(lambda: [json.loads(asked(page.url, query)) for query in named.values()])
        switched_on(page)
    requests, module = heard(page), page.locator("script[src*='editor-']").get_attribute("src")
    page.context.set_offline(True)
    answers = page.evaluate(ASK_ALL, [module, list(named.values())])
    assert not requests
    for name, answer, of_the_service in zip(named, answers, given.result(), strict=True):
        assert answer["columns"] == of_the_service["head"]["vars"], name
        assert rows(answer["rows"]) == rows(of_the_service["results"]["bindings"]), name


def test_a_file_of_rows_holds_what_that_of_the_service_holds(opened) -> None:
    page = switched_on(opened("/de/sparql"))
    module = page.locator("script[src*='editor-']").get_attribute("src")
    query = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<urn:a,2> "x,\\r\\n\\"y" UNDEF) (UNDEF "" 7) } }"""
    nothing = "SELECT ?a { VALUES ?a { UNDEF <urn:b> } }"
    for asked_for, expected in (
        (query, 'a,b,c\r\n"urn:a,2","x,\r\n""y",\r\n,,7\r\n'),
        (nothing, 'a\r\n""\r\nurn:b\r\n'),
    ):
        made = page.evaluate(FILE, [module, asked_for, "text/csv"])
        assert made == asked(page.url, asked_for, "text/csv").decode() == expected
    # The one departure that only the browser has, as the page about the endpoint says.
    number = "CONSTRUCT { <urn:a> <urn:b> 01 } {}"
    for kind, it in (("text/turtle", "01"), ("application/rdf+xml", "1"), ("application/ld+json", "1")):
        made = page.evaluate(FILE, [module, number, kind])
        assert re.search(rf"\b{it}\b", made) and re.search(r"\b01\b", asked(page.url, number, kind).decode())


@pytest.mark.parametrize("query", [AWKWARD, DESCRIBED, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?s = <urn:x>) }"])
def test_a_file_of_statements_holds_what_that_of_the_service_holds_and_reads_as_well(opened, query: str) -> None:
    page = switched_on(opened("/de/sparql"))
    module = page.locator("script[src*='editor-']").get_attribute("src")
    for kind in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        made, given = page.evaluate(FILE, [module, query, kind]), asked(page.url, query, kind).decode()
        assert set(ox.parse(made, ox.RdfFormat.from_media_type(kind))) == set(
            ox.parse(given, ox.RdfFormat.from_media_type(kind))
        )
        if kind == "application/n-triples":
            assert made == given
    if query == DESCRIBED:
        made = page.evaluate(FILE, [module, query, "text/turtle"])
        given = asked(page.url, query, "text/turtle").decode()
        assert statements_of(made) == statements_of(given)
        assert len(made) <= len(given)


def statements_of(turtle: str) -> list[str]:
    """Return the lines that declare no prefix."""
    return [line for line in turtle.splitlines() if not line.startswith("@prefix")]


def asked(page_address: str, query: str, media_type: str = "application/sparql-results+json") -> bytes:
    """Return the answer of the service to a query that is posted to it."""
    headers = {"Accept": media_type, "Content-Type": "application/sparql-query"}
    request = Request(page_address.replace("/de/", "/"), query.encode(), headers)
    with urlopen(request, timeout=60) as response:
        return response.read()


def rows(bindings: Iterable[dict]) -> Counter:
    """Return the rows; texts put together by GROUP_CONCAT have their parts in no order."""
    return Counter(
        tuple(sorted((name, "; ".join(sorted(term["value"].split("; "))), term["type"], term.get("xml:lang"),
                      (term.get("datatype") or "").removesuffix("XMLSchema#string")) for name, term in row.items()))
        for row in bindings
    )  # fmt: skip
