"""The page of a selection: links that lead on, problems named with status 400, never an empty page."""

from __future__ import annotations

import pytest
from flask import Flask
from pages.parsed import Parsed


def read(choices: Flask, path: str, status: int = 200) -> Parsed:
    response = choices.test_client().get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, path
    return Parsed(response.get_data(as_text=True))


def test_each_option_that_leaves_something_is_a_link_and_others_are_none(choices: Flask) -> None:
    page = read(choices, "/de/initiatives?place=kreis/99002")
    links = {link.text: link.attributes["href"] for link in page.all("a", class_="option")}
    assert links["Sprachliche Barriere"] == "/de/initiatives?lowersBarrier=language&place=kreis%2F99002"
    assert "Finanzielle Barriere" not in links


def test_every_part_of_a_choice_can_be_given_up(choices: Flask) -> None:
    page = read(choices, "/en/initiatives?place=kreis/99001&lowersBarrier=language&since=2019")
    given_up = [link.attributes["href"] for link in page.one("ul", class_="chosen-parts").all("a")]
    assert "/en/initiatives?lowersBarrier=language&since=2019" in given_up
    assert "/en/initiatives?place=kreis%2F99001&since=2019" in given_up
    assert "/en/initiatives?lowersBarrier=language&place=kreis%2F99001" in given_up
    assert given_up[-1] == "/en/initiatives"


def test_the_table_shows_what_is_not_said_as_not_said(choices: Flask) -> None:
    page = read(choices, "/de/initiatives?view=table&place=kreis/99001")
    row = next(row for row in page.all("tr") if "Nest Süd" in row.text)
    assert len(row.all("span", class_="unknown")) == 4 and "Kreis Musterau" in row.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("place=Doppelstadt", "hat mehrere Bedeutungen"),
        ("place=Nirgends", "hat hier „Nirgends“"),
        ("page=9999", "Eine Seite „9999“ gibt es hier nicht. Gezeigt wird Seite 1."),
        ("view=table&page=abc", "Eine Seite „abc“"),
        ("view=cloud", "Eine Ansicht „cloud“ gibt es nicht"),
        ("colour=red", "fragt nach „colour“"),
        ("since=um+2012", "ist kein Jahr"),
        ("q=" + "a" * 10_240, "länger als 200 Zeichen"),
        ("place=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
    ],
)
def test_what_cannot_be_followed_is_said_with_status_400_and_the_rest_is_shown(choices, query: str, words: str) -> None:
    page = read(choices, f"/de/initiatives?{query}", 400)
    assert words in page.one("div", class_="notice").text
    assert page.all("a", class_="option") or page.one("div", class_="unknown-box").all("a")


def test_the_map_shades_areas_marks_places_and_lists_them_all(published: Flask) -> None:
    page = Parsed(published.test_client().get("/de/initiatives?view=map&place=land/05").text)
    areas = page.one("g", class_="areas").all("a")
    koeln = next(area for area in areas if area.attributes["aria-label"].startswith("Köln"))
    assert koeln.attributes["href"] == "/de/initiatives?place=municipality%2F05315000&view=map"
    listed = [one.text for one in page.one("dl", class_="places-list").all("dt")]
    assert "Köln" in listed and len(listed) > 80
    assert "GeoBasis-DE / BKG 2017" in page.text and "GeoNames (CC BY 4.0)" in page.text


def test_what_lies_at_one_point_of_the_map_is_one_mark_with_one_name(published: Flask) -> None:
    page = Parsed(published.test_client().get("/de/initiatives?view=map&place=kreis/05513").text)
    marks = page.one("svg", class_="selection-map").all("circle")
    points = [(mark.attributes["cx"], mark.attributes["cy"]) for mark in marks]
    assert len(points) > 1 and len(set(points)) == len(points)
    [own] = [one for one in page.all("a", class_="is-initiative") if one.attributes["aria-label"].startswith("Gelsenk")]
    assert own.attributes["href"] == "/de/initiatives?place=municipality%2F05513000&view=map"
    assert "Buer-Ost" in [one.text for one in page.one("dl", class_="places-list").all("dt")]


def test_the_numbers_of_the_areas_are_those_of_the_selections_they_lead_to(published: Flask) -> None:
    client = published.test_client()
    page = Parsed(client.get("/de/initiatives?view=map").text)
    areas = page.one("g", class_="areas").all("a")
    assert len(areas) > 100
    for area in areas[:8]:
        there = Parsed(client.get(area.attributes["href"].replace("view=map", "view=list")).text)
        assert f"{area.attributes['aria-label'].rpartition(': ')[2].split()[0]} insgesamt" in there.text


def test_every_view_shows_the_same_things(published: Flask) -> None:
    client = published.test_client()
    things = {}
    for view in ("list", "table", "map", "network", "text"):
        page = Parsed(client.get(f"/de/initiatives?place=kreis/05315&view={view}").text).one(
            "section", class_="results"
        )
        links = {
            link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("/de/initiative/")
        }
        things[view] = links
    assert all(of_view == things["list"] for of_view in things.values()) and len(things["list"]) >= 9


def test_the_map_has_an_address_of_its_own(choices: Flask) -> None:
    response = choices.test_client().get("/en/map?place=land/99")
    assert response.status_code == 302 and response.headers["Location"] == "/en/initiatives?place=land%2F99&view=map"


def test_an_empty_selection_offers_the_way_back(choices: Flask) -> None:
    page = read(choices, "/de/initiatives?place=kreis/99002&lowersBarrier=financial")
    box = page.one("div", class_="unknown-box")
    assert "Das heißt nicht, dass es keine gibt" in box.text and len(box.all("a")) == 2


def test_the_network_ties_initiatives_to_those_who_take_part_and_lists_the_same(published: Flask) -> None:
    page = Parsed(published.test_client().get("/en/initiatives?place=kreis/05315&view=network").text)
    drawn = {link.attributes["href"] for link in page.one("svg", class_="network").all("a")}
    listed = {link.attributes["href"] for link in page.one("dl", class_="places-list").all("a")}
    assert drawn == listed
    assert any("/initiative/" in link for link in drawn) and any("/organisation/" in link for link in drawn)


def test_a_network_too_large_to_be_read_says_so_and_is_listed(published: Flask) -> None:
    page = Parsed(published.test_client().get("/en/initiatives?view=network").text)
    assert not page.all("svg", class_="network")
    assert "up to 150 can be read as a picture" in page.one("p", class_="notice").text
    assert len(page.one("dl", class_="places-list").all("dt")) > 200
