"""Room for everybody: one client cannot have all workers, others are answered meanwhile, and no address is kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask
from small_store import wait_until
from werkzeug.test import TestResponse

from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app
from sorgenetz.web.environ import environ_of
from sorgenetz.web.fairness import ROOMS, Shares, most_of_one

# What is asked is new each time: an answer that is held in memory is given to everybody.
NOTHING_HELD = 0
RUNAWAY = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
QUICK = "/sparql?query=ASK%7B%7D"
HOGGER, OTHER = "192.0.2.7", "192.0.2.8"


def ask(app: Flask, path: str, address: str, **headers: str) -> TestResponse:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, headers=fields, environ_base={"REMOTE_ADDR": address})


@contextmanager
def hogged(
    settings: Settings, held_mb: int = NOTHING_HELD, **headers: str
) -> Iterator[tuple[Flask, list[Future[TestResponse]]]]:
    """Give an application in which one client has its whole share at work, until the block is left."""
    app = create_app(replace(settings, query_workers=4, query_seconds=600.0, answers_cache_mb=held_mb))
    engine = app.extensions["sorgenetz"].engine
    try:
        with ThreadPoolExecutor() as threads:
            assert ask(app, QUICK, OTHER).status_code == 200
            asked = [threads.submit(ask, app, RUNAWAY, HOGGER, **headers) for _ in range(2)]
            assert wait_until(lambda: app.extensions["sorgenetz-shares"].at_work == 2, 30)
            yield app, asked
            engine.close()
            for one in asked:
                assert one.result(30).status_code == 503
        assert app.extensions["sorgenetz-shares"].at_work == len(app.extensions["sorgenetz-shares"]) == 0
    finally:
        engine.close()


def test_a_client_with_its_share_at_work_is_429_and_others_are_answered(settings: Settings) -> None:
    with hogged(settings) as (app, asked):
        refused = ask(app, QUICK, HOGGER)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
        assert refused.json["type"].endswith("/too-many-at-once") and refused.json["limit"] == 2
        assert ask(app, QUICK, OTHER).status_code == 200
        assert not any(one.done() for one in asked)
        assert ask(app, "/healthz", HOGGER).status_code == 200
        # What is cited is asked again each time.
        assert ask(app, "/q/any", HOGGER).status_code == 429


def test_one_who_waits_longer_than_the_queue_allows_is_503_and_told_when_to_come_back(settings: Settings) -> None:
    with hogged(settings) as (app, _):
        # Whoever asks for what takes long has no more places than the two who do so already.
        others = [f"192.0.2.{number}" for number in (20, 20, 21, 21)]
        with ThreadPoolExecutor() as threads:
            more = [threads.submit(ask, app, f"{RUNAWAY}%23{number}", one) for number, one in enumerate(others)]
            assert wait_until(lambda: any(one.done() for one in more), 30)
            refused = next(one.result() for one in more if one.done())
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "600")
            assert refused.json["type"].endswith("/busy")
            app.extensions["sorgenetz"].engine.close()


def test_an_answer_that_is_held_costs_no_share(settings: Settings) -> None:
    with hogged(settings, held_mb=1) as (app, _):
        assert ask(app, QUICK, HOGGER).status_code == 200
        assert ask(app, QUICK + "%20", HOGGER).status_code == 429


def test_a_forwarded_address_that_no_setting_trusts_opens_no_second_share(settings: Settings) -> None:
    with hogged(settings) as (app, _):
        assert ask(app, QUICK, HOGGER, X_Forwarded_For=OTHER, Forwarded=f"for={OTHER}").status_code == 429


def test_behind_a_trusted_proxy_the_last_address_in_its_header_counts(settings: Settings) -> None:
    trusting = replace(settings, client_header="X-Forwarded-For")
    with hogged(trusting, X_Forwarded_For="203.0.113.5") as (app, _):
        assert ask(app, QUICK, HOGGER, X_Forwarded_For="203.0.113.6").status_code == 200
        assert ask(app, QUICK, HOGGER, X_Forwarded_For="198.51.100.1, 203.0.113.5").status_code == 429


def test_no_address_is_kept_and_the_hash_differs_from_start_to_start() -> None:
    first, second = Shares(2), Shares(2)
    assert first.enter(HOGGER) == first.enter(HOGGER) != second.enter(HOGGER)
    assert HOGGER not in repr(vars(first)) and HOGGER.encode() not in b"".join(first._at_work)


def test_all_addresses_of_one_ipv6_network_are_one_client() -> None:
    shares = Shares(9)
    assert shares.enter("2001:db8::1") == shares.enter("2001:db8::ffff:1") != shares.enter("2001:db8:0:1::1")
    assert shares.enter("::ffff:192.0.2.7") == shares.enter("192.0.2.7")


@pytest.mark.parametrize(("workers", "share", "most"), [(8, 0.5, 4), (1, 0.5, 1), (8, 0.0, 1), (8, 1.0, 8)])
def test_the_share_is_a_part_of_the_workers_and_at_least_one(workers: int, share: float, most: int) -> None:
    assert most_of_one(Settings(query_workers=workers, query_client_share=share)) == most


def test_every_place_where_queries_are_answered_has_shares(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= ROOMS


def test_a_field_with_an_underscore_does_not_pass_for_the_one_that_a_proxy_sets() -> None:
    fields = [(b"x-forwarded-for", HOGGER.encode()), (b"x_forwarded_for", OTHER.encode()), (b"content_length", b"7")]
    scope = {"method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http"}
    environ = environ_of({**scope, "headers": fields})
    assert environ["HTTP_X_FORWARDED_FOR"] == HOGGER and "CONTENT_LENGTH" not in environ
