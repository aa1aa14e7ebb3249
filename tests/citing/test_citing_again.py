"""Who comes back to a cited answer is told when it is the one they have."""

from __future__ import annotations

import shutil

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse as Response

from citing.test_citing import back_to, cite
from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import REBUILT


def again(client: FlaskClient, address: str, **fields: str) -> Response:
    return client.get(address, headers={"Accept": "application/json"} | fields)


def test_who_has_the_answer_already_is_told_so_until_another_release_is_served(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    first = again(client, address)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"') and first.headers["Cache-Control"] == "public, no-cache"
    same = again(client, address, **{"If-None-Match": tag})
    assert same.status_code == 304 and not same.data and same.headers["ETag"] == tag
    assert same.headers["Vary"].startswith("Accept, Accept-Language")
    for other in ({"Accept": "text/html"}, {"Accept-Language": "en"}):
        assert again(client, address, **{"If-None-Match": tag}, **other).status_code == 200
    back_to(home, 3)
    assert again(client, address, **{"If-None-Match": tag}).get_json()["current"]["release"] == home.current().name
    assert again(client, address, **{"If-None-Match": "*"}).status_code == 304


def test_one_who_has_an_answer_asks_no_worker_again(app: Flask, client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    tag = again(client, address).headers["ETag"]
    app.extensions["sorgenetz"].engine.close()
    assert again(client, address, **{"If-None-Match": tag}).status_code == 304
    assert again(client, address).status_code == 503 and "ETag" not in again(client, address).headers


def test_what_is_new_each_time_has_no_tag(client: FlaskClient) -> None:
    response = again(client, cite(client, "SELECT (RAND() AS ?r) {}"))
    assert response.status_code == 200 and "ETag" not in response.headers
    assert "public" not in response.headers["Cache-Control"]


def test_a_release_that_is_gone_is_gone_also_for_those_who_have_its_answer(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    tag = again(client, address).headers["ETag"]
    shutil.rmtree(home.all()[1].folder / "store")
    (home.all()[0].folder / "added.nq.gz").unlink()
    assert again(client, address, **{"If-None-Match": tag}).status_code == 410


def test_a_citation_as_a_file_needs_no_store_and_has_none_rebuilt(client: FlaskClient, home: Home) -> None:
    back_to(home, 2)
    address = cite(client)
    back_to(home, 3)
    before = client.get(f"{address}.bib").data
    shutil.rmtree(home.all()[1].folder / "store")
    assert client.get(f"{address}.bib").data == before and not (home.path / REBUILT).exists()
    assert again(client, address).status_code == 200 and (home.path / REBUILT).exists()


def test_answers_that_are_the_same_have_other_keys_when_another_query_gave_them(client: FlaskClient) -> None:
    keys = {client.get(f"{cite(client, query)}.csl").get_json(force=True)[0]["id"] for query in ("ASK {}", "ASK{}")}
    assert len(keys) == 2
    address = cite(client, "ASK {}")
    (key,) = (key for key in keys if f"@misc{{{key}," in client.get(f"{address}.bib").text)
    assert f"filename={key}.ris" in client.get(f"{address}.ris").headers["Content-Disposition"]


def test_a_citation_as_a_file_has_a_tag_of_its_own(client: FlaskClient) -> None:
    address = f"{cite(client)}.txt"
    tag = client.get(address).headers["ETag"]
    assert tag.startswith('"') and client.get(address, headers={"If-None-Match": tag}).status_code == 304
    english = client.get(address, headers={"If-None-Match": tag, "Accept-Language": "en"})
    assert english.status_code == 200 and english.headers["ETag"] != tag


@pytest.mark.parametrize("address", ["/cite", "/cite?language=de"])
def test_citing_nothing_is_told_as_a_missing_query(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400 and response.json["type"].endswith("/query-missing")
