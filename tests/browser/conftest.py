"""Chromium over a real server of the invented world; skipped where there is no Chromium, unless it is required."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import serving
from pages_release import publish_world

from browser.looking import PATIENT_MS, listen
from sorgenetz.settings import Settings

# The shell has no windows and opens a page in a third of the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
# WebGL without a graphics card; pages themselves are drawn without it, which takes a fraction of the work. In the shell
# a query that is too deep for WebAssembly would end the page with it, were its memory guarded by signals.
FLAGS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-rasterization",
    "--disable-features=WebAssemblyTrapHandler",
]  # fmt: skip
REQUIRED = os.environ.get("SORGENETZ_REQUIRE_BROWSER") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _missing(what: str) -> None:
    (pytest.fail if REQUIRED else pytest.skip)(what)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser of the distribution."""
    if not CHROMIUM:
        _missing("Chromium is missing; on Debian: apt-get install chromium-headless-shell")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is missing: run `make setup`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the built front end."""
    built = Path(__file__).parents[2] / "service" / "sorgenetz" / "web" / "static" / "built" / "manifest.json"
    if not built.is_file():
        _missing("The front end is not built: run `make setup`")
    with serving(publish_world(tmp_path_factory.mktemp("browser"))) as server:
        yield server.address


@pytest.fixture(scope="session")
def real_site(published_settings: Settings) -> Iterator[str]:
    """The address of a server over the repository's own data."""
    with serving(published_settings) as server:
        yield server.address


@pytest.fixture
def opened(chromium, site: str) -> Iterator[object]:
    """Open pages of the site; whatever one asks for elsewhere, or complains of, fails the test."""
    yield from _opening(chromium, site)


@pytest.fixture
def opened_on_data(chromium, site: str, real_site: str) -> Iterator[object]:
    """The same over the repository's own data; `site` makes sure that the front end is built."""
    yield from _opening(chromium, real_site)


def _opening(chromium, site: str) -> Iterator[object]:
    contexts, wrong = [], []

    def _open(path: str, width: int = 1280, **options: object):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(PATIENT_MS)
        contexts.append(context)
        page = context.new_page()
        listen(page, site, wrong)
        page.goto(site + path)
        return page

    yield _open
    for context in contexts:
        context.close()
    assert not wrong
