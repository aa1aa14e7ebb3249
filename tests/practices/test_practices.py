"""From a barrier to practices on the published data: the written wishes, the sentences, the weights, and bad input."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from flask import Flask
from pages.parsed import Parsed
from readers import reader_of

from sorgenetz.insight.practices.evidence import size_of
from sorgenetz.insight.practices.finder import WEIGHTS, Suggestion, Wish, find_practices
from sorgenetz.insight.reader import Reader
from sorgenetz.names import ID

WISHES = tomllib.loads((Path(__file__).parents[1] / "cases/practices/wishes.toml").read_text("utf-8"))["wish"]


@pytest.fixture
def german(published: Flask) -> Reader:
    return reader_of(published)


def wish(barriers=(), groups=(), sizes=(), **weights: float) -> Wish:
    concepts = (
        tuple(f"{ID}{kind}/{slug}" for slug in of) for kind, of in (("barrier", barriers), ("target-group", groups))
    )
    return Wish(*concepts, tuple(sizes), {**WEIGHTS, **weights})


def slugs(found: list[Suggestion]) -> list[str]:
    return [one.thing.iri.rpartition("/")[2] for one in found]


@pytest.mark.parametrize("case", WISHES, ids=lambda case: case["name"])
def test_a_written_wish_finds_what_its_sources_say(german: Reader, case: dict) -> None:
    found = find_practices(german, wish(case.get("barriers", ()), case.get("groups", ()), case.get("sizes", ())))
    assert set(case["first"]) <= set(slugs(found)[: case["among"]])
    assert not set(case.get("never", ())) & set(slugs(found))
    best = found[slugs(found).index(case["first"][0])]
    if case.get("means"):
        assert case["means"] in {means.text.value for reason in best.reasons for means in reason.means}
    for slug in case.get("near", ()):
        assert not found[slugs(found).index(slug)].exact


def test_there_are_twenty_written_wishes() -> None:
    assert len({case["name"] for case in WISHES}) >= 20


def test_every_reason_that_rests_on_a_statement_names_its_source(german: Reader) -> None:
    found = find_practices(german, wish(["language", "mobility"], ["older-people"], ["city"]))
    reasons = [reason for one in found for reason in one.reasons if reason.kind in ("barrier", "group", "place")]
    assert len(reasons) > 50 and all(reason.sources for reason in reasons)


def test_the_points_are_the_sum_of_the_reasons_and_order_the_list(german: Reader) -> None:
    found = find_practices(german, wish(["language"], ["refugees"]))
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert all(one.points == round(sum(reason.points for reason in one.reasons), 2) for one in found)


def test_a_weight_changes_the_order(german: Reader) -> None:
    usual = slugs(find_practices(german, wish(["mobility"], ["people-with-dementia"])))
    other = slugs(find_practices(german, wish(["mobility"], ["people-with-dementia"], barrier=0.0, group=10.0)))
    assert usual != other and set(usual) == set(other)


def test_a_broader_group_is_marked_as_near_and_counts_half(german: Reader) -> None:
    found = find_practices(german, wish([], ["older-women"]))
    near = [reason for one in found for reason in one.reasons if reason.near]
    assert near and all(reason.points <= WEIGHTS["group"] / 2 for reason in near)


def test_a_narrower_group_is_what_was_asked_for(german: Reader) -> None:
    found = find_practices(german, wish([], ["people-with-migration-background"]))
    refugees = [reason for one in found for reason in one.reasons if reason.evidence
                and reason.best.value == f"{ID}target-group/refugees"]  # fmt: skip
    assert refugees and not any(reason.near for reason in refugees)


def test_no_wish_finds_nothing(german: Reader) -> None:
    assert find_practices(german, wish()) == [] == find_practices(german, wish(sizes=["city"]))


@pytest.mark.parametrize(
    ("people", "size"), [(4_999, "village"), (5_000, "small-town"), (20_000, "town"), (100_000, "city")]
)
def test_sizes_of_places_follow_the_types_of_towns(people: int, size: str) -> None:
    assert size_of(people) == size


def test_the_page_says_each_reason_as_a_sentence_with_its_source(published: Flask) -> None:
    html = published.test_client().get("/de/practices?barrier=language&size=city").text
    first = " ".join(Parsed(html).one("ol", class_="suggestions").all("li")[0].text.split())
    assert "senkt die Hürde Sprachliche Barriere durch „" in first and "– laut" in first and "Großstadt" in first


def test_the_page_says_where_each_practice_is_and_on_paper_what_was_chosen(published: Flask) -> None:
    page = Parsed(published.test_client().get("/de/practices?barrier=language&size=city").text)
    first = page.one("ol", class_="suggestions").all("li")[0]
    assert "Gesundheitskiosk · Köln" in " ".join(first.one("p", class_="row-facts").text.split())
    chosen = [" ".join(one.text.split()) for one in page.all("p", class_="on-paper")]
    assert "Gewählt: Sprachliche Barriere; Großstadt (ab 100.000)" in chosen


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("kreis/05513/at-a-glance", "barrier=language&size=city"),
        ("municipality/05513000/at-a-glance", "barrier=language&size=city"),
        ("kreis/05562/at-a-glance", "barrier=language"),
        ("gaps/cell?columns=lowersBarrier&place=kreis/05513&term=barrier/language", "barrier=language&size=city"),
    ],
)
def test_what_helps_elsewhere_is_looked_for_in_places_of_the_same_kind(published: Flask, path: str, query: str) -> None:
    page = Parsed(published.test_client().get(f"/de/{path}").text)
    assert page.all("a", href=f"/de/practices?{query}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("barrier=langage", "kennen „langage“ nicht"),
        ("barrier=" + "x" * 10_000, "Der Teil wurde weggelassen"),
        ("group=%3Cscript%3E", "kennen „<script>“ nicht"),
        ("barrier=language&w-group=viel", "ist kein Gewicht"),
        ("barrier=language&w-group=-1", "ist kein Gewicht"),
        ("barrier=language&w-group=nan", "ist kein Gewicht"),
    ],
)
def test_what_cannot_be_followed_is_said_with_status_400(published: Flask, query: str, words: str) -> None:
    response = published.test_client().get(f"/de/practices?{query}")
    assert response.status_code == 400
    assert words in " ".join(Parsed(response.text).one("div", class_="notice").text.split())


def test_what_may_be_meant_is_one_link_away(published: Flask) -> None:
    page = Parsed(published.test_client().get("/en/practices?barrier=langage&size=city").text)
    link = page.one("div", class_="notice").one("a").attributes["href"]
    assert link == "/en/practices?size=city&barrier=language"


def test_the_page_says_how_many_of_the_practices_are_no_initiatives(published: Flask, german: Reader) -> None:
    found = find_practices(german, wish(["mobility"]))
    others = [one for one in found if "/id/initiative/" not in one.thing.iri]
    assert len(others) > 1
    page = Parsed(published.test_client().get("/de/practices?barrier=mobility").text)
    words = " ".join(page.one("main").text.split())
    assert f"{len(others)} davon sind keine Initiativen, sondern Programme, Netzwerke oder Organisationen." in words
    assert "in den Listen der Initiativen stehen nur Initiativen" in words


def test_many_wishes_that_cannot_be_followed_make_no_long_answer(published: Flask) -> None:
    many = "&".join(f"group=nobody-{number}&size={number}&barrier=langage{number}" for number in range(1000))
    response = published.test_client().get(f"/de/practices?{many}")
    assert response.status_code == 400 and len(response.data) < 1_000_000
