"""The application over the invented world with its shapes, from which the facets come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from readers import reader_of

from sorgenetz.insight.reader import Reader
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]


def publish_choices(folder: Path, shapes: Path = ROOT / "shapes") -> Settings:
    """Publish the ontology, the schemes, the shapes and the invented initiatives; return settings over them."""
    files = [
        *sorted((ROOT / "ontology").rglob("*.ttl")), *sorted(shapes.glob("*.ttl")),
        *sorted((ROOT / "tests" / "cases" / "pages").glob("*.trig")),
        *sorted((ROOT / "tests" / "cases" / "selection").glob("*.trig")),
    ]  # fmt: skip
    home = Home(folder / "home")
    publish_files(files, home)
    return Settings(home=home.path, query_seconds=5.0, answers_warm_seconds=0.0)


@pytest.fixture(scope="session")
def choices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_choices(tmp_path_factory.mktemp("choices")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def german(choices: Flask) -> Reader:
    return reader_of(choices)
