"""A planner looks at places and compares them, on the published data: by keyboard, on a small screen, on paper."""

from __future__ import annotations

from browser.looking import complaints


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


def test_a_place_is_picked_from_the_list_by_keyboard(opened_on_data) -> None:
    page = opened_on_data("/de/compare")
    field = page.get_by_role("combobox", name="Erster Ort")
    field.focus()
    page.keyboard.type("Neustadt")
    listed = page.get_by_role("listbox", name="Vorschläge").get_by_role("option")
    listed.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true" and page.get_by_role("status").inner_text() == "Vorschläge: 8"
    page.keyboard.press("ArrowUp")
    last = listed.last
    assert field.get_attribute("aria-activedescendant") == last.get_attribute("id")
    assert last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    place = listed.first.get_attribute("data-place")
    page.keyboard.press("Enter")
    assert field.get_attribute("aria-expanded") == "false" and listed.count() == 0
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/de/compare?place={place.replace('/', '%2F')}")


def test_the_list_closes_with_escape_and_what_was_typed_stays(opened_on_data) -> None:
    page = opened_on_data("/de/compare", 320)
    field = page.get_by_role("combobox")
    field.press_sequentially("Gelsenk")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0 and field.input_value() == "Gelsenk"


def test_a_place_picked_by_pointer_and_then_changed_goes_out_as_it_is_typed(opened_on_data) -> None:
    page = opened_on_data("/de/compare")
    field = page.get_by_role("combobox")
    field.press_sequentially("Gelsenk")
    page.get_by_role("option").first.click()
    assert field.input_value() == "Gelsenkirchen"
    field.fill("Köln")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("?place=K%C3%B6ln")


def test_the_open_list_of_places_has_no_barrier(opened_on_data) -> None:
    page = opened_on_data("/de/compare")
    page.get_by_role("combobox").press_sequentially("Neustadt")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert not complaints(page)
