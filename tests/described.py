"""A service over the small release, and how tests read what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from flask.testing import FlaskClient

from sorgenetz.names import RDF
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

BASE_URL = "https://graph.example"


@contextmanager
def client_of(home: Path) -> Iterator[FlaskClient]:
    """Give a client of the service over the releases in `home`, which is known to the world as BASE_URL."""
    app = create_app(Settings(home=home, base_url=BASE_URL, query_seconds=60.0, query_queue_seconds=60.0))
    try:
        yield app.test_client()
    finally:
        app.extensions["sorgenetz"].engine.close()


def read(client: FlaskClient, path: str, accept: str = "text/turtle") -> ox.Store:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200 and response.mimetype == accept
    store = ox.Store()
    store.load(response.data, format=ox.RdfFormat.from_media_type(accept))
    return store


def typed(store: ox.Store, of_class: str) -> list[ox.NamedNode]:
    return [quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(of_class))]


def values(store: ox.Store, node: ox.NamedNode, name: str) -> list[str]:
    return [quad.object.value for quad in store.quads_for_pattern(node, ox.NamedNode(name), None)]


def value(store: ox.Store, node: ox.NamedNode, name: str) -> str:
    (found,) = values(store, node, name)
    return found
