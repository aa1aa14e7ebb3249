"""The application over the small graph that the questions have expected answers for, and over the real release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from test_questions import CASES, case_store_of

from sorgenetz.bundle import find_bundle
from sorgenetz.names import GRAPH_ONTOLOGY
from sorgenetz.releases.chain import Home
from sorgenetz.releases.publish import publish
from sorgenetz.settings import Settings
from sorgenetz.sources.rdf_files import read_rdf_file
from sorgenetz.web.app import create_app

BASE_URL = "https://graph.example"


@pytest.fixture(scope="package")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over the invented graph of the questions' expected answers and our vocabulary."""
    home = Home(tmp_path_factory.mktemp("api") / "home")
    quads = [quad for quad in case_store_of(CASES / "case.trig") if isinstance(quad.graph_name, ox.NamedNode)]
    ontology = find_bundle().ontology
    for path in (ontology / "sorgenetz.ttl", *sorted((ontology / "schemes").glob("*.ttl"))):
        quads += read_rdf_file(path, GRAPH_ONTOLOGY)
    publish(home, quads, lambda store, change: "")
    application = create_app(Settings(home=home.path, base_url=BASE_URL, query_kb=64))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="package")
def real(published_settings: Settings) -> Iterator[Flask]:
    """The application over the real release."""
    application = create_app(replace(published_settings, base_url=BASE_URL))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def program(small: Flask) -> FlaskClient:
    return small.test_client()


@pytest.fixture
def researcher(real: Flask) -> FlaskClient:
    return real.test_client()
