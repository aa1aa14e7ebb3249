"""Which format and which language a reader gets (RFC 9110, 12.5)."""

from __future__ import annotations

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, PAGE_FORMATS, ROW_FORMATS, choose_format, format_named
from sorgenetz.web.negotiation import entity_tag, has_it_already, prefers_page, reader_language


def request(path: str = "/", **headers: str) -> Request:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(EnvironBuilder(path=path, headers=fields).get_environ())


@pytest.mark.parametrize(
    ("accept", "key"),
    [
        (None, "html"), ("", "html"), ("*/*", "html"), ("text/turtle", "ttl"), ("TEXT/TURTLE", "ttl"),
        ("application/x-turtle", "ttl"), ("text/turtle; charset=utf-8", "ttl"), ("text/*", "html"),
        ("application/*", "jsonld"), ("text/html;q=0.9, text/turtle", "ttl"), ("*/*, text/html;q=0", "ttl"),
        ("text/turtle;q=0.5, */*;q=0.1", "ttl"), ("text/turtle;q=0, */*;q=0.1", "html"), ("text/turtle;q=0", None),
        ("image/png", None), ("text/turtle;q=high", None), ("text/turtle;q=2", None), ("text/turtle;q=0.0001", "ttl"),
        ("application/rdf+xml, text/turtle", "ttl"), ("text/html, application/xhtml+xml, */*;q=0.8", "html"),
        ("text/plain", "nt"), ("nonsense", None), ("*", "html"),
        # Wider or older names of the same.
        ("application/json", "jsonld"), ("application/xml", "rdf"), ("text/n3", "ttl"),
        ("text/html, application/xml;q=0.9", "html"), ("application/json, text/turtle", "ttl"),
    ],
)  # fmt: skip
def test_the_format_the_client_likes_best_is_chosen(accept: str | None, key: str | None) -> None:
    chosen = choose_format(accept, PAGE_FORMATS)
    assert (chosen.key if chosen else None) == key


@given(st.text(max_size=200))
def test_any_accept_gives_an_offered_format_or_none(accept: str) -> None:
    assert choose_format(accept, ROW_FORMATS) in (*ROW_FORMATS, None)


@given(st.permutations(PAGE_FORMATS))
def test_the_order_of_equal_ranges_does_not_matter(formats: list) -> None:
    accept = ", ".join(fmt.media_type for fmt in formats)
    assert choose_format(accept, PAGE_FORMATS) is PAGE_FORMATS[0]


def test_every_format_is_found_by_its_key_and_its_type() -> None:
    for offered in (ROW_FORMATS, PAGE_FORMATS):
        for fmt in offered:
            assert format_named(fmt.key, offered) is format_named(fmt.media_type.upper(), offered) is fmt
            assert BY_KEY[fmt.key] is fmt
    assert format_named("csv", GRAPH_FORMATS) is None


@pytest.mark.parametrize(
    ("accept", "page"),
    [("text/html", True), ("text/html, */*;q=0.8", True), ("*/*", False), (None, False), ("text/csv, text/html", False),
     ("text/html;q=0.9, text/csv", False), ("image/png", False)],
)  # fmt: skip
def test_only_who_likes_pages_best_gets_a_page(accept: str | None, page: bool) -> None:
    assert prefers_page(accept, ROW_FORMATS) is page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("de", "de"), ("en", "en"), ("en-GB,en;q=0.9,de;q=0.8", "en"), ("de-AT,en;q=0.9", "de"), ("fr,en;q=0.5", "en"),
     ("fr", "de"), ("", "de"), ("*", "de"), ("en;q=0", "de"), ("nonsense;;;", "de")],
)  # fmt: skip
def test_a_reader_gets_their_language_and_german_if_in_doubt(accepted: str, language: str) -> None:
    assert reader_language(request(Accept_Language=accepted)) == language


def test_a_reader_without_any_wish_gets_german() -> None:
    assert reader_language(request()) == "de"


def test_the_address_outweighs_the_wish() -> None:
    assert reader_language(request("/en/initiatives", Accept_Language="de")) == "en"
    assert reader_language(request("/de/initiatives", Accept_Language="en")) == "de"


def test_a_tag_changes_with_each_part_and_not_by_itself() -> None:
    tags = {entity_tag(*parts) for parts in (("1", "a", "b"), ("2", "a", "b"), ("1", "ab"), ("1", "a", "b", ""))}
    assert len(tags) == 4
    assert entity_tag("1", "a") == entity_tag("1", "a")


@pytest.mark.parametrize(("held", "answer"), [('"x"', True), ('W/"x"', True), ('"y", "x"', True), ('"y"', False)])
def test_a_held_tag_is_recognised(held: str, answer: bool) -> None:
    assert has_it_already(request(If_None_Match=held), "x") is answer


@pytest.mark.parametrize(
    ("accept", "key"),
    [
        ("application/sparql-results+json;q=0, application/json", None),
        ("application/xml, application/sparql-results+xml;q=0", None),
        ("application/sparql-results+json;q=0, application/json, text/csv;q=0.1", "csv"),
        ("application/sparql-results+json;q=0.1, application/json", "json"),
    ],
)
def test_what_is_refused_by_its_name_is_not_sent_for_another_name(accept: str, key: str | None) -> None:
    chosen = choose_format(accept, ROW_FORMATS)
    assert (chosen and chosen.key) == key
