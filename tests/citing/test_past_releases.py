"""Earlier releases asked at the same time: nobody's query is ended because somebody asks another release."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest

from sorgenetz.engine.past import MOST, PastEngines
from sorgenetz.errors import EngineClosed, TooManyQueries
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.rebuilt import MOST_REBUILT, REBUILT, REMOVED, release_again, thin
from sorgenetz.settings import Settings

MANY = " ".join(map(str, range(120)))
# Counts what was said in the release a million times and more: long enough that all of them run at once.
LONG = (
    f"SELECT (COUNT(*) AS ?n) {{ ?s <urn:p> ?o VALUES ?a {{ {MANY} }} VALUES ?b {{ {MANY} }} VALUES ?c {{ {MANY} }} }}"
)
SHORT = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """One release more than there are engines; the first has one statement, each other has one more."""
    folder = tmp_path_factory.mktemp("past")
    home = Home(folder / "home")
    said = ""
    for number in range(MOST + 1):
        said += f"<urn:a> <urn:p> {number} .\n"
        (folder / "said.ttl").write_text(said, "utf-8")
        publish_files([folder / "said.ttl"], home)
    return home.all()


def past_with(wait_s: float, unused_s: float = 3600.0) -> PastEngines:
    return PastEngines(Settings(home=Path("unused"), query_seconds=60.0, query_queue_seconds=wait_s), unused_s)


@pytest.fixture
def patient() -> Iterator[PastEngines]:
    past = past_with(60.0)
    yield past
    past.close()


@pytest.fixture
def hasty() -> Iterator[PastEngines]:
    past = past_with(5.0)
    yield past
    past.close()


def counted(past: PastEngines, release: Release, query: str) -> int:
    with past.of(release) as engine:
        answer = engine.answer(query, "json")
    assert answer.release == release.name
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def test_long_queries_of_more_releases_than_there_are_engines_are_all_answered(
    patient: PastEngines, releases: list[Release]
) -> None:
    at_once = Barrier(2 * len(releases))

    def ask(release: Release) -> int:
        at_once.wait()
        return counted(patient, release, LONG)

    with ThreadPoolExecutor(2 * len(releases)) as people:
        found = list(people.map(ask, releases * 2))
    assert found == [120**3 * number for number in range(1, len(releases) + 1)] * 2


def test_one_who_finds_all_engines_lent_is_told_when_to_come_again(hasty: PastEngines, releases: list[Release]) -> None:
    *others, last = releases
    with hasty.of(others[0]) as first, hasty.of(others[1]):
        with pytest.raises(TooManyQueries) as refused, hasty.of(last):
            pass
        assert refused.value.headers() == {"Retry-After": "60"}
        assert first.rows(SHORT), "who has an engine keeps it"
        assert counted(hasty, others[1], SHORT) == 2, "a release that is asked already can be asked by others too"
    assert counted(hasty, last, SHORT) == len(releases)


def test_one_who_waits_gets_the_next_place(patient: PastEngines, releases: list[Release]) -> None:
    waits = Event()

    def ask() -> int:
        waits.set()
        return counted(patient, releases[-1], SHORT)

    with ThreadPoolExecutor(1) as other, patient.of(releases[0]):
        with patient.of(releases[1]):
            found = other.submit(ask)
            waits.wait()
            assert not found.done()
        assert found.result(timeout=60) == len(releases)


def test_the_engine_asked_longest_ago_goes_and_leaves_no_process(hasty: PastEngines, releases: list[Release]) -> None:
    with hasty.of(releases[0]) as first:
        assert first.rows(SHORT)
    for release in releases[1:]:
        assert counted(hasty, release, SHORT)
    with pytest.raises(EngineClosed):
        first.rows(SHORT)
    assert not first.worker_pids()


def test_an_engine_that_nobody_asks_for_a_while_goes_and_begins_anew_for_the_next(releases: list[Release]) -> None:
    past = past_with(60.0, unused_s=0.4)
    try:
        for _ in range(2):
            with past.of(releases[0]) as engine:
                assert engine.rows(SHORT)
                time.sleep(1)
                assert engine.rows(SHORT), "who has an engine keeps it"
            end = time.monotonic() + 60
            while engine.worker_pids() and time.monotonic() < end:
                time.sleep(0.05)
            assert not engine.worker_pids()
    finally:
        past.close()


def test_nobody_is_answered_or_waits_after_the_end(patient: PastEngines, releases: list[Release]) -> None:
    with ThreadPoolExecutor(1) as other, patient.of(releases[0]), patient.of(releases[1]):
        waiting = other.submit(counted, patient, releases[2], SHORT)
        patient.close()
        with pytest.raises(EngineClosed):
            waiting.result(timeout=60)


@pytest.fixture
def thinned(tmp_path: Path) -> tuple[Home, list[str]]:
    """Releases kept as changes only, one more than are rebuilt at a time."""
    home = Home(tmp_path / "home")
    for number in range(MOST_REBUILT + 2):
        (tmp_path / "said.ttl").write_text(f"<urn:a> <urn:p> {number} .", "utf-8")
        publish_files([tmp_path / "said.ttl"], home)
    thin(home, 1)
    return home, sorted(path.name for path in home.releases.iterdir())[:-1]


def rebuilt(home: Home) -> set[str]:
    return {path.name for path in (home.path / REBUILT).iterdir()}


def test_a_rebuilt_release_that_is_used_stays_and_the_one_used_longest_ago_goes(thinned) -> None:
    home, (first, *others, last) = thinned
    for name in (first, *others, first, last):
        with release_again(home, name) as (release, was_rebuilt):
            assert was_rebuilt and (release.store_path / "CURRENT").is_file()
        # Two of them within one tick of the clock would be equally old.
        time.sleep(0.02)
    assert rebuilt(home) == {first, last}


def test_a_rebuilt_release_does_not_go_while_somebody_has_it(thinned) -> None:
    home, (first, second, third) = thinned
    with release_again(home, first) as (release, _), release_again(home, second), release_again(home, third):
        assert (release.store_path / "CURRENT").is_file() and rebuilt(home) == {first, second, third}
    with release_again(home, second):
        assert rebuilt(home) == {first, second, third}, "nothing was rebuilt, so that nothing goes"


def test_what_a_process_left_that_died_while_it_removed_a_release_is_in_nobodys_way(thinned) -> None:
    home, (first, *others) = thinned
    left = home.path / REBUILT / f"{REMOVED}{first}" / "store"
    left.mkdir(parents=True)
    for _ in range(2):
        for name in (first, *others):
            with release_again(home, name) as (release, _was_rebuilt):
                assert (release.store_path / "CURRENT").is_file()
    half = home.releases / first / f"{REMOVED}store"
    half.mkdir()
    thin(home, 1)
    assert not half.exists() and not left.exists()
