"""The numbers on the home page are what a query of the endpoint counts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

HEAD = """PREFIX sn: <https://w3id.org/sorgenetz/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX scheme: <https://w3id.org/sorgenetz/id/scheme/> """
COUNTED = {
    "initiatives": "?thing a sn:Initiative",
    "actors": "?thing a sn:Actor",
    "places": "?thing a sn:Municipality",
    # Of the kinds of barriers, those that something speaks of.
    "barriers": "?thing skos:inScheme scheme:barriers . ?user ?says ?thing "
    "FILTER(?says NOT IN (skos:broader, skos:narrower, skos:hasTopConcept, skos:related))",
    "sources": "?thing a sn:Source",
}


@pytest.mark.parametrize("path", COUNTED)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_number_on_the_home_page_equals_a_count_by_sparql(visitor: FlaskClient, read, language: str, path: str):
    query = f"{HEAD} SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ {COUNTED[path]} }}"
    answer = visitor.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    counted = int(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"])
    [link] = [one for one in read(f"/{language}/").all("a", href=f"/{language}/{path}") if one.has("class", "number")]
    shown = int("".join(letter for letter in link.text if letter.isdigit()))
    assert shown == counted and (counted > 0 or path == "actors"), "the world has no derived classes"


@pytest.mark.parametrize("given", ["9999", "abc", "0", "-1", "9" * 5_000])
@pytest.mark.parametrize("path", ["/de/sources", "/de/search?q=nest"])
def test_a_page_that_a_list_does_not_have_is_named_and_another_is_shown(visitor: FlaskClient, path: str, given: str):
    address = f"{path}{'&' if '?' in path else '?'}page="
    answer = visitor.get(address + given, headers={"Accept": "text/html"})
    assert answer.status_code == 400 and answer.text.count('<li><span class="row-title">') > 0
    assert f"Eine Seite „{given[:20]}" in answer.text and "Gezeigt wird Seite 1." in answer.text
    fine = visitor.get(address + "1", headers={"Accept": "text/html"})
    assert fine.status_code == 200 and "Eine Seite „" not in fine.text
