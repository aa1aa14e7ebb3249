"""The query page in a real browser: words offered, faults underlined and mended, formatting, past queries, gallery."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from rdflib.plugins.sparql.parser import parseQuery

from browser.looking import complaints, sticks_out
from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library

HALF = "SELECT * WHERE {\n  ?x a sn:Measure ; "
WAIT_MS = 20_000


@pytest.fixture
def page(opened):
    return ready(opened("/de/sparql"))


def ready(page):
    expect(page.locator(".cm-content")).to_be_visible(timeout=WAIT_MS)
    return page


def write(page, text: str) -> None:
    """Put the whole text into the editor, with the caret at its end."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def query_of(page) -> str:
    return page.locator("textarea[name=query]").input_value()


def offered(page):
    return page.locator(".cm-tooltip-autocomplete li")


def test_properties_of_the_class_at_the_caret_come_first_and_german_words_find_them(page) -> None:
    write(page, HALF)
    page.keyboard.press("Control+Space")
    expect(page.locator("completion-section").first).to_contain_text("Für Maßnahme", timeout=WAIT_MS)
    page.keyboard.type("barr")
    expect(offered(page).first).to_contain_text("sn:lowersBarrier", timeout=WAIT_MS)
    expect(offered(page).first).to_contain_text("senkt Barriere")
    expect(page.locator(".cm-completionInfo")).to_contain_text("Zugangsbarriere")


def test_what_a_name_means_is_shown_under_the_pointer_and_said_on_demand(page) -> None:
    write(page, "PREFIX sn: <https://w3id.org/sorgenetz/ontology#>\nPREFIX m: <https://w3id.org/sorgenetz/id/municipality/>\n"
                "SELECT * WHERE { ?x sn:locatedIn m:99001001 }")  # fmt: skip
    said = page.locator("[data-editor=said]")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    expect(said).to_have_text("m:99001001 – Musterdorf – Gemeinde", timeout=WAIT_MS)
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    expect(said).to_contain_text("sn:locatedIn – liegt in – Eigenschaft – ")
    page.keyboard.press("Home")
    page.keyboard.press("F2")
    expect(said).to_have_text("Die Schreibmarke steht an keinem Namen, der hier bekannt ist.")
    page.locator(".cm-line").last.get_by_text("m:99001001").hover()
    expect(page.locator(".cm-tooltip-hover .meaning")).to_contain_text("Musterdorf", timeout=WAIT_MS)


def test_a_line_becomes_a_comment_and_a_line_again(page) -> None:
    write(page, "SELECT * WHERE {}")
    page.keyboard.press("Control+/")
    assert query_of(page) == "# SELECT * WHERE {}"
    page.keyboard.press("Control+/")
    assert query_of(page) == "SELECT * WHERE {}"


def test_a_word_for_what_the_terms_of_a_property_are_about_finds_it(page) -> None:
    write(page, HALF)
    page.keyboard.type("Hürde")
    expect(offered(page).first).to_contain_text("sn:lowersBarrier", timeout=WAIT_MS)


def test_accepting_a_word_writes_it_with_its_prefix_in_one_step(page) -> None:
    write(page, HALF)
    page.keyboard.type("senk")
    expect(offered(page).first).to_contain_text("sn:lowersBarrier", timeout=WAIT_MS)
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    assert query_of(page).startswith("PREFIX sn: <https://w3id.org/sorgenetz/ontology#>\nSELECT")
    assert query_of(page).endswith("sn:Measure ; sn:lowersBarrier")
    page.keyboard.press("Control+z")
    assert "PREFIX" not in query_of(page) and "lowersBarrier" not in query_of(page)


def test_a_fault_is_underlined_said_listed_and_mended_by_keyboard(page) -> None:
    write(page, "SELECT *\nWHERE { ?x a sn:Initiative }")
    expect(page.locator(".cm-lintRange-error")).to_have_text("sn:", timeout=WAIT_MS)
    expect(page.locator("[data-editor=faults]")).to_contain_text("Zeile 2, Spalte 14")
    expect(page.locator("[data-editor=said]")).to_contain_text("sn:")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0, timeout=WAIT_MS)
    assert query_of(page).startswith("PREFIX sn: <https://w3id.org/sorgenetz/ontology#>")
    expect(page.locator("[data-editor=faults]")).to_be_hidden()


