"""The application over a small network that is counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from readers import reader_of

from sorgenetz.insight.network.known import Known, known_network
from sorgenetz.names import ID
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]


def publish_network(folder: Path) -> Settings:
    """Publish the ontology, the schemes and the small network; return settings over them."""
    files = [*sorted((ROOT / "ontology").rglob("*.ttl")), ROOT / "tests" / "cases" / "network" / "network.trig"]
    home = Home(folder / "home")
    publish_files(files, home)
    return Settings(home=home.path, query_seconds=5.0, answers_warm_seconds=0.0)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_network(tmp_path_factory.mktemp("network")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="session")
def known(small: Flask) -> Known:
    return known_network(reader_of(small))


def actor(slug: str) -> str:
    """Return the IRI of an actor of the small network."""
    return f"{ID}{'network' if slug == 'verbund' else 'organisation'}/{slug}"


def slugs(iris) -> set[str]:
    return {iri.rpartition("/")[2] for iri in iris}
