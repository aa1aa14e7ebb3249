"""Answers held in memory are the answers that are given without: same bytes, same fields, nothing older."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from conftest import CASES
from flask import Flask
from werkzeug.test import TestResponse

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.kept import Coded, Kept, KeptAnswers
from sorgenetz.web.app import create_app

ROWS = "/sparql?query=" + quote("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40")
GRAPH = "/sparql?query=" + quote("DESCRIBE ?s WHERE { ?s a ?t }")
ASK = "/sparql?query=" + quote("ASK { ?s ?p ?o }")
MOVING = "/sparql?query=" + quote("SELECT (RAND() AS ?n) {}")
FORM = "application/x-www-form-urlencoded"
ADDRESSES = [
    ROWS, f"{ROWS}&format=csv", f"{ROWS}&format=xml", GRAPH, f"{GRAPH}&format=nt", ASK, "/sparql", "/sparql?format=ttl",
    "/sparql?query=SELECT", "/sparql?query=" + quote("SELECT * { ?a ?b ?c . FILTER(?c = 'none') }"),
    "/", "/de/", "/en/", "/de/initiatives", "/en/places", "/de/about", "/en/ontology", "/de/questions", "/de/profiles",
    "/de/initiative/alia", "/en/initiative/alia", "/id/initiative/alia", "/doc/initiative/alia",
    "/doc/initiative/alia.ttl", "/doc/initiative/alia.json", "/doc/initiative/alia?profile=schema", "/ontology",
    "/ontology.ttl", "/shapes", "/graph/sources.nt", "/.well-known/void", "/dataset", "/dataset.ttl", "/profiles",
    "/sitemap.xml", "/robots.txt", "/de/nothing", "/id/initiative/nobody", "/static/symbol.svg", "/healthz",
]  # fmt: skip
WAYS: list[dict[str, str]] = [
    {},
    {"Accept-Encoding": "br"},
    {"Accept-Encoding": "gzip;q=0.5, identity;q=0.1"},
    {"Accept": "text/html", "Accept-Language": "en"},
    {"Accept": "text/html", "Accept-Language": "de", "Accept-Encoding": "gzip, br"},
    {"Accept": "application/rdf+xml", "Accept-Encoding": "gzip"},
    {"Accept": "image/png"},
]


@pytest.fixture(scope="module")
def plain_app(settings: Settings) -> Iterator[Flask]:
    """The application that holds nothing."""
    application = create_app(replace(settings, answers_cache_mb=0))
    yield application
    application.extensions["sorgenetz"].engine.close()


def said(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return response.status_code, sorted(response.headers.items()), response.data


def held(app: Flask) -> KeptAnswers:
    return app.extensions["sorgenetz-answers"].kept


def decoded(response: TestResponse) -> bytes:
    how = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    return how[response.headers.get("Content-Encoding")](response.data)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_the_same_with_and_without(plain_app: Flask, settings: Settings, app: Flask, address: str) -> None:
    for way in WAYS:
        expected = plain_app.test_client().get(address, headers=way, buffered=True)
        for _ in range(3):
            assert said(app.test_client().get(address, headers=way, buffered=True)) == said(expected)
        tag = expected.headers.get("ETag")
        for conditions in (tag, f'"x", {tag}', '"x"') if tag else ():
            conditional = {**way, "If-None-Match": conditions}
            expected = plain_app.test_client().get(address, headers=conditional, buffered=True)
            assert expected.status_code == (200 if conditions == '"x"' else 304)
            assert said(app.test_client().get(address, headers=conditional, buffered=True)) == said(expected)


@pytest.mark.parametrize("address", [ROWS, "/de/", "/doc/initiative/alia.ttl", "/sparql"])
def test_head_is_get_without_the_content(app: Flask, address: str) -> None:
    for way in WAYS[:3]:
        whole = app.test_client().get(address, headers=way, buffered=True)
        head = app.test_client().head(address, headers=way)
        assert said(head) == (whole.status_code, sorted(whole.headers.items()), b"")


@pytest.mark.parametrize("address", [ROWS, "/de/", "/en/initiative/alia", "/doc/initiative/alia.ttl", "/ontology.ttl"])
def test_each_coding_has_a_tag_of_its_own_and_the_same_content(app: Flask, address: str) -> None:
    client = app.test_client()
    each = {name: client.get(address, headers={"Accept-Encoding": name}) for name in ("identity", "gzip", "br")}
    assert [one.headers.get("Content-Encoding") for one in each.values()] == [None, "gzip", "br"]
    tags = [one.headers["ETag"] for one in each.values()]
    assert len(set(tags)) == 3 and all(tag.startswith('"') for tag in tags)
    assert len({decoded(one) for one in each.values()}) == 1
    assert len(each["br"].data) <= len(each["gzip"].data) < len(each["identity"].data)
    for name, one in each.items():
        assert "Accept-Encoding" in one.headers["Vary"]
        again = client.get(address, headers={"Accept-Encoding": name, "If-None-Match": one.headers["ETag"]})
        assert (again.status_code, again.headers["ETag"], again.data) == (304, one.headers["ETag"], b"")
    other = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": each["gzip"].headers["ETag"]})
    assert other.status_code == 200


def test_a_query_sent_by_post_is_the_same_with_and_without(plain_app: Flask, app: Flask) -> None:
    for body, kind in [(ROWS.partition("?")[2], FORM), ("ASK {}", "application/sparql-query"), ("query=SELECT", FORM)]:
        for way in WAYS:
            expected = plain_app.test_client().post("/sparql", data=body, content_type=kind, headers=way)
            for _ in range(2):
                found = app.test_client().post("/sparql", data=body, content_type=kind, headers=way)
                assert said(found) == said(expected) and "ETag" not in found.headers


def test_what_is_held_is_given_without_the_engine(settings: Settings) -> None:
    app = create_app(settings)
    client = app.test_client()
    asked = [(ROWS, {}), ("/de/", {}), ("/doc/initiative/alia.ttl", {})]
    before = [client.get(path, headers=way).data for path, way in asked]
    posted = client.post("/sparql", data=ASK.partition("?")[2], content_type=FORM).data
    app.extensions["sorgenetz"].engine.close()
    assert [client.get(path, headers=way).data for path, way in asked] == before
    assert client.post("/sparql", data=ASK.partition("?")[2], content_type=FORM).data == posted
    assert client.get(ROWS, headers={"Accept-Encoding": "br"}).status_code == 200
    assert client.get(f"{ROWS}%20").status_code == 503


@pytest.mark.parametrize(
    "address",
    [MOVING, "/sparql?query=SELECT", "/de/nothing", "/id/initiative/nobody", "/healthz", "/", "/robots.txt",
     "/de/sparql", "/sparql?query=" + quote("SELECT * { ?a <urn:next> ?b . VALUES ?x { 1 2 3 4 5 6 7 8 } }")],
)  # fmt: skip
def test_what_moves_fails_or_is_large_is_not_held(settings: Settings, address: str) -> None:
    app = create_app(settings)
    app.test_client().get(address)
    assert len(held(app)) == 0
    app.extensions["sorgenetz"].engine.close()


def test_a_page_of_the_served_release_is_asked_about_each_time(app: Flask) -> None:
    for address in (ROWS, "/de/", "/en/initiative/alia", "/doc/initiative/alia.ttl"):
        assert app.test_client().get(address).headers["Cache-Control"] == "public, no-cache"


def test_a_switch_is_seen_at_once_and_a_rollback_too(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    care = CASES / "web" / "care.trig"
    publish_files([care], home)
    app = create_app(Settings(home=home.path))
    client = app.test_client()
    addresses = [ROWS, "/de/", "/doc/initiative/alia.ttl"]

    def releases() -> set[str]:
        return {client.get(address).headers["Sorgenetz-Release"] for address in addresses * 2}

    first = home.current().name
    assert releases() == {first}
    more = tmp_path / "more.trig"
    more.write_text("<https://w3id.org/sorgenetz/graph/more> { <urn:a> <urn:b> <urn:c> . }")
    publish_files([care, more], home)
    second = home.current().name
    assert releases() == {second} != {first}
    home.point_to(first)
    assert releases() == {first}
    app.extensions["sorgenetz"].engine.close()


def answer(size: int, tag: str = '"a"') -> Kept:
    return Kept({"": Coded([("ETag", tag)], b"x" * size, tag)}, False)


def test_memory_stays_within_the_bound_and_what_was_asked_for_last_stays() -> None:
    kept = KeptAnswers(100_000)
    for number in range(50):
        kept.put((number,), {}, (), answer(8000))
        kept.get((0,), {})
        assert kept.bytes <= 100_000
    assert kept.get((0,), {}) and kept.get((49,), {}) and not kept.get((1,), {})
    assert 1 < len(kept) < 50


def test_ways_of_asking_and_codings_count_as_well() -> None:
    kept = KeptAnswers(200_000)
    for number in range(500):
        kept.put(("same",), {"HTTP_ACCEPT": f"text/{number}"}, ("HTTP_ACCEPT",), answer(100))
        assert kept.bytes <= 200_000
    one = kept.get(("same",), {"HTTP_ACCEPT": "text/499"})
    assert one and not kept.get(("same",), {"HTTP_ACCEPT": "text/1"})
    before = kept.bytes
    coded = kept.in_coding(one, "br")
    assert kept.bytes - before == coded.size > 0
    kept.put(("large",), {}, (), answer(199_000))
    assert kept.bytes <= 200_000


def test_long_addresses_and_long_fields_count_as_well() -> None:
    kept = KeptAnswers(200_000)
    for number in range(50):
        kept.put((f"{number}" * 20_000,), {"HTTP_ACCEPT": "x" * 20_000}, ("HTTP_ACCEPT",), answer(1))
    assert len(kept) <= 200_000 // 40_000 and kept.bytes <= 200_000


def test_an_answer_that_depends_on_one_more_field_is_told_apart() -> None:
    kept = KeptAnswers(100_000)
    kept.put(("a",), {"HTTP_ACCEPT": "1"}, ("HTTP_ACCEPT",), answer(1))
    kept.put(("a",), {"HTTP_ACCEPT": "1", "HTTP_X": "2"}, ("HTTP_X",), answer(2))
    assert kept.get(("a",), {"HTTP_ACCEPT": "1", "HTTP_X": "2"})
    assert not kept.get(("a",), {"HTTP_ACCEPT": "1"}) and not kept.get(("a",), {"HTTP_X": "2"})
