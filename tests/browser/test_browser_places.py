"""A planner looks at places and compares them, on the published data: by keyboard, on a small screen, on paper."""

from __future__ import annotations


def _tab_to(page, identifier: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == identifier:
            return
    raise AssertionError(f"the keyboard does not reach {identifier}")


def test_koeln_and_gelsenkirchen_are_compared_by_keyboard_alone(opened_on_data) -> None:
    page = opened_on_data("/de/compare")
    for name in ("Köln", "Gelsenkirchen"):
        _tab_to(page, "next-place")
        page.keyboard.type(name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    table = page.get_by_role("table")
    heads = [" ".join(text.split()) for text in table.get_by_role("columnheader").all_inner_texts()]
    assert heads[:2] == ["Köln Gemeinde", "Gelsenkirchen Gemeinde"]
    assert table.get_by_role("row", name="Digitale Barriere").count() == 1
    page.emulate_media(media="print")
    assert table.is_visible() and not page.locator(".chosen-places").is_visible()


def test_each_value_names_its_place_at_320_pixels(opened_on_data) -> None:
    page = opened_on_data("/de/compare?place=05315000&place=05513000", 320, java_script_enabled=False)
    cell = page.locator("td[data-place=Gelsenkirchen]").first
    assert "Gelsenkirchen" in cell.evaluate("one => getComputedStyle(one, '::before').content")
