"""What the graph in a real browser answers, as a reader has it before them: names, files, and what takes long."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import expect

from browser.test_browser_editor import WAIT_MS, write
from browser.test_browser_local import RUNAWAY, SN, site, switched_on  # noqa: F401 (a server whose graph can be loaded)

NAMELESS = (
    "CONSTRUCT { ?s <http://purl.org/dc/terms/hasPart> <https://schema.org/> ; <https://example.org/a%2Cb> <urn:x> } "
    f"{{ ?s a <{SN}Municipality> }}"
)
# Keeps the graph busy until it is told to stop.
ASK_LONG = """async ([module, query]) => {
  const { local } = await import(module);
  globalThis.runaway = new AbortController();
  local.graph.ask({ query }, runaway.signal).catch(() => {});
}"""


def test_what_has_no_name_is_shown_as_the_service_shows_it_and_in_its_order(opened) -> None:
    page = opened(f"/de/sparql?{urlencode({'query': NAMELESS, 'sort': 'predicate'})}")
    cells = """cells => cells.map(cell =>
      [cell.innerText, cell.querySelector('a')?.href, cell.querySelector('a')?.title])"""
    of_the_service = page.eval_on_selector_all("#answer td", cells)
    assert ["dct:hasPart", *["http://purl.org/dc/terms/hasPart"] * 2] in of_the_service
    switched_on(page)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("in diesem Browser", timeout=WAIT_MS)
    page.get_by_role("button", name="Prädikat").click()
    expect(page.locator("#answer th").nth(1)).to_have_attribute("aria-sort", "ascending")
    assert page.eval_on_selector_all("#answer td", cells) == of_the_service


def test_a_file_is_made_once_and_is_said_to_be_made_and_not_to_be_without_the_graph(opened) -> None:
    page = switched_on(opened("/de/sparql"))
    write(page, "SELECT * { ?s ?p ?o } LIMIT 3")
    page.keyboard.press("Control+Enter")
    module = page.locator("script[src*='editor-']").get_attribute("src")
    csv_button, said = page.get_by_role("button", name="CSV"), page.locator(".formats + [role=status]")
    files: list[object] = []
    page.on("download", lambda file: files.append(file))
    expect(csv_button).to_be_visible(timeout=WAIT_MS)
    page.evaluate(ASK_LONG, [module, RUNAWAY])
    csv_button.click()
    csv_button.click()
    expect(said).to_contain_text("Das wird gerechnet", timeout=WAIT_MS)
    page.evaluate("runaway.abort()")
    expect(said).to_be_empty(timeout=WAIT_MS)
    page.get_by_role("switch").press("Space")
    csv_button.click()
    expect(said).to_contain_text("Der Graph ist aus diesem Browser entfernt", timeout=WAIT_MS)
    assert len(files) == 1
