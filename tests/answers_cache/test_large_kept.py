"""A large answer that is asked for again comes from memory, where it is packed, and is the same to the byte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from conftest import LiveServer, serving
from flask import Flask

from sorgenetz.engine.spool import MEMORY_BYTES
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.kept import KeptAnswers
from sorgenetz.web.answers_cache.packed import PIECE_BYTES, packing, unpacked
from sorgenetz.web.app import create_app


def large(times: int, also: str = "") -> str:
    values = " ".join(map(str, range(times)))
    return "/sparql?query=" + quote(f"SELECT ?a ?b ?x {{ ?a <urn:next> ?b {also} VALUES ?x {{ {values} }} }}")


@pytest.fixture(scope="module")
def roomy(settings: Settings) -> Settings:
    return replace(settings, query_seconds=120.0, result_mb=64, result_rows=3_000_000, answers_cache_mb=32)


@pytest.fixture
def app(roomy: Settings) -> Iterator[Flask]:
    application = create_app(roomy)
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture(scope="module")
def server(roomy: Settings) -> Iterator[LiveServer]:
    with serving(roomy) as server:
        yield server


def kept(app: Flask) -> KeptAnswers:
    return app.extensions["sorgenetz-answers"].kept


def test_who_asks_twice_is_answered_from_memory_the_third_time(app: Flask) -> None:
    path, client = large(40), app.test_client()
    said = []
    for held in (0, 1, 1):
        response = client.get(path, buffered=True)
        fields = [(name, value) for name, value in response.headers if name != "Date"]
        said.append((response.status_code, sorted(fields), response.data))
        assert len(kept(app)) == held
    assert said[0] == said[1] == said[2] and len(said[0][2]) > 5 * MEMORY_BYTES
    assert kept(app).bytes < MEMORY_BYTES
    app.extensions["sorgenetz"].engine.close()
    assert client.get(path, buffered=True).data == said[0][2]
    tag = dict(said[0][1])["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    head = client.head(path)
    assert head.data == b"" and head.content_length == len(said[0][2])


def test_an_answer_that_nobody_took_to_the_end_is_not_held(app: Flask) -> None:
    path, client = large(41), app.test_client()
    for _ in range(3):
        response = client.get(path)
        assert next(iter(response.response))
        response.close()
    assert len(kept(app)) == 0


def test_one_that_stays_large_when_packed_is_not_held(roomy: Settings) -> None:
    app = create_app(replace(roomy, answers_cache_mb=1))
    path, client = large(400), app.test_client()
    try:
        whole = {client.get(path, buffered=True).data for _ in range(3)}
        assert len(whole) == 1 and len(kept(app)) == 0
    finally:
        app.extensions["sorgenetz"].engine.close()


def test_what_moves_is_not_held_although_it_is_asked_twice(app: Flask) -> None:
    for _ in range(3):
        assert app.test_client().get(large(40, "BIND(RAND() AS ?r)"), buffered=True).status_code == 200
    assert len(kept(app)) == 0


@pytest.mark.parametrize("way", [{}, {"Accept-Encoding": "br, gzip"}])
def test_the_server_gives_it_each_time_alike(server: LiveServer, way: dict[str, str]) -> None:
    said = []
    for _ in range(4):
        response, body = server.get(large(42), **way)
        assert response.status == 200 and int(response.headers["Content-Length"]) == len(body)
        said.append((body, response.headers["ETag"], response.headers.get("Content-Encoding")))
    assert all(one == said[0] for one in said)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, 3 * MEMORY_BYTES + 7])
@pytest.mark.parametrize("kind", ["alike", "random"])
def test_what_was_packed_comes_back_whole_in_small_pieces(size: int, kind: str) -> None:
    content = b"a" * size if kind == "alike" else random.Random(size).randbytes(size)
    found: list[bytes] = []
    pieces = [content[at : at + 100_000] for at in range(0, size, 100_000)]
    assert b"".join(packing(iter(pieces), 2 * size + 100, found.append)) == content
    assert b"".join(unpacked(found[0])) == content
    assert all(len(piece) <= PIECE_BYTES for piece in unpacked(found[0]))
