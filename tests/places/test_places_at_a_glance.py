"""A place at a glance, on the published data: what it says is what its queries say, and unknown is never none."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from readers import reader_of

from places.conftest import read, rows_of, section
from sorgenetz.engine.engine import Engine
from sorgenetz.insight.place_profile.profile import profile
from sorgenetz.insight.sources import Citations
from sorgenetz.names import ID

GELSENKIRCHEN, KOELN, SILENT = "municipality/05513000", "municipality/05315000", "municipality/01051001"
KREIS, LAND, ABROAD = "kreis/05954", "land/05", "place/bern"
PLACES = (GELSENKIRCHEN, KOELN, SILENT, KREIS, LAND)


def glance(app: Flask, place: str, query: str = "", status: int = 200):
    return read(app, f"/de/{place}/at-a-glance{query}", status)


def number(heading) -> int:
    """Return the number beside a heading; where nothing is known there is none."""
    counts = heading.all("span", class_="count")
    return int(counts[0].text.replace(".", "")) if counts else 0


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("part", "level", "nth", "column"),
    [("here", "h2", 0, "initiative"), ("near", "h2", 0, "initiative"), ("actors", "h2", 0, "actor"),
     ("actors", "h3", 0, "actor"), ("funding", "h3", 0, "giver")],
    ids=["here", "near", "actors", "seats", "funding"],
)  # fmt: skip
def test_each_figure_is_what_the_query_behind_it_finds(
    published: Flask, place: str, part: str, level: str, nth: int, column: str
) -> None:
    page = glance(published, place)
    sections = page.all("section", id=part)
    headings = [one for found in sections for one in found.all(level) if one.all("a", class_="query-link")]
    if not headings:
        assert (place, part) in {(LAND, "near"), (SILENT, "actors")}
        return
    (link,) = headings[nth].all("a", class_="query-link")
    assert number(headings[nth]) == len({row[column].value for row in rows_of(published, link)})


@pytest.mark.parametrize("place", PLACES)
def test_every_barrier_is_in_one_of_three_groups_and_opens_its_list(published: Flask, place: str) -> None:
    barriers = section(glance(published, place), "barriers")
    cells = [link.attributes["href"] for link in barriers.all("a") if "/gaps/cell?" in link.attributes["href"]]
    assert len(cells) == len(set(cells)) == 13
    unknown = [link.attributes["href"] for link in barriers.one("div", class_="unknown-box").all("a")]
    first = next(link for link in unknown if "/gaps/cell?" in link)
    assert "Dazu sagt niemand etwas" in read(published, first).text


def test_the_planner_of_gelsenkirchen_reads_who_is_here_and_what_is_not_known(published: Flask) -> None:
    page = glance(published, GELSENKIRCHEN)
    assert "QuartiersNETZ Gelsenkirchen" in section(page, "here").text
    assert "Nichts bekannt" in section(page, "barriers").text and "Was hilft anderswo?" in page.text
    assert "Luftlinie zwischen den Punkten" in section(page, "near").text
    assert "Dass es auch hier fördern würde, ist damit nicht gesagt" in section(page, "funding").text
    alike = section(page, "alike")
    assert "Menschen leben dort" in alike.text and "bekannt:" in alike.text
    assert page.all("figure", class_="place-outline")


@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_a_source_leads_to_a_source_below(published: Flask, place: str) -> None:
    page = glance(published, place)
    marks = {link.attributes["href"] for link in page.all("a", class_="mark")}
    assert marks == {"#" + one.attributes["id"] for one in section(page, "sources").all("li")} and marks


def test_a_village_of_which_nothing_is_known_says_so_and_asks_for_more(published: Flask) -> None:
    page = glance(published, SILENT)
    box = page.all("div", class_="unknown-box")[0].text
    assert "Wir kennen hier keine Initiative" in box and "Das heißt nicht, dass es nichts gibt" in box
    assert "So tragen Sie bei" in box and "keine Initiative bekannt" in section(page, "here").text
    assert section(page, "alike").all("li") and section(page, "near").all("h2")


@pytest.mark.parametrize(("place", "parts"), [("kreis/05554", 17), (LAND, 54)])
def test_the_parts_of_a_place_say_where_something_is_known_and_where_nothing_is(
    published: Flask, place: str, parts: int
) -> None:
    here = section(glance(published, place), "here")
    known = here.one("ul", class_="parts").all("li")
    silent = here.all("details")[-1]
    assert len(known) + len(silent.one("p").all("a")) == parts
    counts = [number(one) for one in known]
    assert counts == sorted(counts, reverse=True) and counts[-1] > 0
    assert "ist keine Initiative bekannt" in silent.text and "0" not in silent.one("p").text


def test_a_land_has_the_sum_of_its_kreise_and_no_surroundings(published: Flask) -> None:
    page = glance(published, LAND)
    assert "Summe der Kreise" in page.fact("Menschen").text and not page.all("section", id="near")


def test_a_place_abroad_without_figures_says_what_is_not_known(published: Flask) -> None:
    page = glance(published, ABROAD)
    assert page.fact("Menschen").all("span", class_="unknown")
    assert "lässt sich keine Entfernung messen" in section(page, "near").text
    assert "nicht vergleichbar" in section(page, "alike").text and not page.all("figure", class_="place-outline")


def test_more_kilometres_bring_more_and_the_nearest_come_first(published: Flask) -> None:
    counts = [number(section(glance(published, KOELN, f"?km={km}"), "near").one("h2")) for km in (10, 25, 50)]
    assert counts == sorted(counts) and counts[0] < counts[2]
    lines = section(glance(published, KOELN, "?km=50"), "near").all("span", class_="count")[1:]
    distances = [float(found[1].replace(",", ".")) for one in lines if (found := re.match(r"([\d,]+) km", one.text))]
    assert distances == sorted(distances) and len(distances) > 3


@pytest.mark.parametrize(
    "query", ["?km=0", "?km=101", "?km=weit", "?km=-5", "?km=1e9", "?km=000000001" + "9" * 5_000, "?colour=red"]
)
def test_what_of_the_address_cannot_be_followed_is_said_and_the_usual_is_shown(published: Flask, query: str) -> None:
    page = glance(published, KOELN, query, 400)
    assert page.all("div", class_="notice") and "Im Umkreis von 25 km" in page.text


@pytest.mark.parametrize("place", ["municipality/99999999", "initiative/alia", "kreis/%3Cscript%3E", "x/y"])
def test_an_unknown_place_is_404_and_offers_the_search(published: Flask, place: str) -> None:
    for page in ("at-a-glance", "alike"):
        found = read(published, f"/de/{place}/{page}", 404)
        assert "Diesen Ort gibt es hier nicht" in found.text and found.all("form", role="search")


@pytest.mark.parametrize("place", ["country/DE", LAND, "land/09", "kreis/07232", KOELN, "municipality/11000000"])
def test_the_heaviest_glances_are_as_light_as_other_pages(published: Flask, place: str) -> None:
    body = published.test_client().get(f"/de/{place}/at-a-glance").data
    assert len(gzip.compress(body, 9)) < 30 * 1024


class Counting:
    """The real engine, with a count of the questions it was asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.asked = engine, 0

    @property
    def release(self) -> object:
        return self.engine.release

    def rows(self, query: str) -> list:
        self.asked += 1
        return self.engine.rows(query)


