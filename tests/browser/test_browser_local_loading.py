"""The graph on its way into a real browser: stopped, lost, altered, and browsers that cannot hold it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.looking import complaints
from browser.test_browser_editor import WAIT_MS, query_of, write
from browser.test_browser_local import site, state, switched_on  # noqa: F401 (a server whose graph can be loaded)


def lost(route) -> None:
    route.abort()


def cut_off(route) -> None:
    """Send the first half; of a script nothing, as half of it would be a script with a fault."""
    if route.request.url.endswith(".js"):
        return route.fulfill(status=404)
    given = route.fetch()
    headers = {name: value for name, value in given.headers.items() if name != "content-length"}
    return route.fulfill(body=given.body()[: len(given.body()) // 2], headers=headers)


def test_loading_is_stopped_and_the_service_answers_again(opened) -> None:
    page = opened("/de/sparql")
    page.route("**/dumps/**", lambda route: None)
    page.get_by_role("switch").press("Space")
    expect(page.get_by_role("progressbar", name="Der Graph wird geladen")).to_be_visible(timeout=WAIT_MS)
    assert not complaints(page)
    page.get_by_role("button", name="Laden abbrechen").press("Enter")
    expect(state(page)).to_contain_text("Jetzt antwortet wieder der Server")
    expect(page.get_by_role("switch")).to_be_focused()
    expect(page.get_by_role("switch")).not_to_be_checked()
    write(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("Diese Antwort zitieren", timeout=WAIT_MS)


def test_data_that_are_not_what_the_release_lists_are_thrown_away(opened) -> None:
    page = opened("/de/sparql")
    page.route("**/SHA256SUMS", lambda route: route.fulfill(body=f"{'0' * 64}  sorgenetz.nq.gz\n"))
    page.get_by_role("switch").press("Space")
    expect(state(page)).to_contain_text("nicht die Prüfsumme", timeout=WAIT_MS)
    expect(state(page)).to_contain_text("Schalten Sie noch einmal ein")
    expect(page.get_by_role("switch")).not_to_be_checked()
    assert not complaints(page)


@pytest.mark.parametrize("files", ["**/*.nq.gz", "**/*.wasm", "**/graph-worker-*.js"])
@pytest.mark.parametrize("happens", [lost, cut_off])
def test_files_that_do_not_arrive_whole_are_said_with_what_to_do(chromium, site: str, files: str, happens) -> None:  # noqa: F811
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site}/en/sparql")
    context.route(files, happens)
    page.get_by_role("switch").press("Space")
    expect(state(page)).to_contain_text("did not arrive whole", timeout=WAIT_MS)
    expect(state(page)).to_contain_text("Look at your connection and switch on again, or reload the page")
    expect(page.get_by_role("switch")).not_to_be_checked()
    context.unroute(files)
    switched_on(page)
    context.close()


def test_a_browser_without_webassembly_is_told_so(opened) -> None:
    page = opened("/en/sparql")
    page.evaluate("delete globalThis.WebAssembly")
    page.get_by_role("switch").press("Space")
    expect(state(page)).to_contain_text("no WebAssembly")
    expect(state(page)).to_contain_text("The service answers as before")


def test_without_javascript_there_is_no_switch(opened) -> None:
    page = opened("/de/sparql", java_script_enabled=False)
    assert page.get_by_role("switch").count() == 0 and "SELECT" in query_of(page)
