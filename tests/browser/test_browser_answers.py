"""What becomes of an answer, in a real browser: it is cited, it is explained where it is empty, it is printed."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import expect

from browser.looking import complaints, sticks_out

PREFIX = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#>\n"
LOWERED = PREFIX + "SELECT ?measure ?barrier WHERE {\n  ?measure sn:lowersBarrier ?barrier .\n}"
MISSPELT = LOWERED.replace("lowersBarrier", "lowersBarier")
WAIT_MS = 20_000


def asked(query: str, language: str = "de") -> str:
    return f"/{language}/sparql?{urlencode({'query': query})}"


def test_an_answer_is_cited_by_keyboard_and_the_copied_address_leads_to_it_again(opened) -> None:
    page = opened(asked(LOWERED), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Diese Antwort zitieren").press("Enter")
    expect(page.get_by_role("status")).to_have_text(
        "Dieselbe Veröffentlichung gibt auf die Abfrage wieder dieselbe Antwort."
    )
    assert page.get_by_role("link", name="SPARQL", exact=True).first.get_attribute("aria-current") == "page"
    assert not complaints(page) and not sticks_out(page)
    citation = page.get_by_role("region", name="Zitat", exact=True)
    assert citation.evaluate("box => box.scrollWidth <= box.clientWidth"), "the citation is cut off at the side"
    citation.locator("xpath=following-sibling::button[1]").press("Enter")
    page.get_by_role("button", name="Kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == citation.text_content().strip()
    address = re.search(r"http\S+/q/[\w-]+", copied)[0]
    assert urlsplit(page.url).path.removeprefix("/de") == urlsplit(address).path
    again = opened(urlsplit(address).path, locale="en")
    expect(again.get_by_role("status")).to_have_text(
        "Asked again of the same release, the query gives the same answer."
    )
    assert again.get_by_role("region", name="Query").text_content().strip() == LOWERED


def test_an_answer_that_comes_is_seen_beside_the_button_that_asked_for_it(opened) -> None:
    page = opened("/de/sparql")
    expect(page.locator(".cm-content")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Abfrage ausführen").click()
    expect(page.locator("#answer [role=status]").first).to_be_in_viewport(timeout=WAIT_MS)
    expect(page.locator("#answer tbody tr").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Abfrage ausführen")).to_be_in_viewport()


def test_an_empty_answer_is_explained_to_everyone_and_its_mended_query_is_followed_by_keyboard(opened) -> None:
    page = opened(asked(MISSPELT, "en"))
    why = page.get_by_role("region", name="Why?")
    expect(why).to_contain_text("sn:lowersBarier")
    assert not complaints(page) and not sticks_out(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    mended = why.get_by_role("link", name=re.compile(r"Ask it like this \(\d+ rows?\)"))
    count = re.search(r"\((\d+ rows?)\)", mended.inner_text())[1]
    page.get_by_role("heading", name="Answer").evaluate("heading => (heading.tabIndex = -1, heading.focus())")
    page.keyboard.press("Tab")
    expect(mended).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#answer [role=status]").first).to_contain_text(f"{count} ·", timeout=WAIT_MS)
    assert page.locator("textarea[name=query]").input_value().strip() == LOWERED


def test_a_printed_answer_has_its_query_table_release_and_day_and_nothing_of_the_editor(opened) -> None:
    page = opened(asked(LOWERED))
    expect(page.locator(".cm-content")).to_be_visible(timeout=WAIT_MS)
    query = page.locator("#answer pre", has_text="sn:lowersBarrier").first
    assert not query.is_visible()
    page.emulate_media(media="print")
    assert query.is_visible() and query.text_content().strip() == LOWERED
    assert page.locator("#answer table.result tbody tr").first.is_visible()
    state = page.locator("#answer [role=status]").first.inner_text()
    assert re.search(r"Veröffentlichung 1 vom \d+\. \w+ 20\d\d", state)
    assert page.get_by_role("button").count() == 0 and page.get_by_role("textbox").count() == 0
    for words in ("Abfrage ausführen", "Beispiele", "Lokal rechnen", "Alles herunterladen", "Diese Antwort zitieren"):
        for found in page.get_by_text(words).all():
            assert not found.is_visible(), words