def test_a_land_asks_no_more_questions_than_a_village(published: Flask) -> None:
    asked = []
    for place in (GELSENKIRCHEN, LAND, KOELN):
        counting = Counting(published.extensions["sorgenetz"].engine)
        profile(reader_of(published, engine=counting), ID + place, 25, Citations())
        asked.append(counting.asked)
    assert asked[1] <= asked[2] <= 10


@pytest.mark.parametrize("place", [GELSENKIRCHEN, KREIS])
@pytest.mark.parametrize("page", ["", "/at-a-glance"])
def test_the_pages_of_a_place_lead_to_each_other(published: Flask, place: str, page: str) -> None:
    links = {link.attributes["href"].split("#")[0] for link in read(published, f"/de/{place}{page}").all("a")}
    assert f"/de/{place}" + ("" if page else "/at-a-glance") in links


def test_search_map_and_home_lead_to_the_glance(published: Flask) -> None:
    for path in ("search?q=Gelsenkirchen", "initiatives?place=kreis/05513&view=map", ""):
        assert "/at-a-glance" in published.test_client().get(f"/de/{path}").text, path


def test_the_page_of_a_city_that_is_its_own_kreis_names_its_quarters_once(published: Flask) -> None:
    page = read(published, "/de/municipality/05513000")
    headings = [heading.text for heading in page.one("main").all("b")]
    assert headings.count("Schalke") == 1 and "Auch im Kreis" not in page.one("main").text


def test_people_of_a_town_and_of_the_kreis_that_it_is_say_who_counted_them_and_when(published: Flask) -> None:
    town, kreis = (
        ("municipality/05513000", "GeoNames, ohne Stand"),
        ("kreis/05513", "(Destatis), Stand 31. Dezember 2018"),
    )
    land = ("land/05", "(Destatis), Stand 31. Dezember 2018; Summe der Kreise")
    for place, words in (town, kreis, land):
        facts = " ".join(glance(published, place).one("dl", class_="facts").text.split())
        assert words in facts, facts
    compared = " ".join(read(published, "/de/compare?place=05513000&place=05513").text.split())
    assert town[1] in compared and kreis[1] in compared
