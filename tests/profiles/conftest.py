"""The service over the published data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app


@pytest.fixture(scope="session")
def client(published_home: Path) -> Iterator[FlaskClient]:
    """A client of the service over the published data."""
    app = create_app(Settings(home=published_home))
    yield app.test_client()
    app.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="session")
def store(published_store: Path) -> ox.Store:
    return ox.Store.read_only(str(published_store))


@pytest.fixture(scope="session")
def known(store: ox.Store) -> set[str]:
    """The text or address of everything that the graph speaks of."""
    every = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {term.value for quad in every for term in (quad.subject, quad.object)}
