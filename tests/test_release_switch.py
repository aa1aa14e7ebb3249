"""What a reader notices when another release is served: new tags, new answers, and nothing in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import CASES
from flask import Flask

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

COUNT = "/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20?s%20?p%20?o%20%7D&format=csv"
ADDRESSES = [COUNT, "/sparql", "/doc/initiative/alia.ttl", "/ontology.nt"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def moving_app(home: Home) -> Iterator[Flask]:
    """The application over a home of its own, with a first release."""
    publish_files([CASES / "web" / "care.trig"], home)
    application = create_app(Settings(home=home.path))
    yield application
    application.extensions["sorgenetz"].engine.close()


def publish_more(home: Home, folder: Path) -> None:
    more = folder / "more.trig"
    more.write_text("<https://w3id.org/sorgenetz/graph/more> { <urn:a> <urn:b> <urn:c> . }")
    publish_files([CASES / "web" / "care.trig", more], home)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_old_tag_is_no_longer_good_after_a_new_release(
    moving_app: Flask, home: Home, tmp_path: Path, address: str
) -> None:
    client = moving_app.test_client()
    before = client.get(address)
    publish_more(home, tmp_path)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["Sorgenetz-Release"].startswith("000002-")
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_old_tag_is_good_again_after_a_rollback(moving_app: Flask, home: Home, tmp_path: Path, address: str) -> None:
    client = moving_app.test_client()
    before, first = client.get(address), home.current().name
    publish_more(home, tmp_path)
    home.point_to(first)
    assert client.get(address, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304


def test_each_answer_belongs_to_the_release_it_names(moving_app: Flask, home: Home, tmp_path: Path) -> None:
    counts: dict[str, set[str]] = {}
    done = Event()

    def ask() -> None:
        client = moving_app.test_client()
        while not done.is_set():
            response = client.get(COUNT)
            assert response.status_code == 200
            counts.setdefault(response.headers["Sorgenetz-Release"], set()).add(response.text)

    asking = Thread(target=ask)
    asking.start()
    first = home.current().name
    publish_more(home, tmp_path)
    second = home.current().name
    for name in [first, second] * 10:
        home.point_to(name)
        moving_app.test_client().get(COUNT)
    done.set()
    asking.join()
    assert set(counts) == {first, second}
    assert [len(answers) for answers in counts.values()] == [1, 1]
