"""The box of the editor in a real browser: a click anywhere sets the caret, and a blank query is told to be empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.test_browser_editor import WAIT_MS, page, query_of, ready, write

__all__ = ["page"]


@pytest.mark.parametrize("across", [0.01, 0.5, 0.97])
@pytest.mark.parametrize("down", [0.03, 0.6, 0.97])
def test_a_click_anywhere_in_the_box_sets_the_caret(page, across: float, down: float) -> None:
    write(page, "ASK { ?a ?b ?c }")
    page.locator("h1").click()
    box = page.locator(".cm-editor").bounding_box()
    for times in (1, 2):  # from elsewhere, and while the caret is in the text already
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.keyboard.type("#")
        expect(page.locator(".cm-content")).to_be_focused()
        assert query_of(page).count("#") == times


def test_a_blank_query_is_told_to_be_empty_and_never_to_be_readable(chromium, site: str) -> None:
    context = chromium.new_context()  # here a browser may complain of the status, which is 400
    page = context.new_page()
    page.goto(f"{site}/de/sparql")
    ready(page)
    said = page.locator("[data-editor=said]")
    write(page, "SELECT")
    expect(page.locator("[data-editor=faults] li")).to_be_visible(timeout=WAIT_MS)
    write(page, "   ")
    expect(page.locator("[data-editor=faults] li")).to_have_count(0, timeout=WAIT_MS)
    assert said.text_content() == ""
    with page.expect_response(lambda answer: "query=" in answer.url) as answered:
        page.get_by_role("button", name="Abfrage ausführen").click()
    assert answered.value.status == 400
    expect(page.locator("#outcome [role=alert]")).to_contain_text("Die Abfrage ist leer.")
    assert query_of(page) == "   "
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_on_the_page_moves_when_the_editor_comes(opened, width: int) -> None:
    page = opened("/de/sparql", width)
    ready(page)
    moved = page.evaluate(
        "() => new Promise(done => { let sum = 0;"
        "new PerformanceObserver(all => { for (const one of all.getEntries()) sum += one.value; })"
        ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500) })"
    )
    assert moved < 0.02, "Chromium calls up to 0.1 good"
