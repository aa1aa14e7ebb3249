"""Results over the invented world, and readers for what they hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed
from pages_release import publish_world
from python_calamine import CalamineWorkbook

from sorgenetz.web.app import create_app


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_world(tmp_path_factory.mktemp("results")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def visitor(world: Flask) -> FlaskClient:
    return world.test_client()


@pytest.fixture
def asked(visitor: FlaskClient):
    """Return the query page with the answer to a query, parsed."""

    def _asked(query: str, language: str = "en", **state: object) -> Parsed:
        address = f"/{language}/sparql?" + urlencode({"query": query, **state})
        response = visitor.get(address, headers={"Accept": "text/html"})
        assert response.status_code == 200, response.text
        return Parsed(response.text)

    return _asked


@pytest.fixture
def workbook(visitor: FlaskClient):
    """Return the sheets of the workbook with the answer to a query, read by another library than wrote them."""

    def _workbook(query: str, language: str = "en") -> dict[str, list[list[object]]]:
        response = visitor.get("/sparql.xlsx?" + urlencode({"query": query, "language": language}), buffered=True)
        assert response.status_code == 200, response.text
        book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    return _workbook


def column(page: Parsed, at: int = 0) -> list[str]:
    """Return the texts of a column of the answer's table."""
    table = page.one("section", id="answer").one("table", class_="result")
    return [row.all("td")[at].text for row in table.all("tr") if row.all("td")]


def views(page: Parsed) -> list[str]:
    """Return the views that are offered."""
    return [link.text for link in page.one("nav", class_="views").all("a")]
