"""What the graph in the browser needs of the service: the files of the release, packed programs, and one policy."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Element, Parsed
from small_release import small_release

from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app
from sorgenetz.web.assets import BUILT, asset
from sorgenetz.web.built_files import PROGRAM, WORKER

POLICY = "Content-Security-Policy"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home = small_release(tmp_path_factory.mktemp("local")).folder.parent.parent
    application = create_app(Settings(home=home))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def visitor(small: Flask) -> FlaskClient:
    return small.test_client()


def switch(visitor: FlaskClient, language: str = "de") -> Element:
    return Parsed(visitor.get(f"/{language}/sparql").text).one("div", **{"data-editor": "local"})


def test_the_page_names_files_of_its_release_that_have_the_sum_of_the_list(visitor) -> None:
    said = json.loads(switch(visitor).attributes["data-about"])
    with visitor.get(said["dump"]) as dump, visitor.get(said["sums"]) as sums:
        assert len(dump.data) == said["bytes"]
        assert f"{hashlib.sha256(dump.data).hexdigest()}  {said['file']}\n" in sums.text
    assert "/dumps/000001-" in said["dump"], "the address is that of one release and of no other"


def test_the_switch_is_hidden_until_a_script_shows_it_and_names_release_and_size(visitor) -> None:
    for language, words in (("de", "Lädt die Veröffentlichung 1 vom"), ("en", "Loads release 1 of")):
        box = switch(visitor, language)
        assert "hidden" in box.attributes and words in box.text and re.search(r"\d[.,]\d MB", box.text)


def test_a_release_without_files_has_no_switch(client) -> None:
    assert 'role="switch"' not in client.get("/en/sparql").text


def test_only_the_worker_may_run_webassembly(visitor) -> None:
    paths = (
        "/de/sparql",
        "/en/sparql?query=ASK{}",
        "/de/",
        "/de/dataset",
        "/sparql",
        asset("editor.js"),
        asset(PROGRAM),
    )
    for path in paths:
        with visitor.get(path, headers={"Accept": "text/html"}) as response:
            assert "unsafe" not in response.headers[POLICY], path
    with visitor.get(asset(WORKER)) as response:
        assert (
            response.headers[POLICY] == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
        )


@pytest.mark.parametrize(
    ("name", "media_type"), [(PROGRAM, "application/wasm"), (WORKER, "text/javascript"), ("pages.css", "text/css")]
)
def test_built_files_are_sent_packed_to_those_who_take_that(visitor, name: str, media_type: str) -> None:
    path = asset(name)
    with visitor.get(path) as plain, visitor.get(path, headers={"Accept-Encoding": "br;q=1, gzip;q=0.8"}) as packed:
        assert plain.mimetype == packed.mimetype == media_type
        assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data == (BUILT / path.rsplit("/", 1)[1]).read_bytes()
        assert plain.headers["ETag"] != packed.headers["ETag"]
        for response in (plain, packed):
            assert response.headers["Vary"] == "Accept-Encoding" and "immutable" in response.headers["Cache-Control"]
    with visitor.get(path, headers={"Accept-Encoding": "gzip;q=0"}) as refused:
        assert "Content-Encoding" not in refused.headers
