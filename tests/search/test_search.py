"""The search knows German: the gold list on the published data, and each of its arts on the invented world."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask import Flask
from pages.parsed import Parsed
from readers import reader_of

from sorgenetz.german.compounds import Compounds
from sorgenetz.german.words import folded, query_words, stem, words_in
from sorgenetz.insight.searching.hits import find
from sorgenetz.insight.searching.index import Index, index_of
from sorgenetz.names import ID
from sorgenetz.releases.chain import Home
from sorgenetz.releases.search_index import INDEX

GOLD = list(csv.DictReader((Path(__file__).parents[1] / "cases/search/gold.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def index(published: Flask) -> Index:
    return index_of(reader_of(published))


def first(index: Index, query: str, many: int = 10) -> list[str]:
    return [hit.iri.removeprefix(ID) for hit in find(index, query, many).hits]


def test_the_index_belongs_to_the_release(published_home: Path) -> None:
    assert (Home(published_home).current().folder / INDEX).is_file()


def test_the_gold_list_is_found_among_the_first_ten(index: Index) -> None:
    recall, missed = 0.0, []
    for row in GOLD:
        expected = set(row["expected"].split())
        found = expected & set(first(index, row["query"]))
        recall += len(found) / len(expected)
        missed += [(row["query"], sorted(expected - found))] if found != expected else []
    print(f"recall@10 {recall / len(GOLD):.3f}; missed: {missed}")
    assert len(GOLD) >= 100
    assert recall / len(GOLD) >= 0.95, missed


def test_all_that_the_gold_list_expects_is_known(published: Flask, index: Index) -> None:
    names = reader_of(published).names(ID + one for row in GOLD for one in row["expected"].split())
    assert all(named.known for named in names.values())


@pytest.mark.parametrize(
    ("query", "slug", "field", "text"),
    [
        ("Mehrsprachigkeit", "barrier/language", "alias", "Mehrsprachigkeit"),
        ("Sprachbarriere Köln", "initiative/diekuemmerei-koeln", "tie", "Sprachbarriere"),
        ("Beratung in 13 Sprachen", "initiative/diekuemmerei-koeln", "text", "Beratung in 13 Sprachen"),
        ("Seniorenarbeit Forum", "organisation/forum-seniorenarbeit-nrw", "name", "Forum Seniorenarbeit NRW"),
    ],
)
def test_a_hit_says_why_it_matched(index: Index, query: str, slug: str, field: str, text: str) -> None:
    hit = next(hit for hit in find(index, query, 10).hits if hit.iri == ID + slug)
    assert any(why.field == field and text in why.text for why in hit.reasons), hit.reasons


def test_a_misspelt_word_is_read_as_the_nearest_and_it_is_said(index: Index) -> None:
    found = find(index, "Gelsenkrichen", 5)
    assert found.hits[0].iri == f"{ID}municipality/05513000"
    assert found.meant == (("gelsenkrichen", ("gelsenkirchen",)),)


def test_a_word_that_is_there_is_never_read_as_another(index: Index) -> None:
    assert find(index, "Essen", 5).meant == ()


def test_where_nothing_has_all_words_those_with_most_are_shown_and_it_is_said(index: Index) -> None:
    found = find(index, "Weiherhammer Gesundheitskiosk xyzzy", 10)
    assert found.partly and found.hits


HOSTILE = ('"', "*", "AND OR NOT", "name:x", "(((", "a" * 10_240, "NEAR(a b)", "'; DROP TABLE texts", "\x00")


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_expression_of_the_index(index: Index, query: str) -> None:
    find(index, query, 10)


def test_words_are_folded_stemmed_and_taken_apart() -> None:
    assert folded("Straße Österreich Aeltere") == "strasse osterreich altere"
    assert stem("nachbarschaftliche") == stem("Nachbarschaft".lower()) == "nachbarschaft"
    assert query_words("Hilfe für die Nachbarn") == ["hilfe", "nachbarn"]
    assert query_words("für die") == ["für", "die"]
    assert words_in("Lern-Werkstatt") == ["lern", "werkstatt", "lernwerkstatt"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Nachbarschaftshilfe", ("nachbarschaft", "hilf")),
        ("Telefonbesuchsdienst", ("telefon", "besuchsdien")),
        ("Seniorenbüro", ("senior", "buro")),
        ("Nachbarschaft", ()),
        ("Hilfe", ()),
        ("x" * 4000, ()),
    ],
)
def test_compounds_come_apart_into_known_words(word: str, parts: tuple[str, ...]) -> None:
    lexicon = ["Nachbarschaft", "Hilfe", "Telefon", "Besuchsdienst", "Dienst", "Besuch", "Senioren", "Büro"]
    assert Compounds(lexicon).parts(word) == parts


def test_the_page_shows_hits_why_and_the_kinds_to_narrow_to(published: Flask) -> None:
    page = Parsed(published.test_client().get("/de/search?q=Sprachbarriere").text)
    assert "auch genannt „Sprachbarriere“" in " ".join(page.one("ol", class_="rows").all("li")[0].text.split())
    narrowed = [link.attributes["href"] for link in page.all("a", class_="is-initiative")]
    assert narrowed == ["/de/search?q=Sprachbarriere&kind=initiative"]
    assert published.test_client().get(narrowed[0]).status_code == 200


def test_ten_kilobytes_in_the_box_are_cut_and_it_is_said(published: Flask) -> None:
    response = published.test_client().get("/en/search?q=" + "a" * 10_240)
    assert response.status_code == 200 and "longer than 200 characters" in response.text


def test_suggestions_come_while_typing(published: Flask) -> None:
    found = published.test_client().get("/de/search/suggest?q=Gelsenk").get_json()
    assert {
        "label": "Gelsenkirchen", "kind": "place", "class": "Gemeinde", "address": "/de/municipality/05513000",
        "id": "municipality:05513000", "classes": ["sn:Municipality"],
    } in found  # fmt: skip
    assert published.test_client().get("/de/search/suggest?q=G").get_json() == []
