"""The application over the real release, and a reader of it with time enough on a loaded machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sorgenetz.bundle import find_bundle
from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.explain.explain import Explanation, explain_empty, explain_error
from sorgenetz.insight.explain.probes import Budget
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.shelf import Shelf
from sorgenetz.library.registry import Library
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

PATIENT = Budget(seconds=120.0, seconds_each=60.0)
HEADER = re.compile(r"#\+ (\w+): (.*)\n")


@pytest.fixture(scope="session")
def served(published_settings: Settings) -> Iterator[Flask]:
    """The application over the real release; queries end after three seconds."""
    application = create_app(replace(published_settings, query_seconds=3.0))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def visitor(served: Flask) -> FlaskClient:
    return served.test_client()


@pytest.fixture(scope="session")
def person(served: Flask) -> Reader:
    """Someone who reads German."""
    return Reader(served.extensions["sorgenetz"].engine, Library(find_bundle().queries), Shelf(), "de")


@pytest.fixture(scope="session")
def explained(person: Reader) -> Callable[[str], Explanation | None]:
    """Return why a query, which is run first, fails or gives nothing."""

    @cache
    def _explained(query: str) -> Explanation | None:
        makes_a_graph = re.search(r"^\s*(CONSTRUCT|DESCRIBE)\b", query, re.MULTILINE)
        try:
            person.engine.answer(query, "nt" if makes_a_graph else "json")
        except SorgenetzError as error:
            return explain_error(person, query, error)
        return explain_empty(person, query, None, PATIENT)

    return _explained


def read_case(path: Path) -> tuple[dict[str, str], str]:
    """Return what a planted case has to come to, and its query."""
    text = path.read_text("utf-8")
    return dict(HEADER.findall(text)), HEADER.sub("", text)


def what_is_wrong(wanted: dict[str, str], query: str, found: Explanation | None) -> str:
    """Return how an explanation differs from what a case wants; empty when it is right."""
    if found is None:
        return "no explanation"
    if found.reason != wanted["reason"]:
        return f"{found.reason} at {found.culprit!r} instead of {wanted['reason']}"
    if found.culprit != wanted["culprit"]:
        return f"names {found.culprit!r} instead of {wanted['culprit']!r}"
    mend = wanted.get("mend")
    if mend is None:
        return ""
    if not found.suggestions:
        return f"offers nothing instead of {mend}"
    first = found.suggestions[0]
    if mend not in first.query or (mend in query and mend not in first.new):
        return f"offers {first.new!r} instead of {mend!r}"
    return ""
