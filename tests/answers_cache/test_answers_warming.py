"""After a new release, what was asked most is there before anybody asks again, and nobody is kept waiting for that."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import CASES
from flask import Flask
from small_store import wait_until

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.front import AnswersCache
from sorgenetz.web.answers_cache.warming import LOOK_SECONDS, Warming
from sorgenetz.web.app import create_app
from sorgenetz.web.services import Services
from sorgenetz.web.site_map import asked_ahead

CARE = CASES / "web" / "care.trig"
COUNT = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
SELDOM = "/sparql?query=" + quote("ASK { ?s ?p 1 }")
CSV = {"Accept": "text/csv", "Accept-Encoding": "gzip"}
THING = "/de/initiative/alia"
# Endless also in a graph of a few dozen statements.
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(12)) + "}"
RUNAWAY = "/sparql?query=" + quote(ENDLESS)
PAGES = ("/de/", "/en/places")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    publish_files([CARE], Home(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture
def app(home: Home) -> Iterator[Flask]:
    application = create_app(Settings(home=home.path, query_seconds=600.0))
    yield application
    application.extensions["sorgenetz"].engine.close()


def publish_more(home: Home) -> str:
    more = home.path.parent / "more.trig"
    more.write_text("<https://w3id.org/sorgenetz/graph/more> { <urn:a> <urn:b> <urn:c> . }")
    publish_files([CARE, more], home)
    return home.current().name


def warming(app: Flask, **changed: float) -> Warming:
    services: Services = app.extensions["sorgenetz"]
    settings = replace(services.settings, host="localhost", port=80, **changed)
    return Warming(answers(app), services.current, settings, lambda: PAGES)


def answers(app: Flask) -> AnswersCache:
    return app.extensions["sorgenetz-answers"]


def test_what_was_asked_most_is_there_after_a_new_release(app: Flask, home: Home) -> None:
    client, first = app.test_client(), home.current().name
    for _ in range(3):
        client.get(COUNT, headers=CSV)
        client.get(THING)
    client.get(SELDOM)
    second = publish_more(home)
    assert warming(app).warm(first, second) == 4
    app.extensions["sorgenetz"].engine.close()
    for address, fields in [(COUNT, CSV), (THING, {}), *((page, {}) for page in PAGES)]:
        given = client.get(address, headers=fields)
        assert (given.status_code, given.headers["Sorgenetz-Release"]) == (200, second)
    assert client.get(SELDOM).status_code == 503


def test_what_was_asked_most_comes_first_and_a_budget_that_is_spent_ends_it(app: Flask, home: Home) -> None:
    client, first = app.test_client(), home.current().name
    for times, address in enumerate([SELDOM, THING, COUNT], 2):
        for _ in range(times):
            client.get(address)
    asked = [question.path for question in answers(app).asked_most(first, 2)]
    assert asked == ["/sparql", THING]
    assert warming(app, answers_warm_seconds=1e-9).warm(first, publish_more(home)) == 1


def test_nothing_is_asked_ahead_while_a_visitor_waits_for_an_answer(app: Flask, home: Home) -> None:
    with ThreadPoolExecutor() as threads:
        visitor = threads.submit(app.test_client().get, RUNAWAY)
        assert wait_until(lambda: answers(app).busy.number == 1, 30)
        ahead = threads.submit(warming(app).warm, "", home.current().name)
        assert not wait_until(lambda: ahead.done() or len(answers(app).kept), 1)
        app.extensions["sorgenetz"].engine.close()
        assert visitor.result(60).status_code == 503
        assert ahead.result(60) == len(PAGES)


def test_nothing_is_asked_ahead_of_a_release_that_is_served_no_more(app: Flask, home: Home) -> None:
    first = home.current().name
    publish_more(home)
    assert warming(app).warm("", first) == 0


def test_the_pages_that_are_asked_ahead_are_those_of_the_site_and_the_questions() -> None:
    pages = asked_ahead(["who-cares"])
    assert {"/de/", "/en/", "/de/questions/who-cares", "/en/places"} <= set(pages)
    assert len(pages) == len(set(pages))


def test_a_question_of_the_gallery_is_held_once_it_is_answered(published_settings: Settings) -> None:
    app = create_app(published_settings)
    client = app.test_client()
    address = "/en/questions/" + app.extensions["sorgenetz"].library.questions()[0].name
    given = client.get(address)
    assert given.status_code == 200 and given.headers["ETag"].startswith("W/")
    app.extensions["sorgenetz"].engine.close()
    assert client.get(address).data == given.data
    unchanged = client.get(address, headers={"If-None-Match": given.headers["ETag"]})
    assert (unchanged.status_code, unchanged.headers["ETag"]) == (304, given.headers["ETag"])


def test_every_new_release_is_followed(app: Flask, home: Home) -> None:
    following = warming(app)
    following.start()
    try:
        assert wait_until(lambda: len(answers(app).kept) == len(PAGES), 30)
        publish_more(home)
        assert wait_until(lambda: len(answers(app).kept) == 2 * len(PAGES), 30)
    finally:
        following.stop()


def test_what_keeps_it_from_asking_is_said_once_and_costs_no_visitor(app: Flask, caplog) -> None:
    services: Services = app.extensions["sorgenetz"]
    settings = replace(services.settings, host="localhost", port=80)
    looked: list[str] = []

    def paths() -> list[str]:
        looked.append("once")
        raise OSError("The list cannot be read.")

    helping = Warming(answers(app), services.current, settings, paths)
    helping.start()
    try:
        assert wait_until(lambda: looked, 60)
        assert not wait_until(lambda: len(looked) > 1, 4 * LOOK_SECONDS)
        assert app.test_client().get(COUNT).status_code == 200
    finally:
        helping.stop()
    assert [record.message for record in caplog.records].count("Answers could not be asked ahead.") == 1
