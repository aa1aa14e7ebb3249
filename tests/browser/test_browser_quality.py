"""The page about quality in a real browser: for everyone, on small screens, in the dark, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import serving
from quality_world import publish_quality_world

from browser.looking import complaints_on_wide_and_small_screens


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a release with findings."""
    with serving(publish_quality_world(tmp_path_factory.mktemp("quality"))) as server:
        yield server.address


def test_all_that_unfolds_is_for_everyone_on_wide_and_small_screens(opened) -> None:
    pages = [opened(f"/{language}/quality") for language in ("de", "en")]
    for page in pages:
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert not complaints_on_wide_and_small_screens(*pages)


def test_findings_unfold_and_lead_to_the_things_without_javascript(opened) -> None:
    page = opened("/de/quality", java_script_enabled=False)
    page.locator("#kreise ~ details summary").first.click()
    assert page.get_by_role("link", name="Kreis Musterau").is_visible()
    page.get_by_role("link", name="Bald", exact=True).first.click()
    assert page.url.endswith("/de/initiative/bare")


def test_the_foot_of_every_page_leads_here(opened) -> None:
    page = opened("/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Quality").click()
    assert page.locator("h1").text_content() == "Quality"
