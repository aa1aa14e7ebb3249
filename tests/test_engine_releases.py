"""The engine follows the served release: each query stays on one, and none is lost when another takes over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_store
from small_store import EXAMPLE, is_alive, wait_until

from sorgenetz.engine.engine import Engine
from sorgenetz.errors import EngineClosed, NoRelease
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings

MARKED = f"<{EXAMPLE}release> <{EXAMPLE}mark> ?mark"
MARK = f"SELECT ?mark {{ {MARKED} }}"
SLOW = f"SELECT ?mark (COUNT(*) AS ?n) {{ {MARKED} . ?a ?b ?c . ?d <{EXAMPLE}says> ?f }} GROUP BY ?mark"


class Served:
    """Stands in for what says which release is served."""

    def __init__(self, folder: Path) -> None:
        self.releases = [
            SimpleNamespace(name=mark, store_path=small_store.build(folder / mark, mark))
            for mark in ("first", "second")
        ]
        self.at = 0

    def get(self) -> SimpleNamespace:
        return self.releases[self.at]


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


@pytest.fixture
def engine(served: Served) -> Iterator[Engine]:
    engine = Engine(served, Settings(query_workers=6, query_seconds=5))
    yield engine
    engine.close()


def test_the_next_query_after_a_switch_is_asked_of_the_new_release(engine: Engine, served: Served) -> None:
    for at, mark in ((0, "first"), (1, "second"), (0, "first")):
        served.at = at
        answer = engine.answer(MARK, "csv")
        assert (answer.release, answer.body) == (mark, f"mark\r\n{mark}\r\n".encode())
        assert engine.release.name == mark


def test_a_release_can_be_opened_before_anybody_asks(engine: Engine) -> None:
    assert engine.worker_pids() == []
    engine.prepare()
    assert wait_until(lambda: len(engine.worker_pids()) == 2, 60)


def test_where_there_is_no_release_nothing_is_opened_and_whoever_asks_is_told(tmp_path: Path) -> None:
    engine = Engine(CurrentRelease(tmp_path), Settings())
    engine.prepare()
    assert engine.worker_pids() == []
    with pytest.raises(NoRelease):
        engine.answer(MARK, "csv")


def test_a_running_query_ends_on_the_release_it_began_on(engine: Engine, served: Served) -> None:
    answers: list = []
    runs = threading.Thread(target=lambda: answers.append(engine.answer(SLOW, "csv")))
    engine.ask("ASK {}")
    runs.start()
    time.sleep(0.02)
    before = engine.worker_pids()
    assert runs.is_alive()
    served.at = 1
    assert engine.rows(MARK)[0]["mark"].value == "second"
    runs.join()
    assert answers[0].release == "first"
    assert b"first," in answers[0].body
    assert wait_until(lambda: not any(is_alive(pid) for pid in before), 2.0)


def test_switching_under_load_loses_no_query_and_mixes_none(engine: Engine, served: Served) -> None:
    wrong: list[object] = []
    counted = {"first": 0, "second": 0}
    enough = threading.Event()

    def ask() -> None:
        while not enough.is_set():
            try:
                answer = engine.answer(MARK, "csv")
            except Exception as error:
                wrong.append(error)
                return
            counted[answer.release] += 1
            if answer.release.encode() not in answer.body:
                wrong.append(answer)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while time.monotonic() < began + 2.0 or (min(counted.values()) <= 10 and time.monotonic() < began + 30.0):
        time.sleep(0.15)
        served.at = 1 - served.at
    enough.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert min(counted.values()) > 10


def test_workers_of_the_release_before_are_gone_after_the_switch(engine: Engine, served: Served) -> None:
    engine.ask("ASK {}")
    before = engine.worker_pids()
    served.at = 1
    engine.ask("ASK {}")
    assert wait_until(lambda: not any(is_alive(pid) for pid in before), 2.0)


def test_a_closed_engine_says_so(served: Served) -> None:
    engine = Engine(served, Settings())
    engine.ask("ASK {}")
    pids = engine.worker_pids()
    engine.close()
    assert not any(is_alive(pid) for pid in pids)
    with pytest.raises(EngineClosed):
        engine.ask("ASK {}")
    engine.close()


def test_an_engine_never_asked_starts_nothing(served: Served) -> None:
    engine = Engine(served, Settings())
    assert engine.worker_pids() == []
    engine.close()
