"""The library: what a query file says, what its parameters take, and where it stands on the shelf."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.errors import BadQueryFile, BadRequest, NothingHere
from sorgenetz.library.queries import read_query_file
from sorgenetz.library.registry import Library
from sorgenetz.names import ID, XSD
from sorgenetz.terms import Term
from sorgenetz.text_files import FileNotUtf8

HEADER = """\
#+ title-de: Welche Maßnahmen senken eine Hürde?
#+ title-en: Which measures lower a barrier?
#+ description-de: Eine Zeile je Maßnahme.
#+ description-en: One row per measure.
#+ tags: barrier, measure
"""
PARAMETERS = """\
#+ parameter: barrier iri scheme=<https://w3id.org/sorgenetz/id/scheme/barriers> label-de="Hürde" label-en="Barrier"
#+ parameter: words string label-de="Worte" label-en="Words"
#+ parameter: km integer label-de="Kilometer" label-en="Kilometres"
#+ parameter: share decimal label-de="Anteil" label-en="Share"
#+ parameter: since date label-de="Seit" label-en="Since"
"""
BODY = """
PREFIX barrier: <https://w3id.org/sorgenetz/id/barrier/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?barrier ?words ?km ?share ?since WHERE {
  VALUES ?barrier { barrier:language }
  VALUES ?words { "Beratung"@de }
  VALUES ?km { 50 }
  VALUES ?share { 7.5 }
  VALUES ?since { UNDEF }
}
"""


def write(folder, text, name="lowered", kind="questions"):
    (folder / kind).mkdir(exist_ok=True, parents=True)
    path = folder / kind / f"{name}.rq"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def query(tmp_path_factory):
    return read_query_file(write(tmp_path_factory.mktemp("library"), HEADER + PARAMETERS + BODY), "questions")


def only_row(text):
    (row,) = pyoxigraph.Store().query(text)
    return row


def test_the_header_says_title_description_and_tags_in_both_languages(query):
    assert query.title("de") == "Welche Maßnahmen senken eine Hürde?"
    assert query.title("en") == "Which measures lower a barrier?"
    assert query.description("en") == "One row per measure."
    assert query.tags == ("barrier", "measure")
    assert query.form == "select"
    assert query.query.startswith("PREFIX barrier:")


def test_a_parameter_knows_type_scheme_labels_and_default(query):
    barrier = query.parameter("barrier")
    assert (barrier.type, barrier.scheme) == ("iri", ID + "scheme/barriers")
    assert barrier.label == {"de": "Hürde", "en": "Barrier"}
    assert barrier.default == (Term("uri", ID + "barrier/language"),)
    assert query.parameter("words").default == (Term("literal", "Beratung", lang="de"),)
    assert query.parameter("km").default == (Term("literal", "50", datatype=XSD + "integer"),)
    assert query.parameter("since").default == ()


def test_the_file_runs_as_it_stands(query):
    assert only_row(query.text)["barrier"].value == ID + "barrier/language"


def test_plain_values_are_filled_in_with_their_type(query):
    row = only_row(
        query.with_values(
            {"barrier": "barrier:money", "words": 'a "b" \\ }', "km": 7, "share": Decimal("0.5"),
             "since": date(2025, 8, 27)}
        )
    )  # fmt: skip
    assert row["barrier"] == pyoxigraph.NamedNode(ID + "barrier/money")
    assert row["words"] == pyoxigraph.Literal('a "b" \\ }')
    assert row["km"] == pyoxigraph.Literal(7)
    assert row["share"].datatype.value == XSD + "decimal"
    assert row["since"] == pyoxigraph.Literal("2025-08-27", datatype=pyoxigraph.NamedNode(XSD + "date"))


@pytest.mark.parametrize(
    ("given", "held"),
    [("1e5", "100000"), ("-2.5E-3", "-0.0025"), ("5e-324", "0"), (f"{'9' * 18}.{'9' * 18}", f"{'9' * 18}.{'9' * 18}")],
)
def test_a_number_is_held_by_the_engine_however_it_is_written(query, given, held):
    text = query.with_values({"share": given}).replace("SELECT", "SELECT (xsd:string(?share + 0) AS ?held)")
    assert only_row(f"PREFIX xsd: <{XSD}>\n{text}")["held"].value == held


def test_several_values_give_several_rows_and_none_leaves_the_gap_open(query):
    rows = list(pyoxigraph.Store().query(query.with_values({"km": [1, 2, 3], "words": None})))
    assert [row["km"].value for row in rows] == ["1", "2", "3"]
    assert rows[0]["words"] is None


def test_values_that_are_not_given_stay_as_the_file_has_them(query):
    assert only_row(query.with_values({"km": "8"}))["barrier"].value == ID + "barrier/language"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("barrier", "language"),
        ("barrier", "https://example.org/a b"),
        ("barrier", "https://example.org/> } DROP ALL #"),
        ("barrier", "https://example.org/\\u003E"),
        ("barrier", Term("literal", "https://example.org/a")),
        ("barrier", Term("bnode", "b0")),
        ("words", Term("uri", "https://example.org/a")),
        ("words", Term("literal", "x", lang='de" } #')),
        ("words", Term("literal", "x", datatype="> } #")),
        ("words", "half \ud800 pair"),
        ("words", 7),
        ("km", "7.5"),
        ("km", "٧"),
        ("km", True),
        ("km", "7 } #"),
        ("share", "NaN"),
        ("share", "1e18"),
        ("since", "27.08.2025"),
        ("since", "2025-02-30"),
    ],
)
def test_a_value_of_another_type_is_refused_with_parameter_type_and_example(query, name, value):
    with pytest.raises(BadRequest) as refused:
        query.with_values({name: value})
    error = refused.value
    if isinstance(value, Term) and (value.lang or value.datatype):
        return
    for language in ("de", "en"):
        assert f"“{name}”" in error.text(language) or f"„{name}“" in error.text(language)
        assert query.parameter(name).type in error.text(language)
        assert query.parameter(name).label[language] in error.text(language)
    assert error.remedy("de").startswith("Schreiben Sie")
    assert error.remedy("en").startswith("Write it")


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(query):
    with pytest.raises(BadRequest) as refused:
        query.with_values({"barriere": "x"})
    assert "barrier, words, km, share, since" in refused.value.remedy("de")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (HEADER.replace("#+ tags: barrier, measure\n", "") + BODY, 5, "tags"),
        (HEADER + "#+ titel: x\n" + BODY, 6, "titel"),
        (HEADER + "#+ tags: x\n" + BODY, 6, "twice"),
        (HEADER + "#+ nothing\n" + BODY, 6, "field: value"),
        (HEADER + '#+ parameter: km number label-de="a" label-en="b"\n' + BODY, 6, "name and a type"),
        (HEADER + '#+ parameter: km integer label-de="a"\n' + BODY, 6, "label-en"),
        (HEADER + '#+ parameter: km integer class=sn:Place label-de="a" label-en="b"\n' + BODY, 6, "type iri"),
        (HEADER + '#+ parameter: km iri class=no:Place label-de="a" label-en="b"\n' + BODY, 6, "prefix"),
        (HEADER + '#+ parameter: far integer label-de="a" label-en="b"\n' + BODY, 6, "VALUES ?far"),
        (HEADER + PARAMETERS + BODY + "  VALUES ?km { 50 }\n", 8, "exactly one line"),
        (HEADER + PARAMETERS + PARAMETERS + BODY, 6, "twice"),
        (HEADER + PARAMETERS + BODY.replace("{ 50 }", "{ }"), 17, "integer"),
        (HEADER + PARAMETERS + BODY.replace("{ 50 }", '{ "fünfzig" }'), 17, "integer"),
        (HEADER + "PREFIX x: <y>\n", 1, "no query"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_with_its_line(tmp_path, text, line, says):
    with pytest.raises(BadQueryFile) as refused:
        read_query_file(write(tmp_path, text), "questions")
    assert f"queries/questions/lowered.rq, line {line}:" in refused.value.text("en")
    assert says in refused.value.text("en")
    assert f"Zeile {line}:" in refused.value.text("de")


def test_a_page_needs_a_title_only_and_its_parameters_no_labels(tmp_path):
    path = write(tmp_path, "#+ title-en: Kilometres\n#+ parameter: km integer\n" + BODY, "kilometres", "pages")
    page = read_query_file(path, "pages")
    assert page.title("de") == "Kilometres"
    assert page.parameter("km").label == {"de": "km", "en": "km"}


def test_the_shelf_finds_files_by_folder_and_name(tmp_path):
    write(tmp_path, HEADER + BODY, "b-second")
    write(tmp_path, HEADER + BODY, "a-first")
    write(tmp_path, "#+ title-en: Page\n" + BODY, "thing", "pages")
    shelf = Library(tmp_path)
    assert [question.name for question in shelf.questions()] == ["a-first", "b-second"]
    assert shelf.questions() is shelf.questions()
    assert shelf.question("a-first") is shelf.question("a-first")
    assert shelf.page("thing").kind == "pages"
    for wrong in ("c-third", "../pages/thing", "thing", "A", ""):
        with pytest.raises(NothingHere):
            shelf.question(wrong)


def test_every_query_of_the_project_is_in_order():
    shelf = Library(find_bundle().queries)
    assert shelf.questions()
    for query in (*shelf.questions(), *shelf.pages(), *shelf.checks(), *shelf.derivations()):
        pyoxigraph.Store().query(query.text)


def test_a_column_has_a_heading_and_so_has_the_name_beside_it(tmp_path):
    (tmp_path / "columns.toml").write_text('[place]\nde = "Ort"\nen = "Place"\n', "utf-8")
    shelf = Library(tmp_path)
    assert [shelf.heading(name, "de") for name in ("place", "placeName", "placeNames")] == ["Ort"] * 3
    assert shelf.heading("place", "en") == "Place"
    assert shelf.heading("other", "en") == "other"


def test_the_library_loads_without_rdflib():
    code = "import sys, sorgenetz.library.registry; sys.exit('rdflib' in sys.modules or 'flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_parameter_that_is_needed_cannot_be_left_open() -> None:
    kreis = Library(find_bundle().queries).question("barriers-without-answer-in-kreis").parameter("kreis")
    assert kreis.is_needed
    with pytest.raises(BadRequest) as refused:
        kreis.between_braces(None)
    assert refused.value.details["parameter"] == "kreis"


def test_a_question_in_another_encoding_is_named_with_its_line_and_a_byte_order_mark_is_no_mistake(
    tmp_path: Path,
) -> None:
    path = tmp_path / "greetings.rq"
    text = HEADER.replace("Maßnahmen", "Grüße") + "ASK { ?s ?p ?o }\n"
    path.write_bytes(text.encode("cp1252"))
    with pytest.raises(FileNotUtf8, match=r"greetings\.rq, line 1"):
        read_query_file(path, "pages")
    path.write_bytes(text.encode("utf-8-sig"))
    assert read_query_file(path, "pages").title("de") == "Welche Grüße senken eine Hürde?"
