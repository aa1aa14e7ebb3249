"""In a real browser: each view of an answer is for everyone, and a workbook arrives as it was made."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook

from browser.looking import complaints_on_wide_and_small_screens

PREFIXES = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
MANY = PREFIXES + "SELECT ?s ?label { ?s a sn:Initiative ; rdfs:label ?label }"
NUMBERS = 'SELECT ?name ?number { VALUES (?name ?number) { ("Äpfel" 3) ("Birnen" 12) ("Quitten" 1) } }'
TIMES = (
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?t ?n { VALUES (?t ?n) "
    '{ ("2018"^^xsd:gYear 3) ("2019"^^xsd:gYear 9) ("2020"^^xsd:gYear 7) } }'
)
PLACES = PREFIXES + "SELECT ?initiative ?place { ?initiative sn:locatedIn ?place }"
GRAPH = "DESCRIBE <https://w3id.org/sorgenetz/id/initiative/nest>"
LARGE = 'SELECT ?name ?number { VALUES (?name ?number) { ("A" 3644826) ("B" 123456789012.125) ("C" -7) } }'
LARGE_OVER_TIME = TIMES.replace(" 3)", " 3000000)").replace(" 9)", " 9000000000)")
VIEWS = [(NUMBERS, "table"), (NUMBERS, "chart"), (TIMES, "chart"), (PLACES, "map"), (GRAPH, "network"), (GRAPH, "raw")]
IDS = [f"{view}-{number}" for number, (_, view) in enumerate(VIEWS)]


def address(query: str, view: str, language: str = "de") -> str:
    return f"/{language}/sparql?" + urlencode({"query": query, "view": view})


@pytest.mark.parametrize(("query", "view"), VIEWS, ids=IDS)
def test_each_view_is_for_everyone_on_wide_and_small_screens(opened, query: str, view: str) -> None:
    pages = [opened(address(query, view, language)) for language in ("de", "en")]
    for page in pages:
        page.locator("details.snippets summary").click()
    assert not complaints_on_wide_and_small_screens(*pages)


@pytest.mark.parametrize("font", ["", "Verdana, 'DejaVu Sans'", "monospace"])
@pytest.mark.parametrize("query", [LARGE, LARGE_OVER_TIME])
def test_numbers_in_a_chart_have_the_room_they_need(opened, query: str, font: str) -> None:
    page = opened(address(query, "chart"))
    page.evaluate("font => { document.body.style.fontFamily = font || document.body.style.fontFamily }", font)
    assert page.locator("svg.chart text").count() > 5 and words_cut_off(page) == []


def words_cut_off(page) -> list[str]:
    """Return the words of pictures that reach beyond their edge."""
    return page.evaluate("""() => [...document.querySelectorAll("svg.drawn text")].filter(text => {
      const box = text.getBBox(), { width, height } = text.ownerSVGElement.viewBox.baseVal;
      return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
    }).map(text => text.textContent)""")


@pytest.mark.parametrize("path", ["initiatives?view=map&place=land/05", "network", address(PLACES, "map")[4:]])
def test_names_in_a_picture_of_the_data_are_whole(opened_on_data, path: str) -> None:
    page = opened_on_data(f"/de/{path}")
    names = page.locator("svg.drawn text").all_text_contents()
    assert len(names) > 15 and words_cut_off(page) == [] and not any("……" in name for name in names)


def test_a_workbook_is_downloaded_and_read_back(opened, tmp_path) -> None:
    page = opened(address(NUMBERS, "table"))
    with page.expect_download() as downloading:
        page.get_by_role("link", name="XLSX mit Codebuch").click()
    assert re.fullmatch(r"sorgenetz-\d{6}\.xlsx", downloading.value.suggested_filename)
    path = tmp_path / "result.xlsx"
    downloading.value.save_as(path)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Daten", "Codebuch", "Über"]
    rows = [["name", "number"], ["Äpfel", 3.0], ["Birnen", 12.0], ["Quitten", 1.0]]
    assert book.get_sheet_by_name("Daten").to_python() == rows


def test_views_sorting_and_pages_work_without_javascript(opened) -> None:
    page = opened(address(MANY, "table"), java_script_enabled=False)
    for _ in range(2):
        page.locator("#answer th").get_by_role("link", name="label").click()
    assert page.locator("#answer th", has_text="label").get_attribute("aria-sort") == "descending"
    page = opened(address(NUMBERS, "table"), java_script_enabled=False)
    page.get_by_role("navigation", name="Ansichten der Antwort").get_by_role("link", name="Diagramm").click()
    assert page.locator("svg.chart").is_visible() and "view=chart" in page.url
    assert page.get_by_role("link", name="CSV").is_visible()


def test_a_long_query_is_sorted_and_downloaded_by_buttons(opened) -> None:
    page = opened("/de/sparql")
    page.evaluate("query => { document.querySelector('#query').value = query }", NUMBERS + " # " + "ä" * 5000)
    page.evaluate("document.querySelector('#query').form.method = 'post'")
    page.evaluate("document.querySelector('#query').form.submit()")
    page.locator("#answer").wait_for()
    page.locator("#answer th").get_by_role("button", name="number").click()
    page.locator("#answer th[aria-sort=ascending]").wait_for()
    assert page.locator("#answer tbody td").first.text_content() == "Quitten"
    with page.expect_download() as downloading:
        page.get_by_role("button", name="XLSX mit Codebuch").click()
    assert downloading.value.suggested_filename.endswith(".xlsx")


def test_the_keyboard_reaches_the_places_of_a_map_and_their_list(opened) -> None:
    page = opened(address(PLACES, "map"))
    page.locator("svg.map a").first.focus()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/de/initiative/nest"
    page.get_by_role("link", name="Zur Liste der Orte").press("Enter")
    assert page.url.endswith("#map-list") and page.locator("#map-list").is_visible()


def test_a_snippet_is_copied_by_its_button(opened) -> None:
    page = opened(address(NUMBERS, "table"), permissions=["clipboard-read", "clipboard-write"])
    page.locator("details.snippets summary").click()
    page.locator("details.snippets").get_by_role("button", name="Kopieren").first.click()
    page.get_by_role("button", name="Kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("details.snippets code").first.text_content()
    assert copied.startswith("# pip install SPARQLWrapper pandas")


def test_pictures_are_printed_and_ways_to_other_views_are_not(opened) -> None:
    page = opened(address(NUMBERS, "chart"))
    page.emulate_media(media="print")
    assert page.locator("svg.chart").is_visible() and not page.locator("nav.views").is_visible()