def test_it_runs_by_keyboard_and_the_answer_comes_without_leaving_the_page(page) -> None:
    write(page, "PREFIX sn: <https://w3id.org/sorgenetz/ontology#> select ?x where{?x a sn:Initiative.}limit 3")
    page.keyboard.press("Shift+Alt+F")
    assert query_of(page).endswith("SELECT ?x\nWHERE {\n  ?x a sn:Initiative .\n}\nLIMIT 3\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("3 Zeilen", timeout=WAIT_MS)
    assert "/de/sparql?query=" in page.url
    page.reload()
    expect(page.locator("#answer")).to_contain_text("3 Zeilen")


def test_a_running_query_can_be_stopped(page) -> None:
    page.route("**/de/sparql?query=*", lambda route: None)
    write(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-editor=running]")).to_contain_text("läuft", timeout=WAIT_MS)
    with page.expect_event("requestfailed", timeout=WAIT_MS):
        page.get_by_role("button", name="Abbrechen").click()
    expect(page.locator("[data-editor=running]")).to_be_hidden()
    said = page.locator("[data-editor=said]")
    expect(said).to_contain_text("abgebrochen")
    expect(said).not_to_contain_text("Unten steht noch")
    page.unroute("**/de/sparql?query=*")
    page.locator(".cm-content").press("Control+Enter")
    expect(page.locator("#answer")).to_be_visible(timeout=WAIT_MS)
    page.route("**/de/sparql?query=*", lambda route: None)
    page.locator(".cm-content").press("Control+Enter")
    page.get_by_role("button", name="Abbrechen").click()
    expect(said).to_contain_text("Unten steht noch, was aus der Abfrage davor wurde")


def test_past_queries_survive_a_reload_are_removed_and_come_back_and_are_sent_nowhere(page) -> None:
    write(page, "ASK { <urn:kept> ?p ?o }")
    page.keyboard.press("Control+Enter")
    past = page.locator("[data-editor=past]")
    expect(past).to_contain_text("urn:kept", timeout=WAIT_MS)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.goto(page.url.split("?")[0])
    ready(page)
    expect(past).to_contain_text("urn:kept")
    past.get_by_role("button", name=re.compile("^Entfernen")).click()
    expect(past).not_to_contain_text("urn:kept")
    past.get_by_role("button", name="Wiederherstellen").click()
    past.get_by_role("button", name=re.compile("^ASK")).click()
    expect(page.locator("[data-editor=faults]")).to_be_hidden()
    assert query_of(page) == "ASK { <urn:kept> ?p ?o }"
    assert not [one for one in sent if "urn:kept" in one and "/sparql/check" not in one]


def test_a_question_is_found_by_keyboard_and_loaded_and_what_stood_there_is_not_lost(page) -> None:
    write(page, "ASK { <urn:before> ?p ?o }")
    page.get_by_role("searchbox", name="Fragen durchsuchen").focus()
    page.keyboard.type("hürde womit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=query]")).to_have_value(re.compile("sn:lowersBarrier"), timeout=WAIT_MS)
    expect(page.locator("[data-editor=past]")).to_contain_text("urn:before")
    page.keyboard.press("Control+z")
    assert query_of(page) == "ASK { <urn:before> ?p ?o }"


def test_what_was_written_and_not_run_is_not_lost_when_the_page_is_left(page) -> None:
    past = page.locator("[data-editor=past]")
    write(page, "ASK { <urn:draft> ?p ?o }")
    page.reload()
    ready(page)
    expect(past).to_contain_text("urn:draft")
    assert "urn:draft" not in query_of(page)
    page.get_by_role("link", name="English").click()
    ready(page)
    assert past.locator("li").count() == 1, "what stood there from the beginning is no draft"


def test_tags_narrow_the_questions(page) -> None:
    gallery = page.locator("[data-editor=gallery]")
    count = gallery.locator("li:visible").count()
    gallery.locator("summary").click()
    gallery.get_by_role("button").first.click()
    expect(gallery.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    assert 0 < gallery.locator("li:visible").count() < count


def test_tab_leaves_the_editor(page) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Abfrage ausführen"


def test_without_javascript_a_link_fills_the_field(opened) -> None:
    page = opened("/de/sparql", java_script_enabled=False)
    page.locator("[data-editor=gallery] a").first.click()
    assert "?question=" in page.url and "SELECT" in query_of(page)
    assert page.get_by_role("textbox", name="Abfrage").is_visible()
    page.get_by_role("button", name="Abfrage ausführen").click()
    assert page.url.endswith("#outcome")
    expect(page.locator("#answer h2")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_while_words_are_offered_and_while_a_fault_is_shown(opened, language, width) -> None:
    page = ready(opened(f"/{language}/sparql", width))
    write(page, "SELECT ?x # why\nWHERE { ?x rdfs:label 'a'@de ; a sn:Initiative }")
    expect(page.locator(".cm-lintRange-error").first).to_be_visible(timeout=WAIT_MS)
    assert not complaints(page)
    assert not sticks_out(page, width)
    write(page, HALF)
    page.keyboard.press("Control+Space")
    expect(offered(page).first).to_be_visible(timeout=WAIT_MS)
    assert not complaints(page)
    assert not sticks_out(page, width)


def test_formatting_changes_no_question_twice_and_none_in_meaning(page, site: str) -> None:
    module = site + page.locator("script[src*='editor-']").get_attribute("src")
    shape = "async ([module, text]) => { const { formatted } = await import(module); return formatted(text); }"
    for question in Library(find_bundle().queries).questions():
        squeezed = re.sub(r"\n\s*(?!#)", " ", question.query) if "#" not in question.query else question.query
        once = page.evaluate(shape, [module, squeezed])
        assert page.evaluate(shape, [module, once]) == once, question.name
        assert parsed(once) == parsed(question.query), question.name
        assert re.findall("# .*", once) == re.findall("# .*", squeezed), question.name


def parsed(query: str) -> str:
    return re.sub(r"rdflib\.term\.BNode\('\w+'\)", "BNode", repr(parseQuery(query)))
