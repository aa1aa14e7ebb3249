"""The page about the endpoint: its limits as they are set, and what departs from SPARQL 1.1."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from pages.parsed import Parsed
from sorgenetz.engine.departures import GraphLost, LabelledBlankNode, SearchPatternRefused
from sorgenetz.engine.query_text import read_query
from sorgenetz.errors import (
    AddressTooLong,
    DatasetTooLarge,
    ProtocolBroken,
    QueryOutOfMemory,
    QueryTimedOut,
    RequestTooLarge,
    ResultTooLarge,
    ServiceRefused,
    TooManyQueries,
    TooManyRows,
    UpdateRefused,
)
from sorgenetz.web.fairness import TooManyOfOneClient
from sorgenetz.web.services import Services

WORDS = {"de": ("1.234", "werden abgewiesen"), "en": ("1,234", "are refused")}


@pytest.fixture
def pages(world: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Parsed]:
    at: Services = world.extensions["sorgenetz"]
    others = replace(
        at.settings, query_seconds=1.5, query_memory_mb=222, result_rows=1234, result_mb=33, query_kb=44,
        merged_graph_quads=5555, query_workers=6, query_client_share=0.5, query_queue_seconds=7,
    )  # fmt: skip
    monkeypatch.setitem(world.extensions, "sorgenetz", replace(at, settings=others))
    return {language: Parsed(world.test_client().get(f"/{language}/endpoint").text) for language in WORDS}


@pytest.mark.parametrize("language", WORDS)
def test_the_limits_are_those_that_are_set_with_the_status_above_them(pages: dict[str, Parsed], language: str) -> None:
    rows = [[cell.text for cell in row.all("td")] for row in pages[language].all("table")[0].one("tbody").all("tr")]
    values = ["1", "222", WORDS[language][0], "33", "44", "5", "6", "3", "16"]
    assert [limit.startswith(value) for (_, limit, _), value in zip(rows, values, strict=True)] == [True] * len(values)
    errors = [
        (QueryTimedOut,), (QueryOutOfMemory,), (TooManyRows,), (ResultTooLarge,), (RequestTooLarge, AddressTooLong),
        (DatasetTooLarge,), (TooManyQueries,), (TooManyOfOneClient,), (ProtocolBroken("fields-too-large"),),
    ]  # fmt: skip
    for (_, _, above), classes in zip(rows, errors, strict=True):
        assert above.startswith(", ".join(str(error.status) for error in classes))


@pytest.mark.parametrize("language", WORDS)
def test_what_is_refused_stands_among_the_departures(pages: dict[str, Parsed], language: str) -> None:
    said = pages[language].all("table")[1].text
    for example, error in (
        ("SERVICE", ServiceRefused), ("INSERT", UpdateRefused), ("GRAPH ?g", GraphLost),
        ('BNODE("…")', LabelledBlankNode), (r"\1", SearchPatternRefused), ("[a-z-[m]]", SearchPatternRefused),
    ):  # fmt: skip
        assert example in said, error
    assert WORDS[language][1] in said


def test_both_languages_tell_the_same_and_their_queries_are_refused_as_they_say(pages: dict[str, Parsed]) -> None:
    codes = [[code.text for code in pages[language].all("code")] for language in WORDS]
    assert codes[0] == codes[1]
    for pattern in codes[0]:
        if pattern in ("\\1", "[a-z-[m]]"):
            escaped = pattern.replace("\\", "\\\\")
            assert read_query(f'ASK {{ FILTER(REGEX(?x, "{escaped}")) }}').refused is SearchPatternRefused


@pytest.mark.parametrize("language", WORDS)
def test_the_query_page_leads_there(world: Flask, language: str) -> None:
    page = Parsed(world.test_client().get(f"/{language}/sparql").text)
    assert page.all("a", href=f"/{language}/endpoint")
