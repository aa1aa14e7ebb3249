"""The application over the invented world, and pages as text and as elements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages_release import publish_world

from pages.parsed import Parsed
from sorgenetz.web.app import create_app


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_world(tmp_path_factory.mktemp("pages")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def visitor(world: Flask) -> FlaskClient:
    return world.test_client()


@pytest.fixture
def read(visitor: FlaskClient):
    """Return a page, parsed; it has to be there."""

    def _read(path: str, status: int = 200) -> Parsed:
        response = visitor.get(path, headers={"Accept": "text/html"})
        assert response.status_code == status, path
        assert response.mimetype == "text/html"
        return Parsed(response.get_data(as_text=True))

    return _read
