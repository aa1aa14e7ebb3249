"""A workbook holds exactly what the result holds, says what each column is, and refuses what Excel cannot hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sorgenetz.insight.results.refusals import ResultNotForWorkbook
from sorgenetz.insight.results.workbook import Line, Words, write_workbook
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.terms import Term
from sorgenetz.web import downloads
from sorgenetz.web.app import create_app

XSD = "http://www.w3.org/2001/XMLSchema#"
WORDS = Words("Data", "Codebook", "About", ("Column",), (Line("What", "A test"),))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "{=1}", '=HYPERLINK("http://x")', "\t=1", "=cmd|' /C calc'!A0")
AWKWARD = ("<r>x</r>", "<r><t>&amp;</t></r>", "_x0041_", "12", "0012", "true", "https://x.example/",
           "mailto:a@b.example", "  room  ", "two\nlines", "שלום", "😀", "a & b < c", "x" * 10_000)  # fmt: skip


def quads(values: tuple[str, ...]) -> str:
    return " ".join(Term("literal", value).n3() for value in values)


def made(rows: list[tuple[Term | None, ...]], columns: tuple[str, ...] = ("x",), total: int | None = None) -> bytes:
    """Return the bytes of a workbook of these rows."""
    whole = SimpleNamespace(columns=columns, total=len(rows) if total is None else total, rows=lambda: iter(rows))
    output = io.BytesIO()
    write_workbook(output, whole, WORDS, lambda tally: (tally.name,), datetime(2026, 1, 1))
    return output.getvalue()


def read(book: bytes, sheet: str = "Data") -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize("texts", [FORMULAS, AWKWARD], ids=["formulas", "awkward"])
def test_every_text_stays_the_text_it_is(workbook, texts: tuple[str, ...]) -> None:
    rows = workbook(f"SELECT ?x {{ VALUES ?x {{ {quads(texts)} }} }}")["Data"]
    assert rows == [["x"], *([text] for text in texts)]


def test_no_cell_is_a_formula_or_a_link(visitor) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {quads(FORMULAS + AWKWARD)} }} }}"
    book = zipfile.ZipFile(io.BytesIO(visitor.get("/sparql.xlsx?" + urlencode({"query": query}), buffered=True).data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet and sheet.count("inlineStr") == len(FORMULAS + AWKWARD) + 1


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60))
@trying(max_examples=150, deadline=None)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    # The reader leaves out line ends of its own accord where the file has them written by number.
    rows = read(made([(Term("literal", text),), (Term("literal", "end"),)]))
    assert rows[1][0].replace("\r", "") == text.replace("\r", "")


@pytest.mark.parametrize(
    ("literal", "cell"),
    [
        (Term("literal", "42", datatype=XSD + "integer"), 42.0),
        (Term("literal", "-1.25", datatype=XSD + "decimal"), -1.25),
        (Term("literal", "6.02E23", datatype=XSD + "double"), 6.02e23),
        (Term("literal", "12345678901234567890", datatype=XSD + "integer"), "12345678901234567890"),
        (Term("literal", "0.1234567890123456789", datatype=XSD + "decimal"), "0.1234567890123456789"),
        (Term("literal", "NaN", datatype=XSD + "double"), "NaN"),
        (Term("literal", "INF", datatype=XSD + "double"), "INF"),
        (Term("literal", "nine", datatype=XSD + "integer"), "nine"),
        (Term("literal", "true", datatype=XSD + "boolean"), True),
        (Term("literal", "2025-08-27", datatype=XSD + "date"), date(2025, 8, 27)),
        (Term("literal", "2025-08-27T14:30:00", datatype=XSD + "dateTime"), datetime(2025, 8, 27, 14, 30)),
        (Term("literal", "2025-08-27T14:30:00Z", datatype=XSD + "dateTime"), "2025-08-27T14:30:00Z"),
        (Term("literal", "1899-12-31", datatype=XSD + "date"), "1899-12-31"),
        (Term("literal", "2025-02-30", datatype=XSD + "date"), "2025-02-30"),
        (Term("literal", "2019", datatype=XSD + "gYear"), 2019.0),
        (Term("literal", "05315000"), "05315000"),
        (Term("literal", "Haus", lang="de"), "Haus"),
        (Term("uri", "https://x.example/"), "https://x.example/"),
        (Term("bnode", "b1"), "_:b1"),
        (None, ""),
    ],
)
def test_a_value_has_its_type_where_excel_holds_it_exactly(literal: Term | None, cell: object) -> None:
    got = read(made([(literal, Term("literal", "end"))], ("x", "y")))[1][0]
    assert got == cell and type(got) is type(cell)


def test_the_codebook_says_what_each_column_is(workbook) -> None:
    query = """SELECT ?barrier ?initiatives ?other ?note { VALUES (?barrier ?initiatives ?other ?note) {
      (<urn:b> 3 UNDEF "Haus"@de) (<urn:c> 4 "2019-01-01"^^<http://www.w3.org/2001/XMLSchema#date> "house"@en) } }"""
    head, *lines = workbook(query, "de")["Codebuch"]
    assert head == ["Spalte", "Bedeutung", "Typ", "Sprache", "Gefüllt", "Leer", "Beispiel"]
    assert lines == [
        ["barrier", "nur in der Abfrage benannt", "IRI", "", 2.0, 0.0, "urn:b"],
        ["initiatives", "nur in der Abfrage benannt", "xsd:integer", "", 2.0, 0.0, "3"],
        ["other", "nur in der Abfrage benannt", "xsd:date", "", 1.0, 1.0, "2019-01-01"],
        ["note", "nur in der Abfrage benannt", "Text mit Sprache", "de, en", 2.0, 0.0, "Haus"],
    ]


@pytest.mark.parametrize(
    ("query", "meanings"),
    [
        # What a column is called says nothing of what it holds.
        ("?start { ?x sn:population ?start }", ["Einwohnerzahl (von ?x)"]),
        ('?x ?barrier ?n { ?x a sn:Initiative BIND("y" AS ?barrier) BIND(1 + 1 AS ?n) }', ["Initiative", "", ""]),
        ("?i ?where { ?i sn:locatedIn/sn:partOf* ?m . ?m rdfs:label ?where }", ["", "Name (von ?m)"]),
        ("?m { { ?i sn:locatedIn ?m } UNION { ?m a sn:Municipality } }", ["liegt in (von ?i)"]),
        ("?p { { ?i sn:locatedIn ?p } UNION { ?i sn:servesArea ?p } }", ["liegt in (von ?i); wirkt in (von ?i)"]),
        ("?p { ?i sn:locatedIn|sn:servesArea ?p OPTIONAL { ?i ^sn:in ?q } }", ["liegt in (von ?i); wirkt in (von ?i)"]),
        ("?n { { SELECT (COUNT(?i) AS ?n) { ?i a sn:Initiative } } }", [""]),
    ],
)
def test_the_codebook_says_of_a_column_what_binds_it(workbook, query: str, meanings: list[str]) -> None:
    prologue = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    _head, *lines = workbook(f"{prologue} SELECT {query}", "de")["Codebuch"]
    assert [line[1] for line in lines] == [one or "nur in der Abfrage benannt" for one in meanings]


def test_the_columns_of_statements_are_subject_predicate_and_object(workbook) -> None:
    _head, *lines = workbook("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2", "de")["Codebuch"]
    assert [line[1] for line in lines] == ["Subjekt", "Prädikat", "Objekt"]


def test_the_last_sheet_says_query_release_licence_and_sources(workbook) -> None:
    query = "SELECT ?x {\n  VALUES ?x { 1 } # =1+1\n}"
    lines = workbook(query)["About"]
    said = {line[0]: line[1] for line in lines if line[0]}
    assert said["Release"].startswith("000001-") and "CC BY 4.0" in said["Licence"] and said["Rows"] == "1"
    assert said["Endpoint"] == "http://localhost/sparql"
    assert [line[1] for line in lines[-3:]] == query.split("\n")


def test_other_peoples_data_are_not_given_our_licence_and_map_and_network_work_on_them_too(tmp_path) -> None:
    file = tmp_path / "others.ttl"
    file.write_text(
        "@prefix ex: <https://example.org/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .\n"
        'ex:a ex:knows ex:b . ex:a ex:at "POINT(7 51)"^^geo:wktLiteral .\n'
    )
    publish_files([file], Home(tmp_path / "home"))
    application = create_app(Settings(home=tmp_path / "home"))
    visitor = application.test_client()
    book = visitor.get("/sparql.xlsx?language=en&query=SELECT+*+{?s+?p+?o}", buffered=True).data
    assert [line[0] for line in read(book, "About")][:4] == ["What this is", "Release", "Endpoint", "Rows"]
    assert "CC BY" not in str(read(book, "About"))
    drawn = visitor.get("/en/sparql?view=map&query=SELECT+*+{?s+<https://example.org/at>+?o}").text
    assert 'class="drawn map"' in drawn and "GeoBasis-DE" in drawn and "GeoNames" not in drawn
    assert 'class="drawn network"' in visitor.get("/en/sparql?view=network&query=CONSTRUCT+WHERE+{?s+?p+?o}").text
    application.extensions["sorgenetz"].engine.close()


def test_the_same_answer_gives_the_same_bytes(visitor) -> None:
    address = "/sparql.xlsx?" + urlencode({"query": "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 50"})
    first, second = visitor.get(address, buffered=True), visitor.get(address, buffered=True)
    assert first.data == second.data and first.content_length == len(first.data)
    assert first.headers["Content-Disposition"] == "attachment; filename=sorgenetz-000001.xlsx"


def test_statements_and_posted_queries_come_as_workbooks_too(visitor) -> None:
    query = "DESCRIBE <https://w3id.org/sorgenetz/id/initiative/nest>"
    sent = visitor.post("/sparql.xlsx?language=en", data=query, content_type="application/sparql-query", buffered=True)
    assert read(sent.data)[0] == ["subject", "predicate", "object"] and len(read(sent.data)) > 5


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("ASK {}", 400, "workbook-ask"), ("SELEC", 400, "query-syntax"), ("", 400, "query-empty"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 400, "update-refused"),
        ('SELECT ("\uffff" AS ?x) {}', 400, "workbook-character"),
        ('SELECT (CONCAT("' + "x" * 20_000 + '", "' + "y" * 20_000 + '") AS ?x) {}', 400, "workbook-cell"),
    ],
)  # fmt: skip
def test_what_makes_no_workbook_is_an_error_with_its_reason(visitor, query: str, status: int, code: str) -> None:
    response = visitor.post("/sparql.xlsx", data={"query": query}, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.get_json()["type"].rpartition("/")[2] == code


def test_while_one_file_is_made_another_waits_and_then_says_when_to_come_back(world) -> None:
    at = world.extensions["sorgenetz"].settings
    application = create_app(replace(at, query_queue_seconds=3.0))
    address = "/sparql.xlsx?" + urlencode({"query": "SELECT (1 AS ?a) {}"})
    with downloads.MAKING:
        refused = application.test_client().get(address)
    assert refused.status_code == 503 and refused.headers["Retry-After"] == "3"
    assert application.test_client().get(address, buffered=True).status_code == 200
    application.extensions["sorgenetz"].engine.close()


def test_no_query_and_another_method_are_refused(visitor) -> None:
    assert visitor.get("/sparql.xlsx").status_code == 400
    assert visitor.put("/sparql.xlsx").status_code == 405


@pytest.mark.parametrize(("total", "columns", "limit"), [(1_048_576, ("x",), "1048576"), (1, ("x",) * 16_385, "16384")])
def test_more_than_a_sheet_holds_is_an_error_that_names_the_limit(
    total: int, columns: tuple[str, ...], limit: str
) -> None:
    with pytest.raises(ResultNotForWorkbook) as raised:
        made([], columns, total)
    assert limit in raised.value.text("de") and limit in raised.value.text("en")


def test_a_cell_too_long_is_named_by_row_and_column() -> None:
    with pytest.raises(ResultNotForWorkbook, match="row 1, column “x”, has 32768"):
        made([(Term("literal", "😀" * 16_384),)])
    assert read(made([(Term("literal", "x" * 32_767),)]))[1] == ["x" * 32_767]


def test_a_long_table_is_written_within_little_memory() -> None:
    import tracemalloc

    def rows() -> Iterator[tuple[Term, ...]]:
        for number in range(40_000):
            yield Term("literal", f"row {number} " + "x" * 100), Term("literal", str(number), datatype=XSD + "integer")

    whole = SimpleNamespace(columns=("a", "b"), total=40_000, rows=rows)
    tracemalloc.start()
    write_workbook(_Forgetful(), whole, WORDS, lambda tally: (tally.name,), datetime(2026, 1, 1))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000, f"{most} bytes for a table of over 4,000,000"


class _Forgetful(io.RawIOBase):
    """A file that forgets what is written."""

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:
        return len(piece)
