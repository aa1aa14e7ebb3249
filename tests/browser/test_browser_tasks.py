"""What a planner does, on the published data: by mouse, by keyboard alone, without JavaScript, wide and narrow."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pypdf
import pytest

MOST_TABS = 900
WAYS = [(way, width) for way in ("mouse", "keyboard", "without JavaScript") for width in (1280, 320)]


@dataclass
class Visitor:
    """One who follows links and fills fields, with the mouse or with the keyboard."""

    page: object
    by_keyboard: bool

    def follow(self, found) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            if self.by_keyboard:
                self._tab_to(found)
                self.page.keyboard.press("Enter")
            else:
                found.click()

    def unfold(self, found) -> None:
        """Open what is folded."""
        if self.by_keyboard:
            self._tab_to(found)
            self.page.keyboard.press("Enter")
        else:
            found.click()

    def write(self, found, text: str) -> None:
        """Write into a field."""
        if self.by_keyboard:
            self._tab_to(found)
        else:
            found.click()
        self.page.keyboard.type(text)

    def go(self, word: str) -> None:
        """Go to a page by the navigation, which is folded on small screens."""
        links = self.page.locator("header").get_by_role("link", name=word, exact=True)
        if not any(link.is_visible() for link in links.all()):
            self.unfold(self.page.locator("header summary"))
        self.follow(next(link for link in links.all() if link.is_visible()))

    def _tab_to(self, found) -> None:
        wanted = found.element_handle()
        for _ in range(MOST_TABS):
            if self.page.evaluate("one => one === document.activeElement", wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {found}")


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def visit(request: pytest.FixtureRequest, opened_on_data) -> Callable[[str], Visitor]:
    """Open a page in one of the ways."""
    way, width = request.param

    def _visit(path: str = "/de/") -> Visitor:
        page = opened_on_data(path, width, java_script_enabled=way != "without JavaScript")
        return Visitor(page, way == "keyboard")

    return _visit


def test_a_practice_for_the_language_barrier_is_found_with_its_evidence(visit) -> None:
    visitor = visit()
    visitor.follow(visitor.page.get_by_role("link", name="Sprachliche Barriere").first)
    first = visitor.page.locator(".suggestions > li").first
    assert "senkt die Hürde Sprachliche Barriere durch" in first.inner_text()
    visitor.follow(first.locator(".reasons a").first)
    assert "/source/" in visitor.page.url


def test_what_helps_elsewhere_against_a_barrier_that_nobody_lowers_here_is_found(visit) -> None:
    visitor = visit()
    visitor.follow(visitor.page.locator("main").get_by_role("link", name="Gelsenkirchen", exact=True).first)
    visitor.follow(visitor.page.get_by_role("link", name="Was hilft anderswo? Sprachliche Barriere").first)
    assert visitor.page.get_by_role("checkbox", name="Großstadt (ab 100.000)").is_checked()
    first = visitor.page.locator(".suggestions > li").first
    assert "Großstadt" in first.inner_text() and first.locator(".row-facts a").count() > 1


def test_koeln_and_gelsenkirchen_are_compared(visit) -> None:
    visitor = visit()
    visitor.follow(visitor.page.get_by_role("link", name="Orte vergleichen"))
    for name in ("Köln", "Gelsenkirchen"):
        visitor.write(visitor.page.locator("#next-place"), name)
        visitor.follow(visitor.page.locator("form:has(#next-place) button"))
    said = visitor.page.locator("main").inner_text()
    assert "Digitale Barriere" in said and "keine Angabe" in said
    assert visitor.page.locator("td[data-place=Gelsenkirchen]").count() > 10


def test_the_way_between_two_organisations_is_told_with_its_sources(visit) -> None:
    visitor = visit()
    visitor.go("Netz")
    visitor.follow(visitor.page.get_by_role("link", name="Was verbindet zwei Akteur:innen?").first)
    visitor.write(visitor.page.get_by_label("Von", exact=True), "Stadt Köln")
    visitor.write(visitor.page.get_by_label("Nach", exact=True), "AOK Rheinland/Hamburg")
    visitor.follow(visitor.page.get_by_role("button", name="Wege zeigen"))
    first = visitor.page.locator(".ways-found > li").first.inner_text()
    assert "dieKümmerei" in first and "laut" in first


def test_the_query_behind_a_cell_of_the_gap_matrix_is_reached(visit) -> None:
    visitor = visit()
    visitor.go("Lücken")
    row = visitor.page.locator("tr", has_text="Köln (Kreisfreie Stadt)")
    visitor.follow(row.locator("td.stated a").first)
    visitor.follow(visitor.page.get_by_role("link", name="Diese Abfrage ändern"))
    assert "/de/sparql?query=" in visitor.page.url and "skos%3Abroader" in visitor.page.url


def test_a_shared_link_gives_the_same_text_back(visit) -> None:
    visitor = visit()
    visitor.go("Initiativen")
    visitor.follow(visitor.page.locator("#facet-lowersBarrier").get_by_role("link", name="Digitale Barriere"))
    visitor.follow(visitor.page.get_by_role("link", name="Text", exact=True))
    said = visitor.page.locator(".sentences").inner_text()
    url = visitor.page.url
    again = visit(url[url.index("/de/") :])
    assert again.page.locator(".sentences").inner_text() == said and "Digitale Barriere" in said


def test_the_brief_for_the_council_is_printed_with_its_sources(visit) -> None:
    visitor = visit("/de/initiatives?place=kreis/05513")
    visitor.follow(visitor.page.get_by_role("link", name="Vorlage für den Rat, zum Drucken"))
    sources = visitor.page.locator(".brief-sources li b, .brief-sources li a")
    named = [text.split()[0] for text in sources.all_inner_texts() if text.strip()]
    printed = pypdf.PdfReader(io.BytesIO(visitor.page.pdf()))
    text = " ".join(page.extract_text() for page in printed.pages)
    assert len(named) > 5 and [name for name in named if name not in text] == []
    assert "Gelsenkirchen" in text and "Finden" not in text.split("Quellen")[0]
