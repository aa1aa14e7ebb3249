"""Pictures of an answer are offered where they fit, show all of it or say what they leave out, and have their lists."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from urllib.parse import urlencode

import pytest
from pages.parsed import Parsed

from results.conftest import views

GEO = "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
SN = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#> PREFIX initiative: <https://w3id.org/sorgenetz/id/initiative/> "
XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


def picture(page: Parsed):
    return page.one("section", id="answer").one("svg", class_="drawn")


def points(*given: str) -> str:
    lines = " ".join(f'("{name}" "{wkt}"^^geo:wktLiteral)' for name, wkt in (one.split("|") for one in given))
    return f"{GEO} SELECT ?name ?at {{ VALUES (?name ?at) {{ {lines} }} }}"


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ('SELECT ?a ?n { VALUES (?a ?n) { ("x" 1) ("y" 2) } }', ["Table", "Chart", "Raw"]),
        ('SELECT ?a ?n { VALUES (?a ?n) { ("x" 1) ("y" "2") } }', ["Table", "Raw"]),
        ("SELECT ?n { VALUES ?n { 1 2 } }", ["Table", "Raw"]),
        ('SELECT ?a ?lat ?lon { VALUES (?a ?lat ?lon) { ("x" 51.0 7.0) ("y" 52 8) } }', ["Table", "Map", "Raw"]),
        ('SELECT ?a ?lat ?lon { VALUES (?a ?lat ?lon) { ("x" 99 7.0) ("y" 52 888) } }', ["Table", "Raw"]),
        (points("x|POINT(7 51)"), ["Table", "Map", "Raw"]),
        (points("x|LINESTRING(7 51, 8 52)", "y|POINT(a b)", "z|POINT EMPTY"), ["Table", "Raw"]),
        (SN + "SELECT ?i ?m { ?i sn:locatedIn ?m }", ["Table", "Map", "Network", "Raw"]),
        ("SELECT ?a ?b { VALUES (?a ?b) { (<urn:a> <urn:b>) (<urn:a> 1) } }", ["Table", "Raw"]),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", ["Table", "Raw"]),
        ("CONSTRUCT { <urn:a> <urn:b> <urn:c> } {}", ["Table", "Network", "Raw"]),
    ],
)
def test_only_views_that_fit_are_offered(asked, query: str, offered: list[str]) -> None:
    assert views(asked(query)) == offered


def test_an_empty_answer_offers_no_view(asked) -> None:
    page = asked("SELECT ?s { ?s <urn:none> ?o }", view="chart")
    assert not page.all("nav", class_="views") and page.one("section", id="answer").one(
        "p", role="status"
    ).text.startswith("0 rows")


def test_a_bar_is_as_long_as_its_number_and_the_table_has_the_same(asked) -> None:
    page = asked(
        'SELECT ?a ?n { VALUES (?a ?n) { ("low" -5) ("null" 0) ("high" 10.5) (UNDEF 3) ("none" UNDEF) } }', view="chart"
    )
    bars = picture(page).all("rect", class_="bar")
    left, width = ([float(bar.attributes[name]) for bar in bars] for name in ("x", "width"))
    assert width[0] * 10.5 == pytest.approx(width[2] * 5, rel=0.01) and width[1] == 0
    assert left[0] + width[0] == pytest.approx(left[2], abs=0.2)
    assert "1 row has no number" in page.text
    table = page.one("section", id="answer").one("table")
    cells = [[cell.text for cell in row.all("td")] for row in table.all("tr")[1:]]
    assert cells == [["low", "-5"], ["null", "0"], ["high", "10.5"], ["–", "3"]]


def test_bars_beyond_the_first_are_counted_and_another_number_can_be_chosen(asked) -> None:
    numbers = " ".join(map(str, range(100)))
    query = f"SELECT (CONCAT('r', STR(?n)) AS ?r) ?n ?m {{ VALUES ?n {{ {numbers} }} BIND(?n * 2 AS ?m) }}"
    page = asked(query, view="chart", measure="m")
    assert len(picture(page).all("rect", class_="bar")) == 60 and "The first 60 of 100 rows are drawn" in page.text
    assert picture(page).one("title", id="chart-title").text == "m"
    assert "measure=n" in next(link for link in page.all("a") if link.text == "n").attributes["href"]


def test_times_make_a_line_in_their_order(asked) -> None:
    rows = '("2020"^^xsd:gYear 5) ("2018-07"^^xsd:gYearMonth 1) ("2019-02-03"^^xsd:date 9)'
    drawn = picture(asked(f"{XSD} SELECT ?t ?n {{ VALUES (?t ?n) {{ {rows} }} }}", view="chart"))
    titles = [title.text for title in drawn.all("title")][1:]
    assert titles == ["July 2018: 1", "3 February 2019: 9", "2020: 5"]
    across, heights = ([float(one.attributes[name]) for one in drawn.all("circle")] for name in ("cx", "cy"))
    assert across == sorted(across) and heights.index(min(heights)) == 1 and drawn.all("path", class_="line")


@pytest.mark.parametrize("values", [("1e308", "-1e308", "1"), ("5e-324", "0e0", "1e-320"), ("0", "0", "0")])
@pytest.mark.parametrize("kind", ["gYear", "string"])
def test_numbers_beyond_measure_are_drawn_as_well_as_can_be(asked, values: tuple[str, ...], kind: str) -> None:
    rows = " ".join(f'("{2019 + at}"^^xsd:{kind} {value})' for at, value in enumerate(values))
    drawn = picture(asked(f"{XSD} SELECT ?t ?n {{ VALUES (?t ?n) {{ {rows} }} }}", view="chart"))
    for mark in [*drawn.all("rect"), *drawn.all("circle")]:
        for name in ("x", "y", "cx", "cy", "width"):
            assert -1 < float(mark.attributes.get(name, 0)) < 1000
    assert len(drawn.all("rect") + drawn.all("circle")) == 3


def test_a_map_has_each_place_as_link_and_in_its_list(asked) -> None:
    page = asked(SN + "SELECT ?i ?m { ?i sn:locatedIn ?m }", view="map")
    links = picture(page).all("a")
    assert [link.attributes["href"] for link in links] == ["/en/initiative/nest"]
    listed = page.one("ol", class_="spots").all("li")
    assert listed[0].one("a").text == "Nest" and "50.95° N, 7.05° E" in listed[0].text
    assert "GeoBasis-DE / BKG 2017" in page.text and "the graph says where they are" in page.text


def test_east_is_right_north_is_up_and_the_order_of_a_reference_system_counts(asked) -> None:
    north_first = "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(54.78 9.43)"
    drawn = picture(
        asked(points("Aachen|POINT(6.08 50.78)", "Görlitz|POINT(14.98 51.15)", f"Flensburg|{north_first}"), view="map")
    )
    at = {
        link.attributes["aria-label"]: (
            float(link.one("circle").attributes["cx"]),
            float(link.one("circle").attributes["cy"]),
        )
        for link in drawn.all("a")
    }
    assert at["Aachen"][0] < at["Flensburg"][0] < at["Görlitz"][0]
    assert at["Flensburg"][1] < min(at["Aachen"][1], at["Görlitz"][1])


def test_places_off_the_map_and_rows_without_a_point_are_named(asked) -> None:
    page = asked(points("Köln|POINT(6.96 50.94)", "Lima|POINT(-77.04 -12.04)", "Nirgends|POINT EMPTY"), view="map")
    assert len(picture(page).all("circle")) == 1
    listed = [item.text for item in page.one("ol", class_="spots").all("li")]
    assert any(text.startswith("Lima") and "not on the map" in text for text in listed)
    assert "1 row has no point" in page.text


def test_what_lies_at_one_point_is_one_circle_that_leads_to_the_list(asked) -> None:
    page = asked(points("a|POINT(7 51)", "b|POINT(7 51)", "c|POINT(7 51)", "c|POINT(7 51)"), view="map")
    link = picture(page).one("a")
    assert link.attributes["href"] == "#place-1" and link.attributes["aria-label"].startswith("3 entries: a, b, c")
    assert page.one("li", id="place-1").text.startswith("a · b · c")


def test_a_network_draws_each_thing_once_and_lists_each_tie(asked) -> None:
    page = asked("CONSTRUCT { <urn:a> <urn:r> <urn:b>, <urn:c> . <urn:b> <urn:r> <urn:a>, 'text' } {}", view="network")
    # Nobody has a page about them, and a browser cannot go where they are: no mark leads anywhere.
    assert not picture(page).all("a")
    assert [node.text for node in picture(page).all("title")[1:]] == ["b, 1 tie", "c, 1 tie", "a, 2 ties"]
    rows = page.one("section", id="answer").one("table").all("tr")[1:]
    assert [[cell.text for cell in row.all("td")] for row in rows] == [
        ["a", "r", "b"],
        ["a", "r", "c"],
        ["b", "r", "a"],
    ]


def test_what_has_no_name_leads_to_its_own_address_and_not_to_a_page_that_is_not(asked) -> None:
    iris = [
        "https://w3id.org/sorgenetz/id/initiative/nest", "http://purl.org/dc/terms/hasPart", "https://example.org/a/b",
    ]  # fmt: skip
    page = asked("CONSTRUCT {{ <{}> <{}> <{}> }} {{}}".format(*iris), view="network")
    links = [cell.one("a") for cell in page.one("section", id="answer").one("table").all("td")]
    assert [link.attributes["href"] for link in links] == ["/en/initiative/nest", *iris[1:]]
    assert [link.attributes["title"] for link in links] == iris
    assert [link.text for link in links] == ["Nest", "dct:hasPart", "b"]
    assert {mark.attributes["href"] for mark in picture(page).all("a")} == {
        "/en/initiative/nest", "https://example.org/a/b",
    }  # fmt: skip


def test_a_network_too_large_to_read_says_so_and_offers_the_file(asked, visitor) -> None:
    query = (
        "SELECT ?a ?b { VALUES ?x {"
        + " ".join(map(str, range(160)))
        + "} BIND(<urn:centre> AS ?a) BIND(IRI(CONCAT('urn:n', STR(?x))) AS ?b) }"
    )
    page = asked(query, view="network")
    assert not page.one("section", id="answer").all("svg", class_="drawn") and "161 things" in page.text
    assert len(page.one("section", id="answer").one("table").all("tr")) == 161
    link = next(link for link in page.all("a") if link.text == "GraphML").attributes["href"]
    file = visitor.get(link)
    tree = ElementTree.fromstring(file.data)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert file.mimetype == "application/graphml+xml"
    assert len(tree.findall(f".//{space}node")) == 161 and len(tree.findall(f".//{space}edge")) == 160


def test_a_network_is_drawn_the_same_each_time(asked) -> None:
    query = SN + "CONSTRUCT { ?s ?p ?o } { ?s a sn:Initiative ; ?p ?o . FILTER(ISIRI(?o) && STRLEN(STR(?s)) < 50) }"
    assert (
        asked(query, view="network").one("path", class_="ties").attributes
        == asked(query, view="network").one("path", class_="ties").attributes
    )


def test_names_that_mean_harm_are_plain_text_in_a_network_file(visitor) -> None:
    query = SN + "CONSTRUCT { initiative:hostile sn:relatedTo <urn:x> } {}"
    tree = ElementTree.fromstring(visitor.get("/sparql.graphml?" + urlencode({"query": query})).data)
    assert '"><img src=x onerror=alert(1)>' in [data.text for data in tree.iter() if data.tag.endswith("data")]


@pytest.mark.parametrize("query", ["ASK {}", "SELECT (1 AS ?a) {}", "CONSTRUCT { <urn:a> <urn:b> 1 } {}"])
def test_where_nothing_is_tied_there_is_no_network_file(visitor, query: str) -> None:
    response = visitor.get("/sparql.graphml?" + urlencode({"query": query}), headers={"Accept": "application/json"})
    assert response.status_code == 400 and response.get_json()["type"].endswith("/no-network")


def test_raw_is_what_the_endpoint_sends(asked) -> None:
    import json

    query = 'SELECT ("Ä <b>" AS ?a) {}'
    answer = asked(query, view="raw").one("section", id="answer")
    shown = json.loads(answer.all("pre", role="region")[0].text)
    assert shown["results"]["bindings"] == [{"a": {"type": "literal", "value": "Ä <b>"}}]


def test_a_network_file_too_large_is_an_error_that_names_the_limit(visitor) -> None:
    rows = " ".join(f"<urn:n{number}>" for number in range(150))
    query = f"SELECT ?a ?b {{ VALUES ?a {{ {rows} }} VALUES ?b {{ {rows} }} }}"
    response = visitor.get("/sparql.graphml?" + urlencode({"query": query}), headers={"Accept": "application/json"})
    assert response.status_code == 400 and response.get_json()["type"].endswith("/network-too-large")
    assert (response.get_json()["limit"], response.get_json()["count"]) == (20_000, 22_500)
