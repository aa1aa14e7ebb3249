"""The gap matrix tells stated, expressly none and no statement apart, and each cell has its list and its query."""

from __future__ import annotations

import csv
import io

import pytest
import python_calamine
from flask import Flask
from pages.parsed import Parsed

from sorgenetz.insight.reader import Reader
from sorgenetz.insight.selection.gaps import COLUMNS, GapMatrix, gap_matrix
from sorgenetz.names import ID

QUESTION = "initiatives-with-a-term-in-a-place"


def matrix(reader: Reader, column: str = "lowersBarrier", confidence: str = "") -> GapMatrix:
    found = gap_matrix(reader, column, "kreis", ID + "land/99", confidence and f"{ID}confidence/{confidence}")
    assert found is not None
    return found


def states(of: GapMatrix, place: str) -> dict[str, tuple[str, int]]:
    row = next(row for row in of.rows if row.place.iri == f"{ID}kreis/{place}")
    return {cell.term.iri.rpartition("/")[2]: (cell.state, cell.count) for cell in row.cells}


def test_a_cell_is_stated_expressly_none_or_without_statement(german: Reader) -> None:
    found = states(matrix(german), "99002")
    assert found["language"] == ("stated", 1)
    assert found["financial"] == ("stated-none", 0)
    assert found["spatial"] == ("no-data", 0)


def test_every_barrier_and_every_kreis_is_there_also_those_nobody_speaks_of(german: Reader) -> None:
    found = matrix(german)
    assert len(found.terms) == 13 and len(found.rows) == 2
    assert sum(found.states.values()) == 26


def test_a_row_says_how_many_initiatives_say_nothing_of_the_kind(german: Reader) -> None:
    row = next(row for row in matrix(german).rows if row.place.iri.endswith("99002"))
    assert (row.initiatives, row.silent) == (2, 1)


def test_a_surer_confidence_leaves_fewer_statements(german: Reader) -> None:
    assert states(matrix(german, "targetGroup"), "99002")["older-people"] == ("stated", 2)
    assert states(matrix(german, "targetGroup", "high"), "99002")["older-people"] == ("stated", 1)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_query_behind_a_cell_finds_as_many_initiatives_as_the_cell_says(german: Reader, column: str) -> None:
    question = german.library.question(QUESTION)
    for row in matrix(german, column).rows:
        for cell in row.cells:
            rows = german.engine.rows(question.with_values({"place": row.place.iri, "term": cell.term.iri}))
            assert len({one["initiative"].value for one in rows}) == cell.count, (row.place.iri, cell.term.iri)


def test_the_page_says_in_words_what_a_cell_is_and_leads_to_its_list_and_query(choices: Flask) -> None:
    client = choices.test_client()
    page = Parsed(client.get("/de/gaps?within=land/99").get_data(as_text=True))
    row = next(row for row in page.all("tr") if "Doppelstadt" in row.text)
    assert "ausdrücklich keine" in row.text and "keine Angabe" in row.text
    link = row.all("td")[0].one("a").attributes["href"]
    cell = Parsed(client.get(link).get_data(as_text=True))
    assert "1 Initiative nennt es" in cell.text and "Gärten für alle" in cell.text
    assert "Hier widersprechen sich Quellen" in cell.text
    for address in [link.attributes["href"] for link in cell.all("a", class_="button")]:
        assert "Gärten für alle" in client.get(address).get_data(as_text=True)


def test_an_empty_cell_says_that_nobody_says_anything_and_a_stated_absence_names_its_source(choices: Flask) -> None:
    client = choices.test_client()
    nobody = client.get("/de/gaps/cell?columns=lowersBarrier&place=kreis/99002&term=barrier/spatial").text
    assert "Dazu sagt niemand etwas" in nobody and "Der Graph kennt hier 2 Initiativen" in nobody
    absent = Parsed(client.get("/de/gaps/cell?columns=lowersBarrier&place=kreis/99002&term=barrier/financial").text)
    assert "laut Bericht der Zeitung" in " ".join(absent.text.split())
    ways = [link.attributes["href"] for link in absent.all("a", class_="button") if "anderswo" in link.text]
    assert ways == ["/de/practices?barrier=financial"] and client.get(ways[0]).status_code == 200
    assert "anderswo" not in client.get("/de/gaps/cell?columns=role&place=kreis/99002&term=role/carrier").text


def test_the_table_as_csv_holds_the_same_cells_and_no_formula(choices: Flask) -> None:
    response = choices.test_client().get("/de/gaps.csv?within=land/99")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True))))
    assert response.mimetype == "text/csv" and len(rows) == 3
    doubled = dict(zip(rows[0], next(row for row in rows if row[0] == "Doppelstadt"), strict=True))
    assert doubled["Sprachliche Barriere"] == "1" and doubled["Finanzielle Barriere"] == "ausdrücklich keine"
    assert doubled["Räumliche Barriere"] == "keine Angabe"


def test_the_workbook_holds_the_same_cells_and_says_what_they_mean(choices: Flask) -> None:
    client = choices.test_client()
    response = client.get("/de/gaps.xlsx?within=land/99")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    response.close()
    data, codebook, about = (book.get_sheet_by_name(name).to_python() for name in ("Daten", "Codebuch", "Über"))
    table = list(csv.reader(io.StringIO(client.get("/de/gaps.csv?within=land/99").text)))
    assert [[str(cell).removesuffix(".0") for cell in line] for line in data] == table
    assert ["keine Angabe", "dazu hat niemand etwas gesagt; das ist nicht bekannt, nicht null", ""] in codebook
    assert {line[0] for line in codebook[4:]} == set(table[0][4:])
    assert any(line[0] == "Adresse" and "within=land%2F99" in line[1] for line in about)


@pytest.mark.parametrize(
    "query", ["columns=colour", "rows=street", "within=land/77", "within=%3Cscript%3E", "confidence=x", "column=role"]
)
def test_what_cannot_be_followed_is_said_and_the_usual_is_shown(choices: Flask, query: str) -> None:
    response = choices.test_client().get(f"/de/gaps?{query}")
    assert response.status_code == 400 and "war nicht zu verstehen" in response.text and "<h1>" in response.text
    for ending in ("csv", "xlsx"):
        assert choices.test_client().get(f"/de/gaps.{ending}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["", "columns=lowersBarrier&place=kreis/1&term=barrier/language", "columns=x&place=a b&term=c"]
)
def test_a_cell_that_is_not_there_is_404(choices: Flask, query: str) -> None:
    assert choices.test_client().get(f"/de/gaps/cell?{query}").status_code == 404
