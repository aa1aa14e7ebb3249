"""The page of the ontology in a real browser: on small screens, in the dark, on paper, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import serving
from small_release import small_release

from sorgenetz.settings import Settings

PAGE = "/de/ontology"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a release with ontology, shapes and reused terms."""
    home = small_release(tmp_path_factory.mktemp("ontology")).folder.parent.parent
    with serving(Settings(home=home)) as server:
        yield server.address


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_picture_is_whole_on_a_wide_screen_and_each_word_stays_in_its_box(opened, language: str) -> None:
    page = opened(f"/{language}/ontology")
    frame = page.locator(".picture-frame")
    assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")
    outside = page.evaluate(
        "() => [...document.querySelectorAll('.model .box')].flatMap(box => {"
        "const frame = box.querySelector('.frame').getBoundingClientRect();"
        "return [...box.querySelectorAll('text')].filter(text => {const r = text.getBoundingClientRect();"
        "return r.right > frame.right - 4 || r.bottom > frame.bottom || r.left < frame.left})"
        ".map(text => text.textContent)})"
    )
    assert outside == []


def test_the_picture_scrolls_in_its_frame_on_a_small_screen_also_by_keyboard(opened) -> None:
    page = opened(PAGE, 320)
    frame = page.locator(".picture-frame")
    assert frame.evaluate("e => e.scrollWidth > 1000 && e.clientWidth <= 320")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert frame.evaluate("e => e.scrollLeft") > 0


def test_the_address_of_a_term_lands_on_its_entry(opened) -> None:
    page = opened(f"{PAGE}#lowersBarrier", reduced_motion="reduce")
    assert page.evaluate("document.querySelector(':target').id") == "lowersBarrier"
    top = page.locator("#lowersBarrier").bounding_box()["y"]
    assert 0 <= top < 100


def test_a_box_a_line_of_contents_and_a_fold_work_without_javascript(opened) -> None:
    page = opened(PAGE, java_script_enabled=False)
    page.locator(".contents").get_by_role("link", name="Klassen").click()
    assert page.url.endswith("#all-classes")
    page.locator(".model").get_by_role("link", name="Praxisbeispiel").click()
    assert page.url.endswith("#PracticeExample")
    fold = page.locator("section.term details").first
    assert not fold.locator("li").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("li").first.is_visible()


def test_the_links_of_the_picture_are_reached_by_keyboard_and_seen(opened) -> None:
    page = opened(PAGE)
    page.locator(".picture-frame").focus()
    page.keyboard.press("Tab")
    name, outline = page.evaluate(
        "() => [document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert name.strip() == "Beteiligung" and outline == "solid"


def test_on_paper_the_picture_fits_and_folds_are_open(opened) -> None:
    page = opened(PAGE, 700)
    page.emulate_media(media="print")
    assert page.locator(".model").bounding_box()["width"] <= 700
    assert page.locator("section.term details li").first.bounding_box()["height"] > 0
