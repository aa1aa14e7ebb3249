"""What is wrong with a page as people meet it: in the light, in the dark, on a small screen, in what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# axe-core, as `make setup` installs it beside the packages of the front end.
AXE = Path(__file__).parents[2] / "service/frontend/node_modules/axe-core/axe.min.js"
# The rules, and those of them that another colour scheme can break; nothing but colours differs between the two.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ALL, COLOURS = {"runOnly": RULES}, {"runOnly": RULES_OF_COLOUR}
ALL_BUT_COLOURS = {**ALL, "rules": {rule: {"enabled": False} for rule in RULES_OF_COLOUR["values"]}}
# How long a page may take to come or to be ready for a click on a loaded machine: how quick it is, is not asked.
PATIENT_MS = 120_000
# axe begins by working for long without a pause, so it begins when the one who asked has gone on to the next page.
BEGIN = """rules => { globalThis.looked = new Promise(done => setTimeout(
  () => done(axe.run({ ...rules, resultTypes: ["violations"], preload: false })))); }"""
END = """async () => (await looked).violations.flatMap(({ id, help, nodes }) => nodes.map(
  node => `${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 200)}`))"""


def complaints(*pages) -> list[str]:
    """Return what axe finds on the pages in the light, and what it finds wrong with their colours in the dark.

    Pages of several contexts are looked at at the same time.
    """
    found = []
    for scheme, rules in (("light", ALL), ("dark", COLOURS)):
        for page in pages:
            _begin(page, scheme, rules)
        found += [one for page in pages for one in _end(page, scheme)]
    return found


def complaints_in_two_languages(one, other) -> list[str]:
    """Return the same of a page in two languages: only words differ, so the colours of each scheme are looked at once.

    They are opened in two contexts and looked at at the same time.
    """
    _begin(one, "light", ALL)
    _begin(other, "light", ALL_BUT_COLOURS)
    found = _end(other, "light")
    _begin(other, "dark", COLOURS)
    return found + _end(other, "dark") + _end(one, "light")


def _begin(page, scheme: str, rules: dict) -> None:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text("utf-8"))
    page.emulate_media(color_scheme=scheme)
    page.evaluate(BEGIN, rules)


def _end(page, scheme: str) -> list[str]:
    found = [f"{scheme}: {one} ({page.url})" for one in page.evaluate(END)]
    page.emulate_media(color_scheme="light")
    return found


def complaints_on_wide_and_small_screens(*pages) -> list[str]:
    """Return all that is wrong with the pages at 1280 and at 320 pixels, where no colour is another."""
    found = complaints(*pages)
    found += [f"{page.url} sticks out" for page in pages if sticks_out(page)]
    for page in pages:
        _begin(page, "light", ALL_BUT_COLOURS)
    return found + [one for page in pages for one in _end(page, "light")]


def sticks_out(page, width: int = 320) -> bool:
    """Tell whether the page scrolls sideways at this width."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("document.documentElement.scrollWidth") > width


def listen(page, site: str, heard: list[str]) -> None:
    """Add to `heard` whatever the page asks for elsewhere, and whatever it complains of."""
    page.on("request", lambda request: None if request.url.startswith(site) else heard.append(request.url))
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))


class Tab:
    """One tab that is led from page to page of a site, as a reader does."""

    def __init__(self, page, site: str) -> None:
        self.page, self._site, self._heard = page, site, []
        listen(page, site, self._heard)

    def open(self, path: str) -> None:
        """Go to the page at `path`; it comes while other tabs go to theirs."""
        self._heard.clear()
        self.page.set_viewport_size({"width": 1280, "height": 900})
        answer = self.page.goto(self._site + path, wait_until="commit")
        if not answer.ok:
            self._heard.append(f"answers {answer.status}")

    def heard(self) -> list[str]:
        """Return what else is wrong with the page, in words."""
        return (["sticks out at 320 pixels"] if sticks_out(self.page) else []) + self._heard


def faults(tabs: list[Tab], paths: list[str]) -> list[str]:
    """Return all that is wrong with a page at its paths in two languages, each opened in a tab of its own."""
    for tab, path in zip(tabs, paths, strict=True):
        tab.open(path)
    for tab in tabs:
        tab.page.wait_for_load_state()
    found = complaints_in_two_languages(*(tab.page for tab in tabs))
    heard = [f"{path}: {one}" for tab, path in zip(tabs, paths, strict=True) for one in tab.heard()]
    return found + heard


@contextmanager
def tab_on(chromium, site: str) -> Iterator[Tab]:
    """Open a tab on `site`, in a process of its own."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENT_MS)
    yield Tab(context.new_page(), site)
    context.close()
