"""Queries answered in a real browser: by keyboard, stopped and too large, with what does not arrive."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from conftest import serving
from playwright.sync_api import expect
from small_release import small_release
from test_engine_departures import KEPT, LABELLED, LOST, SEARCHED, SEARCHED_AS_ANYWHERE

from browser.looking import complaints, sticks_out
from browser.test_browser_editor import WAIT_MS, query_of, write
from sorgenetz.engine.query_text import read_query
from sorgenetz.settings import Settings

SN = "https://w3id.org/sorgenetz/ontology#"
MANY_SORTS = f"SELECT ?s ?p ?o {{ VALUES ?class {{ <{SN}Municipality> <{SN}Workshop> }} ?s a ?class ; ?p ?o }}"
ONCE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TOO_DEEP = f"SELECT * {{ {'{' * 4000} ?s ?p ?o {'}' * 4000} }}"
# Asks the first and, while it is at work, the second; the first ends by itself or is stopped.
ASK_BEHIND = """async ([module, first, second, isStopped]) => {
  const { local } = await import(module);
  const stop = new AbortController();
  const before = local.graph.ask(first, stop.signal).catch((fault) => fault.kind ?? fault.name);
  const behind = local.graph.ask({ query: second }).catch((fault) => fault.kind ?? fault.name);
  if (isStopped) stop.abort();
  return [await before, (await behind).rows?.length];
}"""
JUDGED = """async ([module, queries]) => {
  const { local } = await import(module);
  const told = ({ kind, line, column }) => [kind, line, column];
  return Promise.all(queries.map((check) => local.graph.ask({ check }).then(() => null, told)));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a small release that comes with its files."""
    home = small_release(tmp_path_factory.mktemp("local")).folder.parent.parent
    with serving(Settings(home=home)) as server:
        yield server.address


def switched_on(page):
    """Switch on by keyboard and wait until the graph is there."""
    expect(page.locator(".cm-content")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("switch").focus()
    page.keyboard.press("Space")
    expect(state(page)).to_contain_text(re.compile("vollständig und geprüft|complete and checked"), timeout=60_000)
    return page


def state(page):
    return page.locator("[data-editor=local] [role=status]")


def heard(page) -> list[str]:
    """Return the requests of `page` from now on."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    return requests


def table_of(page) -> list[list[str]]:
    texts = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    return sorted(page.eval_on_selector_all("#answer table.result tr", texts))


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 320)])
def test_the_whole_task_by_keyboard_shows_the_table_of_the_service(opened, tmp_path, language, width) -> None:
    page = opened(f"/{language}/sparql?{urlencode({'query': MANY_SORTS})}", width)
    of_the_service = table_of(page)
    switched_on(page)
    requests, address = heard(page), page.url
    page.context.set_offline(True)
    page.locator(".cm-content").click()
    # Names that are typed, and what a name means, are asked of nobody now.
    query = query_of(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(" VALUES ?s { Musterdorf", delay=30)
    page.wait_for_timeout(400)
    page.keyboard.press("F2")
    write(page, query)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text(re.compile("in diesem Browser|in this browser"), timeout=WAIT_MS)
    assert table_of(page) == of_the_service
    head = page.locator("#answer th button").nth(1)
    head.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(head).to_be_focused()
    expect(page.locator("#answer th").nth(1)).to_have_attribute("aria-sort", "descending")
    assert not complaints(page) and not sticks_out(page, width)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="CSV").press("Enter")
    downloading.value.save_as(tmp_path / "rows.csv")
    saved = list(csv.reader(io.StringIO((tmp_path / "rows.csv").read_text("utf-8"))))
    assert saved[0] == ["s", "p", "o"] and len(saved) == len(of_the_service)
    assert page.url == address and not [one for one in requests if one.startswith("http")]


