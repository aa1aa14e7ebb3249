"""A selection is taken away: files that hold what the page shows, a page for the council, a part of another page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from flask import Flask
from pages.parsed import Parsed
from python_calamine import CalamineWorkbook

from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

HERE = "place=kreis/05513"
ALL = "SELECT ?i { ?i a <https://w3id.org/sorgenetz/ontology#Initiative> }"
VIZ = "{http://www.gexf.net/1.1draft/viz}color"


def content(published: Flask, ending: str, query: str = HERE, status: int = 200):
    with published.test_client().get(f"/de/initiatives.{ending}?{query}") as response:
        response.set_data(response.get_data())
    assert response.status_code == status, response.text[:500]
    return response


def on_the_page(published: Flask, query: str = HERE) -> set[str]:
    page = Parsed(published.test_client().get(f"/de/initiatives?{query}").text).one("section", class_="results")
    links = (link.attributes["href"] for link in page.all("a"))
    return {link.removeprefix("/de/initiative/") for link in links if link.startswith("/de/initiative/")}


def slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_the_table_holds_what_the_page_shows(published: Flask) -> None:
    rows = list(csv.DictReader(io.StringIO(content(published, "csv").text)))
    assert {slug(row["initiative"]) for row in rows} == on_the_page(published)
    net = next(row for row in rows if slug(row["initiative"]) == "quartiersnetz-gelsenkirchen")
    assert "Digitale Barriere" in net["barrierNames"] and "Gelsenkirchen" in net["placeNames"]


def test_the_words_of_the_table_are_in_the_language_of_the_page(published: Flask) -> None:
    text = published.test_client().get(f"/en/initiatives.csv?{HERE}").text
    assert "Digital barrier" in text and "Digitale Barriere" not in text


def test_the_workbook_has_the_same_rows_and_a_codebook(published: Flask) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(published, "xlsx").data))
    data = book.get_sheet_by_index(0).to_python()
    assert {slug(row[0]) for row in data[1:]} == on_the_page(published)
    codebook = book.get_sheet_by_index(1).to_python()
    assert [line[0] for line in codebook[1:]] == data[0]


def test_the_places_are_features_with_their_initiatives(published: Flask) -> None:
    response = content(published, "geojson")
    assert response.mimetype == "application/geo+json"
    features = json.loads(response.text)["features"]
    assert {slug(one["iri"]) for f in features for one in f["properties"]["initiatives"]} == on_the_page(published)
    town = next(feature for feature in features if feature["properties"]["place"] == "Gelsenkirchen")
    east, north = town["geometry"]["coordinates"]
    assert 7.0 < east < 7.2 and 51.4 < north < 51.7


def test_the_networks_open_in_colour(published: Flask) -> None:
    tree = ElementTree.fromstring(content(published, "gexf").data)
    colours = list(tree.iter(VIZ))
    assert colours and all("a" not in colour.attrib for colour in colours)
    graph = nx.parse_graphml(content(published, "graphml").text)
    initiatives = {slug(node) for node, data in graph.nodes(data=True) if data["kind"] == "initiative"}
    assert initiatives == on_the_page(published)
    assert all(
        (data["r"], data["g"], data["b"]) in ((14, 107, 92), (63, 61, 153)) for _, data in graph.nodes(data=True)
    )
    assert len(graph.edges) > 5


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "gexf", "graphml"])
def test_a_file_of_nothing_is_a_file(published: Flask, ending: str) -> None:
    assert content(published, ending, "place=kreis/05513&lowersBarrier=discrimination").data


def test_a_file_of_what_cannot_be_followed_is_an_error_not_a_part(published: Flask) -> None:
    response = content(published, "csv", "place=nirgends", 400)
    assert "nirgends" in response.text


def test_a_page_can_be_shown_within_others_only_where_it_is_asked_for(published: Flask) -> None:
    client = published.test_client()
    inside, usual = (client.get(f"/de/initiatives?{HERE}{extra}") for extra in ("&embed=1", ""))
    assert "frame-ancestors *" in inside.headers["Content-Security-Policy"] and "Set-Cookie" not in inside.headers
    assert "frame-ancestors 'none'" in usual.headers["Content-Security-Policy"]
    assert 'class="head"' not in inside.text and 'class="head"' in usual.text


def test_the_brief_has_question_findings_map_sources_release_and_code(published: Flask) -> None:
    page = Parsed(published.test_client().get(f"/de/brief?{HERE}&question=Was+gibt+es+hier%3F").text)
    text = " ".join(page.text.split())
    assert page.one("h1").text == "Was gibt es hier?"
    assert f"Sorgenetz kennt {len(on_the_page(published))} Initiativen dieser Art." in text
    assert page.one("svg", class_="selection-map") and page.one("svg", class_="qr")
    assert len(page.one("ol", class_="brief-sources").all("li")) > 5
    assert "Stand: Veröffentlichung 1" in text and "http://localhost/de/initiatives?place=kreis%2F05513" in text


def test_a_question_is_only_ever_text(published: Flask) -> None:
    html = published.test_client().get("/de/brief?question=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_a_brief_of_nothing_says_that_nothing_is_known(published: Flask) -> None:
    html = published.test_client().get("/en/brief?place=kreis/05513&lowersBarrier=discrimination").text
    assert "That does not mean that there is none" in html


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "graphml", "gexf"])
def test_all_initiatives_come_as_a_file_within_the_usual_time_of_a_query(published_home: Path, ending: str) -> None:
    application = create_app(Settings(home=published_home))
    try:
        response = application.test_client().get(f"/de/initiatives.{ending}")
        assert response.status_code == 200
        if ending == "csv":
            initiatives = application.extensions["sorgenetz"].engine.rows(ALL)
            assert len(list(csv.DictReader(io.StringIO(response.text)))) == len(initiatives) > 300
    finally:
        application.extensions["sorgenetz"].engine.close()
