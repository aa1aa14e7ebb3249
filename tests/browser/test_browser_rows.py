"""In a real browser: the rows of an answer on the page are searched, wherever the answer was computed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.looking import complaints, complaints_on_wide_and_small_screens, sticks_out
from browser.test_browser_editor import WAIT_MS, write
from browser.test_browser_local import site, switched_on  # noqa: F401 (a server whose graph can be loaded)
from browser.test_browser_results import NUMBERS, TIMES, address


@pytest.mark.parametrize(
    ("language", "said"), [("de", "1 von 3 Zeilen sind zu sehen."), ("en", "1 of 3 rows are shown.")]
)
def test_the_rows_on_the_page_are_searched_while_one_types(opened, language: str, said: str) -> None:
    page = opened(address(NUMBERS, "table", language))
    field = page.get_by_role("searchbox", name="Zeilen mit" if language == "de" else "Rows containing")
    status = page.locator("#answer .row-search [role=status]")
    assert status.text_content() == ""
    field.focus()
    page.keyboard.type("APF")
    assert page.locator("#answer tbody tr:visible").all_text_contents() == ["Äpfel3 xsd:integer"]
    assert status.text_content() == said
    assert not complaints_on_wide_and_small_screens(page)
    field.fill("birnen 3")
    assert page.locator("#answer tbody tr:visible").count() == 0 and status.text_content().startswith("0 ")
    page.emulate_media(media="print")
    assert page.locator("#answer tbody tr:visible").count() == 3 and not field.is_visible()
    page.emulate_media(media="screen")
    field.fill(" ")
    assert page.locator("#answer tbody tr:visible").count() == 3 and status.text_content() == ""


def test_the_rows_of_an_answer_that_comes_without_a_new_page_are_searched_too(opened) -> None:
    page = opened(address(TIMES, "table", "en"))
    page.locator(".cm-content").wait_for()
    page.locator("#answer").evaluate("answer => { answer.dataset.old = 'yes' }")
    page.get_by_role("button", name="Run").click()
    page.locator("#answer:not([data-old])").wait_for()
    page.get_by_role("searchbox", name="Rows containing").fill("2019")
    assert page.locator("#answer tbody tr:visible").count() == 1


def test_there_is_nothing_to_search_in_one_row_or_without_javascript(opened) -> None:
    assert not opened(address("SELECT (1 AS ?x) {}", "table")).locator(".row-search").count()
    assert not opened(address(NUMBERS, "table"), java_script_enabled=False).locator(".row-search").is_visible()


def test_the_rows_of_an_answer_computed_in_the_browser_are_searched_too(opened) -> None:
    page = switched_on(opened("/en/sparql"))
    write(page, NUMBERS)
    page.keyboard.press("Control+Enter")
    field = page.get_by_role("searchbox", name="Rows containing")
    expect(field).to_be_visible(timeout=WAIT_MS)
    for _ in range(2):
        field.fill("apf")
        assert page.locator("#answer tbody tr:visible").count() == 1
        assert page.locator("#answer .row-search [role=status]").text_content() == "1 of 3 rows are shown."
        page.locator("#answer th").get_by_role("button", name="number").click()
        expect(field).to_have_value("")
    field.fill("i")
    assert not complaints(page) and not sticks_out(page)
