"""The application over two invented Länder that can be worked out by hand, and over the repository's own data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from pages.parsed import Element, Parsed

from sorgenetz.engine.engine import Engine
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]


def read(app: Flask, path: str, status: int = 200) -> Parsed:
    """Return a page, parsed; it has to have this status."""
    response = app.test_client().get(path)
    assert response.status_code == status, (path, response.status_code)
    return Parsed(response.get_data(as_text=True))


def section(page: Parsed, identifier: str) -> Element:
    return page.one("section", id=identifier)


def rows_of(app: Flask, link: Element) -> list[dict]:
    """Return what the engine answers to the query that a link opens."""
    engine: Engine = app.extensions["sorgenetz"].engine
    (query,) = parse_qs(urlsplit(link.attributes["href"]).query)["query"]
    return engine.rows(query)


@pytest.fixture(scope="session")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Seeland and Bergland."""
    home = Home(tmp_path_factory.mktemp("probe") / "home")
    files = [
        *sorted((ROOT / "ontology").rglob("*.ttl")), *sorted((ROOT / "shapes").glob("*.ttl")),
        *sorted((ROOT / "tests" / "cases" / "places").glob("*.trig")),
    ]  # fmt: skip
    publish_files(files, home)
    application = create_app(Settings(home=home.path, query_seconds=5.0))
    yield application
    application.extensions["sorgenetz"].engine.close()
