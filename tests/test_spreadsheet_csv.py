"""Files made for spreadsheets hold no formula; what programs read is exact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app
from sorgenetz.web.spreadsheet_csv import safe, safe_again, spreadsheet_csv

EVIL = '=HYPERLINK("https://example.org","x")'
WORLD = r"""@prefix sn: <https://w3id.org/sorgenetz/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix scheme: <https://w3id.org/sorgenetz/id/scheme/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix i: <https://w3id.org/sorgenetz/id/initiative/> . @prefix m: <https://w3id.org/sorgenetz/id/municipality/> .
i:evil a sn:Initiative ; rdfs:label "=HYPERLINK(\"https://example.org\",\"x\")"@de ; sn:locatedIn m:99000001 .
m:99000001 a sn:Municipality, sn:Place ; rdfs:label "@SUM(A1)"@de .
m:99000002 a sn:Municipality, sn:Place ; rdfs:label "Bdorf"@de .
scheme:barriers rdfs:label "Barrieren"@de . scheme:one skos:inScheme scheme:barriers ; rdfs:label "+Barriere"@de .
"""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("formulas")
    (folder / "data.ttl").write_text(WORLD, "utf-8")
    publish_files([folder / "data.ttl"], Home(folder / "home"))
    app = create_app(Settings(home=folder / "home"))
    yield app.test_client()
    app.extensions["sorgenetz"].engine.close()


def cells_at(visitor: FlaskClient, address: str) -> list[str]:
    response = visitor.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return [cell for row in csv.reader(io.StringIO(response.text, newline="")) for cell in row]


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("/de/initiatives.csv", f"'{EVIL}"),
        ("/en/initiatives.csv", "'@SUM(A1)"),
        ("/de/compare.csv?place=municipality/99000001&place=municipality/99000002", "'@SUM(A1)"),
    ],
)
def test_downloads_for_spreadsheets_hold_no_formula(visitor: FlaskClient, address: str, cell: str) -> None:
    cells = cells_at(visitor, address)
    assert cell in cells and not [one for one in cells if one.startswith(("=", "@"))]


def test_answers_to_programs_are_exact(visitor: FlaskClient) -> None:
    query = "SELECT ?name { ?thing <http://www.w3.org/2000/01/rdf-schema%23label> ?name }"
    assert EVIL in cells_at(visitor, f"/sparql?query={query}&format=csv")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "Haus;=", "Haus;@"])
def test_whatever_would_calculate_is_a_text(begin: str) -> None:
    guarded = safe(f"{begin}SUM(A1)")
    assert guarded == f"{begin[:-1]}'{begin[-1]}SUM(A1)"


@pytest.mark.parametrize("cell", ["-51.5", "+3", "1e-7", "-1E+5", -3, 0.5, None, "", "A = B", "Treff – Café; -los"])
def test_numbers_and_usual_texts_stay(cell: object) -> None:
    assert safe(cell) == cell


def test_line_breaks_within_a_cell_stay() -> None:
    assert safe_again(b'a,b\r\n"x\ny",=1\r\n') == 'a,b\r\n"x\ny",\'=1\r\n'
    assert spreadsheet_csv([["-x", 1, None]]) == "'-x,1,\r\n"
