"""What the pages of the explorer do in a browser beside the tasks of a planner, on the published data."""

from __future__ import annotations

import pytest


def test_a_practice_is_found_by_keyboard_alone(opened_on_data) -> None:
    page = opened_on_data("/de/practices")
    page.get_by_role("checkbox", name="Digitale Barriere").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices?barrier=digital*")
    assert "Techniktreffs und geschulte Technik-Botschafter" in page.locator(".suggestions").inner_text()


def test_the_brief_prints_with_its_sources_and_code(opened_on_data) -> None:
    page = opened_on_data("/de/brief?place=kreis/05513&question=Was+gibt+es+in+Gelsenkirchen%3F")
    page.emulate_media(media="print")
    assert not page.locator(".head nav").first.is_visible() and page.locator("svg.qr").is_visible()
    assert page.locator(".brief-sources li").count() > 5 and not page.locator(".screen-only").first.is_visible()


@pytest.mark.parametrize(
    "path", ["initiatives?view=table", "brief?place=kreis/05513", "network", "quality", "places", "gaps"]
)
def test_a_table_that_can_be_seen_whole_does_not_scroll_sideways(opened_on_data, path: str) -> None:
    page = opened_on_data(f"/de/{path}")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    frames = page.locator(".table-frame").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert frames and max(frames) <= 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    low = "all => all.map(one => one.getBoundingClientRect().height).filter(one => one < 24)"
    assert page.locator(".gaps a").evaluate_all(low) == []


def test_the_legend_of_a_map_keeps_the_shades_of_the_map_in_forced_colors(opened_on_data) -> None:
    page = opened_on_data("/de/initiatives?view=map&place=land/05", forced_colors="active")
    shades = page.locator("figure + .legend .stated").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(shades)) == 4


def test_suggestions_come_while_typing(opened_on_data) -> None:
    page = opened_on_data("/de/search")
    page.get_by_role("combobox").press_sequentially("Gelsenk")
    page.locator("datalist option[value=Gelsenkirchen]").wait_for(state="attached")