def test_yes_a_graph_raw_text_nothing_and_faults_are_shown_too(opened) -> None:
    page = switched_on(opened("/de/sparql"))
    answer, requests = page.locator("#outcome"), heard(page)

    def run(query: str) -> None:
        write(page, query)
        page.keyboard.press("Control+Enter")

    run("ASK { ?s ?p ?o }")
    expect(answer).to_contain_text("Ja.", timeout=WAIT_MS)
    run("DESCRIBE <https://w3id.org/sorgenetz/id/municipality/05113000>")
    expect(answer).to_contain_text("Aussagen ·", timeout=WAIT_MS)
    page.get_by_role("button", name="Roh").press("Enter")
    expect(answer.locator("pre[role=region]")).to_contain_text("municipality:05113000", timeout=WAIT_MS)
    run("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 401")
    page.get_by_role("navigation", name="Seiten").get_by_role("button", name="2").press("Enter")
    expect(answer).to_contain_text("Zeilen 201 bis 400 von 401.", timeout=WAIT_MS)
    expect(page.get_by_role("region", name="Antwort")).to_be_focused()
    run("SELECT * { <urn:nobody> ?p ?o }")
    expect(answer).to_contain_text("Keine Zeile passt", timeout=WAIT_MS)
    faulty = {
        "#\nSELECT ?s ?s {}": 1,
        "ASK\nFROM <g> {}": 6,
        "ASK {\nFILTER(<urn:f>(1)) }": 8,
        "SELECT *\nWHERE { ?s ?p }": 9,
    }
    for query, column in faulty.items():
        run(query)
        expect(answer.get_by_role("alert")).to_contain_text(f"Zeile 2, Spalte {column}", timeout=WAIT_MS)
    expect(page.locator("[data-editor=faults]")).to_contain_text("Zeile 2, Spalte 9", timeout=WAIT_MS)
    assert not complaints(page)
    write(page, "ASK { ?s a sn:Initiative }")
    expect(page.locator("[data-editor=faults]")).to_contain_text("Spalte 12 Das Präfix sn:", timeout=WAIT_MS)
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("Control+Enter")
    expect(answer).to_contain_text("Nein.", timeout=WAIT_MS)
    run("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    expect(answer.get_by_role("alert")).to_contain_text("SERVICE", timeout=WAIT_MS)
    assert not [one for one in requests if one.startswith("http")]


def test_what_the_service_refuses_is_refused_here_too_and_nothing_else(opened) -> None:
    page = switched_on(opened("/de/sparql"))
    module = page.locator("script[src*='editor-']").get_attribute("src")
    # An escape is not looked through here: the editor does not write any.
    lost = [query for query in LOST if "\\u" not in query]
    elsewhere = ["ASK { OPTIONAL { SERVICE ?s {} } }", "ASK {\n BIND(BNODE(1) AS ?b) SERVICE <urn:s> {"]
    refused = [*lost, *LABELLED, *(query for query, _ in SEARCHED), *elsewhere]
    places = [dict(read_query(query).refused_for) for query in refused]
    kinds = ["graph"] * len(lost) + ["label"] * len(LABELLED) + ["pattern"] * len(SEARCHED) + ["service"] * 2
    assert page.evaluate(JUDGED, [module, refused]) == [
        [kind, place["line"], place["column"]] for kind, place in zip(kinds, places, strict=True)
    ]
    answered = [*KEPT, *SEARCHED_AS_ANYWHERE]
    assert page.evaluate(JUDGED, [module, answered]) == [None] * len(answered)
    write(page, LOST[0])
    expect(page.locator("[data-editor=faults]")).to_contain_text("innerhalb von GRAPH ?g", timeout=WAIT_MS)
    page.keyboard.press("Control+Enter")
    alert = page.locator("#outcome").get_by_role("alert")
    expect(alert).to_contain_text("Nehmen Sie ?g in das innere SELECT auf", timeout=WAIT_MS)


def test_after_a_runaway_and_a_query_too_large_the_graph_is_there_again_without_a_connection(opened) -> None:
    page = switched_on(opened("/de/sparql"))
    page.context.set_offline(True)
    write(page, RUNAWAY)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-editor=running]")).to_contain_text("läuft", timeout=WAIT_MS)
    page.get_by_role("button", name="Abbrechen", exact=True).press("Enter")
    expect(page.locator("[data-editor=said]")).to_contain_text("abgebrochen", timeout=WAIT_MS)
    for query, words in (
        (ONCE, "1 Zeile ·"),
        (TOO_DEEP, "mehr Speicher, als dieser Browser gibt"),
        (ONCE, "1 Zeile ·"),
    ):
        write(page, query)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer, #outcome [role=alert]")).to_contain_text(words, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("first", "is_stopped", "its_end"),
    [
        ({"query": TOO_DEEP}, False, "memory"),
        ({"check": TOO_DEEP}, False, "memory"),
        ({"query": RUNAWAY}, True, "AbortError"),
    ],
)
def test_who_waits_behind_a_query_that_ends_the_graph_is_answered_by_the_next(
    opened, first: dict, is_stopped: bool, its_end: str
) -> None:
    page = switched_on(opened("/de/sparql"))
    page.context.set_offline(True)
    module = page.locator("script[src*='editor-']").get_attribute("src")
    assert page.evaluate(ASK_BEHIND, [module, first, ONCE, is_stopped]) == [its_end, 1]
