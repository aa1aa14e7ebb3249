"""In a real browser: usable by everyone, on small screens, in the dark, by keyboard, without JavaScript."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from browser.looking import complaints, sticks_out

QUERY = "/de/sparql?query=" + quote(
    "SELECT ?s ?label WHERE { ?s a <https://w3id.org/sorgenetz/ontology#Initiative> ; "
    "<http://www.w3.org/2000/01/rdf-schema#label> ?label }"
)


def test_what_is_wrong_with_a_page_is_found_in_the_light_and_in_the_dark(opened) -> None:
    page = opened("/de/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('h1').style.color = getComputedStyle(document.body).color")
    found = complaints(page)
    assert [one.split(": ")[:2] for one in found] == [["light", "image-alt"], ["dark", "color-contrast"]]
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert sticks_out(page)


@pytest.mark.parametrize("path", ["/de/", "/de/initiative/nest", QUERY])
def test_axe_finds_nothing_at_320_pixels(opened, path: str) -> None:
    assert not complaints(opened(path, 320))


@pytest.mark.parametrize("path", ["/en/initiative/nest", "/de/municipality/99001001", "/de/initiative/hostile", QUERY])
def test_invented_things_and_answers_are_for_everyone(opened, path: str) -> None:
    page = opened(path)
    assert not complaints(page) and not sticks_out(page)


@pytest.mark.parametrize("path", ["/de/nothing", "/en/sparql?query=SELEC"])
def test_faults_are_for_everyone(chromium, site: str, path: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site + path)
    assert not complaints(page) and not sticks_out(page)
    context.close()


def test_the_menu_folds_and_opens_without_javascript(opened) -> None:
    page = opened("/de/initiative/nest", 320, java_script_enabled=False)
    folded = page.locator("details.nav-fold")
    assert not folded.get_by_role("link", name="Praxis").is_visible()
    folded.locator("summary").click()
    folded.get_by_role("link", name="Praxis").click()
    assert page.url.endswith("/de/practices")


def test_everything_works_without_javascript(opened) -> None:
    page = opened("/de/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("kümmernest")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Nest", exact=True).click()
    page.locator("a.mark").first.click()
    assert page.url.endswith("#source-1")
    page.goto(page.url.split("/de/")[0] + "/de/sparql")
    page.get_by_role("textbox").fill("ASK {}")
    page.get_by_role("button", name="Abfrage ausführen").click()
    assert page.get_by_text("Ja.").is_visible()


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(opened) -> None:
    page = opened("/de/initiative/nest")
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return null;"
            "const s = getComputedStyle(e); return [[...document.querySelectorAll('*')].indexOf(e), s.outlineStyle] }"
        )
        if at is None:
            break
        reached.append(at)
    places = [place for place, _ in reached]
    wanted = page.evaluate(
        "() => [...document.querySelectorAll('a[href], button, input, summary')]"
        ".filter(e => e.checkVisibility()).length"
    )
    assert places == sorted(places) and len(places) == wanted
    assert all(outline == "solid" for _, outline in reached)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(opened) -> None:
    page = opened("/de/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_table_sorts_by_its_heads(opened) -> None:
    page = opened(QUERY)
    page.get_by_role("link", name="label").click()
    head = page.locator("th", has_text="label")
    assert head.get_attribute("aria-sort") == "ascending"
    first = page.locator("tbody tr").first.text_content()
    page.get_by_role("link", name="label").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("tbody tr").first.text_content() != first


def test_hostile_names_run_nothing(opened) -> None:
    page = opened("/de/initiative/hostile")
    assert page.locator("h1").text_content().strip() == '"><img src=x onerror=alert(1)>'


def test_a_printed_page_shows_sources_and_leaves_out_what_paper_cannot_do(opened) -> None:
    page = opened("/de/initiative/nest")
    page.emulate_media(media="print")
    assert page.locator("#sources").is_visible()
    assert not page.locator(".nav-wide").is_visible()


def test_those_who_want_less_motion_get_none(opened) -> None:
    page = opened("/de/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_in_forced_colors_only_the_current_entry_of_a_menu_has_a_line(opened) -> None:
    page = opened("/de/sparql", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lines = "all => all.map(one => [one.hasAttribute('aria-current'), getComputedStyle(one).borderBottomColor])"
    entries = page.locator(".nav-wide a").evaluate_all(lines)
    assert len(entries) > 5 and all((colour != ground) is current for current, colour in entries)
