"""What a planner does, on the published data: by mouse, by keyboard alone, without JavaScript, on a small screen."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with", "without"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_practice_for_the_language_barrier_is_found_with_its_evidence(opened_on_data, width: int, options) -> None:
    page = opened_on_data("/de/", width, **options)
    page.get_by_role("link", name="Sprachliche Barriere").first.click()
    first = page.locator(".suggestions > li").first
    assert "senkt die Hürde Sprachliche Barriere durch" in first.inner_text()
    first.locator(".reasons a").first.click()
    assert "/source/" in page.url


def test_a_practice_is_found_by_keyboard_alone(opened_on_data) -> None:
    page = opened_on_data("/de/practices")
    page.get_by_role("checkbox", name="Digitale Barriere").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices?barrier=digital*")
    assert "Techniktreffs und geschulte Technik-Botschafter" in page.locator(".suggestions").inner_text()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with", "without"])
def test_the_query_behind_a_cell_is_reached(opened_on_data, options) -> None:
    page = opened_on_data("/de/gaps", **options)
    row = page.locator("tr", has_text="Köln (Kreisfreie Stadt)")
    row.locator("td.stated a").first.click()
    page.get_by_role("link", name="Diese Abfrage ändern").click()
    assert "/de/sparql?query=" in page.url and "skos%3Abroader" in page.url


def test_a_shared_link_gives_the_same_text_back(opened_on_data) -> None:
    page = opened_on_data("/de/initiatives")
    page.locator("#facet-lowersBarrier").get_by_role("link", name="Digitale Barriere").click()
    page.get_by_role("link", name="Text", exact=True).click()
    said = page.locator(".sentences").inner_text()
    again = opened_on_data(page.url[page.url.index("/de/") :])
    assert again.locator(".sentences").inner_text() == said and "Digitale Barriere" in said


def test_the_brief_prints_with_its_sources_and_code(opened_on_data, tmp_path: Path) -> None:
    page = opened_on_data("/de/brief?place=kreis/05513&question=Was+gibt+es+in+Gelsenkirchen%3F")
    page.emulate_media(media="print")
    assert not page.locator(".head nav").first.is_visible() and page.locator("svg.qr").is_visible()
    assert page.locator(".brief-sources li").count() > 5 and not page.locator(".screen-only").first.is_visible()
    file = tmp_path / "brief.pdf"
    page.pdf(path=file)
    assert file.read_bytes().startswith(b"%PDF") and file.stat().st_size > 20_000


def test_suggestions_come_while_typing(opened_on_data) -> None:
    page = opened_on_data("/de/search")
    page.get_by_role("combobox").press_sequentially("Gelsenk")
    page.locator("datalist option[value=Gelsenkirchen]").wait_for(state="attached")
