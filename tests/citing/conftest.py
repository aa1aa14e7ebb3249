"""Three releases of one small file, and the application over them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three releases of one small file, each with another statement than the one before."""
    home = Home(tmp_path / "home")
    for said in ('<urn:a> <urn:p> "1"', '<urn:a> <urn:p> "1" . <urn:b> <urn:p> "2"', '<urn:b> <urn:p> "2"'):
        file = tmp_path / "said.ttl"
        file.write_text(said + " .", "utf-8")
        publish_files([file], home)
    return home


@pytest.fixture
def app(home: Home) -> Iterator[Flask]:
    application = create_app(Settings(home=home.path))
    yield application
    application.extensions["sorgenetz-past"].close()
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
