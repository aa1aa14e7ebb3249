"""A cited answer whose release has to be rebuilt: the page says so and shows the answer by itself."""

from __future__ import annotations

import re

import pytest
from citing.slow_disk import thin_on_a_slow_disk
from conftest import serving

from browser.conftest import _opening
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings


@pytest.fixture
def home(tmp_path) -> Home:
    """Two releases of one small file."""
    home = Home(tmp_path / "home")
    for said in ("1", "2"):
        (tmp_path / "said.ttl").write_text(f"<urn:a> <urn:p> {said} .", "utf-8")
        publish_files([tmp_path / "said.ttl"], home)
    return home


@pytest.fixture
def opened_on_two(chromium, site: str, home: Home):
    """Open pages over the two releases; `site` makes sure that the front end is built."""
    with serving(Settings(home=home.path)) as server:
        yield from _opening(chromium, server.address)


@pytest.mark.parametrize("with_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_answer_comes_by_itself_when_its_release_is_rebuilt(opened_on_two, home: Home, with_script: bool) -> None:
    newest = home.current().name
    home.point_to(home.all()[0].name)
    page = opened_on_two("/cite?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D&language=de", java_script_enabled=with_script)
    address = page.url[page.url.index("/de/q/") :]
    home.point_to(newest)
    let_go = thin_on_a_slow_disk(home)
    page = opened_on_two(address, java_script_enabled=with_script)
    assert page.get_by_role("progressbar", name="Die Veröffentlichung wird wiederhergestellt").is_visible()
    page.get_by_text(re.compile("seit [3-9] Sekunden")).wait_for()
    let_go()
    page.get_by_text("wieder dieselbe Antwort").wait_for()
    assert page.url.endswith(address) and not page.get_by_role("progressbar").count()
