"""What is wrong with a page as people meet it: in the light, in the dark, on a small screen, in what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# The rules, and those of them that another colour scheme can break; nothing but colours differs between the two.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async runOnly => {
  const found = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(
    node => `${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));
}"""


def complaints(page) -> list[str]:
    """Return what axe finds on the page in the light, and what it finds wrong with its colours in the dark."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, rules in (("light", RULES), ("dark", RULES_OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in page.evaluate(RUN, rules)]
    page.emulate_media(color_scheme="light")
    return found


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
        self._page, self._site, self._heard = page, site, []
        listen(page, site, self._heard)

    def faults(self, path: str) -> list[str]:
        """Return all that is wrong with the page at `path`, in words."""
        self._heard.clear()
        self._page.set_viewport_size({"width": 1280, "height": 900})
        answer = self._page.goto(self._site + path)
        found = complaints(self._page)
        if sticks_out(self._page):
            found.append("sticks out at 320 pixels")
        if not answer.ok:
            found.append(f"answers {answer.status}")
        return found + self._heard


@contextmanager
def tab_on(chromium, site: str) -> Iterator[Tab]:
    """Open a tab on `site`."""
    context = chromium.new_context()
    yield Tab(context.new_page(), site)
    context.close()
