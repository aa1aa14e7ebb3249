"""The service over the published data."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def client(published: Flask) -> FlaskClient:
    """A client of the service over the published data."""
    return published.test_client()


@pytest.fixture(scope="session")
def store(published_store: Path) -> ox.Store:
    return ox.Store.read_only(str(published_store))


@pytest.fixture(scope="session")
def known(store: ox.Store) -> set[str]:
    """The text or address of everything that the graph speaks of."""
    every = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {term.value for quad in every for term in (quad.subject, quad.object)}
