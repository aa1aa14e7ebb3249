"""Places side by side and places like a place: the same rows for all, weights in the address, and bad input mended."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from places.conftest import read, rows_of

TWO = "place=05315000&place=05513000"
ALIKE = "/de/municipality/05513000/alike"


def compare(app: Flask, query: str, status: int = 200):
    return read(app, f"/de/compare?{query}", status)


def table(page) -> dict[str, list[str]]:
    """Return the cells of each row by the words at its head."""
    rows = page.one("table", class_="compared").one("tbody").all("tr")
    return {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in rows if row.all("th")}


@pytest.mark.parametrize("query", [TWO, "place=05315000&place=kreis/05954&place=land/05&place=01051001"])
def test_all_places_have_the_same_rows_and_no_cell_is_empty(published: Flask, query: str) -> None:
    page = compare(published, query)
    count = query.count("place=")
    for row in page.one("table", class_="compared").one("tbody").all("tr"):
        cells = row.all("td")
        assert not cells or len(cells) == count or "nowhere" in cells[0].attributes["class"]
        assert all(cell.text for cell in cells)


def test_the_cells_are_those_of_the_file_and_unknown_has_its_own_word(published: Flask) -> None:
    page = compare(published, TWO)
    link = next(a.attributes["href"] for a in page.all("a") if "compare.csv" in a.attributes["href"])
    response = published.test_client().get(link)
    assert response.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    shown = table(page)
    assert {row["statement"] for row in rows} <= {"stated", "stated-none", "no-data"}
    for column, key in enumerate(("05315000", "05513000")):
        for row in rows:
            if not row["place"].endswith(key) or row["termName"] not in shown:
                continue
            expected = row["initiatives"] if row["statement"] == "stated" else "keine Angabe"
            assert shown[row["termName"]][column] == expected, row
    (query,) = [a for a in page.all("a", class_="query-link")]
    assert len(rows_of(published, query)) == len(rows)


def test_the_workbook_holds_as_many_rows(published: Flask) -> None:
    with published.test_client().get(f"/de/compare.xlsx?{TWO}") as response:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.get_data())).get_sheet_by_index(0).to_python()
    rows = published.test_client().get(f"/de/compare.csv?{TWO}").text.splitlines()
    assert len(sheet) == len(rows)


def test_a_comparison_says_a_place_is_not_measured_where_it_has_no_point(published: Flask) -> None:
    rows = table(compare(published, "place=land/05&place=01051001"))
    assert rows["Weitere im Umkreis von 25 km"][0] == "nicht gemessen"
    assert rows["Initiativen"][1] == "keine bekannt"


def test_a_name_with_several_meanings_is_asked_back_with_what_is_around_each(published: Flask) -> None:
    page = compare(published, "place=Neustadt&place=05513000")
    assert "Welches „Neustadt“ meinen Sie?" in page.text
    picked = [link for link in page.one("div", role="status").all("a") if "Bayern" in link.text]
    assert len({link.text for link in picked}) == len(picked) > 2
    assert read(published, picked[0].attributes["href"]).all("table", class_="compared")


def test_choosing_one_of_two_names_leaves_the_other_to_be_chosen(published: Flask) -> None:
    page = compare(published, "place=Neustadt&place=Frankfurt&place=05513000")
    link = next(a for a in page.all("a") if a.text.startswith("Frankfurt am Main Gemeinde"))
    then = read(published, link.attributes["href"])
    assert "Welches „Neustadt“ meinen Sie?" in then.text and "„Frankfurt“" not in then.text
    away = next(a for a in then.all("a") if a.text.startswith("wegnehmen"))
    assert "place=Neustadt" in away.attributes["href"] and "05513000" not in away.attributes["href"]
    hidden = [one.attributes["value"] for one in then.all("input", type="hidden") if one.attributes["name"] == "place"]
    assert set(hidden) == {"Neustadt", "municipality/05513000", "municipality/06412000"}


def test_a_name_of_a_town_may_also_mean_its_kreis(published: Flask) -> None:
    page = compare(published, "place=Borken&place=05513000")
    other = next(link for link in page.all("a") if link.text.startswith("Borken (Kreis)"))
    assert "kreis/05554" in read(published, other.attributes["href"]).html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"{TWO}&place=nirgendwo-hausen-99", "Kein Ort heißt"),
        (f"{TWO}&place=Geslenkirchen", "Vielleicht ist gemeint"),
        (f"{TWO}&place=K%C3%B6ln", "kommt zweimal vor"),
        (f"{TWO}&place=land/05&place=land/09&place=land/01", "Weggelassen: land/01"),
        (f"{TWO}&km=x", "keine Entfernung"),
        (f"{TWO}&farbe=rot", "weggelassen"),
        (f"{TWO}&place=%3Cscript%3E", "Kein Ort heißt"),
        (f"{TWO}&place=" + "x" * 5000, "Kein Ort heißt"),
        (TWO + "&place=q" * 40, "Weggelassen"),
    ],
)
def test_bad_input_is_said_and_the_rest_is_compared(published: Flask, query: str, words: str) -> None:
    page = compare(published, query, 400)
    assert words in page.text and page.all("table", class_="compared")


@pytest.mark.parametrize("typed", ["nirgendwo-hausen-99", "Geslenkirchen"])
def test_a_name_that_no_place_has_can_be_mended_where_it_was_typed(published: Flask, typed: str) -> None:
    form = compare(published, f"place=05513000&place={typed}", 400).one("form", class_="place-chooser")
    fields = [(one.attributes["type"], one.attributes["value"]) for one in form.all("input", name="place")]
    assert fields == [("hidden", "municipality/05513000"), ("search", typed)]


@pytest.mark.parametrize("query", ["", "place=", "place=05513000"])
def test_without_two_places_the_page_asks_for_more(published: Flask, query: str) -> None:
    page = compare(published, query)
    assert not page.all("table", class_="compared") and page.one("form", class_="place-chooser")


def test_the_empty_page_has_an_example_that_works(published: Flask) -> None:
    page = compare(published, "")
    link = next(a.attributes["href"] for a in page.all("a") if "compare?place=" in a.attributes["href"])
    assert read(published, link).all("table", class_="compared")


@pytest.mark.parametrize("query", ["", "place=05513000", f"{TWO}&place=Neustadt", f"{TWO}&place=xyzzy"])
def test_a_file_is_never_a_part(published: Flask, query: str) -> None:
    for ending in ("csv", "xlsx"):
        assert published.test_client().get(f"/de/compare.{ending}?{query}").status_code == 400


def test_every_like_place_says_why_and_what_is_known_there(published: Flask) -> None:
    found = read(published, ALIKE).one("ol", class_="suggestions").all("li")
    places = [one for one in found if one.all("h3")]
    assert len(places) == 12
    for one in places:
        reasons = one.one("ul", class_="reasons").all("li")
        assert len(reasons) == 4 and all(reason.all("a", class_="mark") for reason in reasons)
        assert "bekannt:" in one.text


def test_weights_are_in_the_address_and_change_the_order(published: Flask) -> None:
    names = [[one.text for one in read(published, ALIKE + query).one("ol", class_="suggestions").all("h3")]
             for query in ("", "?w-people=0&w-density=0&w-kind=0&w-land=0&w-line=10")]  # fmt: skip
    assert names[0] != names[1]
    assert "Orte waren nicht zu vergleichen" in read(published, ALIKE + "?all=1").text
    everything = read(published, ALIKE + "?all=1&w-land=0")
    assert everything.one("input", id="w-land").attributes["value"] == "0"


@pytest.mark.parametrize("query", ["w-people=99", "w-people=-1", "w-land=viel", "w-kind=nan", "w-colour=2"])
def test_a_weight_that_is_none_is_said_and_the_usual_counts(published: Flask, query: str) -> None:
    page = read(published, f"{ALIKE}?{query}", 400)
    assert page.all("div", class_="notice") and page.all("ol", class_="suggestions")


def test_with_no_feature_that_counts_nothing_is_compared(published: Flask) -> None:
    page = read(published, f"{ALIKE}?w-people=0&w-density=0&w-kind=0&w-land=0")
    assert "So ist kein Ort wie dieser" in page.text


def test_a_place_without_people_on_record_is_told_so(probe: Flask) -> None:
    page = read(probe, "/de/municipality/98001003/alike")
    assert "Von diesem Ort nicht bekannt: „Ähnlich viele Menschen“" in page.text
    assert page.one("ol", class_="suggestions").all("h3")


def test_places_of_other_kinds_are_not_compared_and_it_is_said(published: Flask) -> None:
    assert "lassen sich nicht vergleichen" in read(published, "/de/country/DE/alike").text


def test_a_stated_absence_has_its_own_words_on_all_pages(probe: Flask) -> None:
    glance = read(probe, "/de/municipality/98001001/at-a-glance")
    assert "Ausdrücklich keine" in glance.text and "eine Quelle sagt, dass es das nicht gibt" in glance.text
    compared = read(probe, "/de/compare?place=98001001&place=98001002")
    row = next(row for row in compared.all("tr") if "Finanzielle Barriere" in row.text)
    assert "ausdrücklich keine" in row.text and "keine Angabe" in row.text


def suggested(app: Flask, typed: str) -> list[dict]:
    response = app.test_client().get("/de/compare/suggest", query_string={"q": typed})
    assert response.status_code == 200
    return response.json


def test_places_are_suggested_while_a_name_is_typed_the_larger_ones_first(published: Flask) -> None:
    found = suggested(published, "gelsenk")
    assert found[0]["label"] == "Gelsenkirchen" and "05513000" in found[0]["place"]
    # What tells places of one name apart stands beside it.
    neustadt = suggested(published, "Neustadt")
    assert len(neustadt) == len({(one["label"], one["around"]) for one in neustadt}) == 8
    assert suggested(published, "koln")[0]["label"] == "Köln"
    assert any("05513000" in one["place"] for one in suggested(published, "05513"))


def test_what_is_suggested_names_one_place_alone(published: Flask) -> None:
    for one in suggested(published, "Neustadt"):
        page = compare(published, f"place={one['place']}")
        assert one["label"] in page.one("ul", class_="pick").text


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "\x00\x00", "<script>alert(1)</script>", "qqqqqqq", "a" * 5000, "(((", "%s"]
)
def test_what_is_no_beginning_of_a_place_has_no_suggestion(published: Flask, typed: str) -> None:
    assert suggested(published, typed) == []
