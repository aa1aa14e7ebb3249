"""The table of an answer: exact, sorted and paged without a script, and safe whatever its cells hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from pages.parsed import Parsed

from results.conftest import column, views
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.web.app import create_app
from sorgenetz.web.results.ways import STATE

MANY = (
    "SELECT ?n { VALUES ?a { 0 1 2 3 4 5 6 7 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } VALUES ?c { 0 1 2 3 4 5 6 7 8 9 } "
    "BIND(?a * 100 + ?b * 10 + ?c AS ?n) }"
)
MANY_MORE = MANY.replace("SELECT ?n {", "SELECT ?n ?d { VALUES ?d { 1 2 3 4 5 6 7 8 9 }")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }}"


def test_every_row_is_on_exactly_one_page(asked) -> None:
    seen = [value for page in range(1, 5) for value in column(asked(MANY, page=page, sort="n"))]
    assert seen == [f"{n} xsd:integer" for n in range(800)]


def test_a_page_beyond_the_end_is_the_last_one_and_nonsense_the_first(asked) -> None:
    last = asked(MANY, page=99, sort="n")
    assert column(last)[-1].startswith("799") and not asked(MANY, page=1).all("p", role="alert")
    assert "There is no page “99” here. Page 4 is shown." in last.one("p", role="alert").text
    for nonsense in ("-3", "0", "x", "1e9"):
        assert column(asked(MANY, page=nonsense, sort="n"))[0].startswith("0 ")


def test_sorting_reaches_over_all_pages_and_numbers_sort_as_numbers(asked) -> None:
    assert column(asked(MANY, sort="-n"))[:2] == ["799 xsd:integer", "798 xsd:integer"]
    page = asked(MANY, sort="-n")
    head = page.one("section", id="answer").all("th")[0]
    assert head.attributes["aria-sort"] == "descending" and "sort=n" in head.one("a").attributes["href"]


def test_words_sort_without_case_and_marks_and_empty_cells_come_last(asked) -> None:
    query = 'SELECT ?w ?x { VALUES (?w ?x) { ("Zebra" 1) ("ärger" 2) (UNDEF 3) ("Apfel" 4) (9 5) ("aß" 6) ("ast" 7) } }'
    names = ["9 xsd:integer", "Apfel", "ärger", "aß", "ast", "Zebra"]
    assert column(asked(query, sort="w")) == [*names, "open"]
    assert column(asked(query, sort="-w")) == [*reversed(names), "open"]


def test_what_has_no_name_is_shown_in_short_and_keeps_its_whole_address(asked) -> None:
    query = "SELECT ?x { VALUES ?x { <urn:x> dct:title <https://schema.org/> sh:path <urn:a%2Cb> initiative:gone } }"
    known = {"dct": "http://purl.org/dc/terms/", "sh": "http://www.w3.org/ns/shacl#"}
    known["initiative"] = "https://w3id.org/sorgenetz/id/initiative/"
    page = asked("".join(f"PREFIX {name}: <{iri}> " for name, iri in known.items()) + query, sort="x")
    assert column(page) == ["dct:title", "schema.org/", "initiative:gone", "sh:path", "urn:a%2Cb", "urn:x"]
    links = [cell.one("a") for cell in page.one("section", id="answer").all("td") if cell.all("a")]
    iris = [known["dct"] + "title", "https://schema.org/", known["initiative"] + "gone", known["sh"] + "path"]
    assert [link.attributes["href"] for link in links] == iris
    assert [link.attributes.get("title") for link in links] == [iris[0], None, *iris[2:]]


def test_things_sort_by_the_names_that_are_shown(asked) -> None:
    things = "SELECT ?s { VALUES ?s { initiative:nest initiative:bare organisation:verein } }"
    prefixes = "".join(
        f"PREFIX {kind}: <https://w3id.org/sorgenetz/id/{kind}/> " for kind in ("initiative", "organisation")
    )
    assert column(asked(prefixes + things, sort="s")) == [
        "Bald initiative:bare", "Nest initiative:nest", "Verein Nest e. V. organisation:verein",
    ]  # fmt: skip


def test_above_the_bound_all_rows_are_paged_and_the_page_says_why_nothing_sorts(asked) -> None:
    page = asked(MANY_MORE, page=36)
    assert "Rows 7,001 to 7,200 of 7,200." in page.text and "Above 5,000 rows" in page.text
    assert len(column(page)) == 200 and views(page) == ["Table", "Raw"]
    assert not page.one("section", id="answer").all("th")[0].all("a")


def test_languages_datatypes_and_iris_can_be_read(asked) -> None:
    query = (
        'SELECT * { VALUES (?a ?b ?c ?d) { ("Haus"@de-ch "1"^^<urn:my-type> <urn:x:y> '
        "<https://w3id.org/sorgenetz/id/initiative/nest>) } }"
    )
    page = asked(query)
    cells = page.one("table", class_="result").all("td")
    assert cells[0].one("bdi", lang="de-ch").text == "Haus" and "@de-ch" in cells[0].text
    assert "urn:my-type" in cells[1].text and cells[2].text == "urn:x:y"
    link = cells[3].one("a")
    assert link.attributes["href"] == "/en/initiative/nest"
    assert link.attributes["title"] == "https://w3id.org/sorgenetz/id/initiative/nest"


def test_a_hostile_cell_stays_a_text(asked) -> None:
    escaped = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    for view in ("table", "chart", "network", "raw", "map"):
        page = asked(f'SELECT ?a ?n {{ VALUES (?a ?n) {{ ("{escaped}" 1) ("b" 2) }} }}', view=view)
        assert not [script for script in page.all("script") if "alert" in script.text]
        assert not page.all("img") and "{{ 7*7 }}" in page.text


def test_a_long_text_is_folded_and_whole_and_letters_from_right_to_left_stay_in_their_cell(asked) -> None:
    page = asked('SELECT ?a ?b { BIND(CONCAT("Anfang ", REPLACE("xxxxxxxxxx", "x", "0123456789 ")) AS ?s) '
                 'BIND(CONCAT(?s,?s,?s,?s,?s,?s,?s,?s,?s,?s) AS ?a) BIND("שלום"@he AS ?b) }')  # fmt: skip
    long, right = page.one("table", class_="result").all("td")
    assert len(long.all("bdi")[1].text) > 1000 and long.one("summary").text.endswith("…")
    assert right.one("bdi", lang="he").text == "שלום"


def test_statements_are_a_table_of_three_columns(asked) -> None:
    page = asked("DESCRIBE <https://w3id.org/sorgenetz/id/initiative/nest>")
    heads = [head.text for head in page.one("table", class_="result").all("th")]
    assert heads == ["Subject", "Predicate", "Object"] and views(page) == ["Table", "Network", "Raw"]
    assert "Nest initiative:nest" in column(page)


def test_a_yes_is_a_sentence_and_offers_no_view(asked) -> None:
    page = asked("ASK {}")
    assert "Yes." in page.text and not page.all("nav", class_="views")


def test_the_line_above_says_rows_time_release_and_its_day(asked) -> None:
    said = asked(MANY).one("section", id="answer").one("p", role="status").text
    assert said.startswith("800 rows · ") and "seconds · release 1 of " in said


@pytest.mark.parametrize("view", ["nothing", "chart", "map", "network", ""])
def test_a_view_that_does_not_fit_is_the_table(asked, view: str) -> None:
    assert column(asked('SELECT ("x" AS ?a) {}', view=view)) == ["x"]


def test_a_query_too_long_for_an_address_goes_on_by_buttons(visitor) -> None:
    query = MANY + "#" + "ä" * 5000
    sent = visitor.post("/en/sparql", data={"query": query}, headers={"Accept": "text/html"})
    page = Parsed(sent.text).one("section", id="answer")
    assert page.one("form", id="again").one("textarea").text == query
    button = page.one("th").one("button")
    assert button.attributes["form"] == "again" and not page.all("a")
    again = visitor.post(button.attributes["formaction"].partition("#")[0], data={"query": query})
    assert column(Parsed(again.text))[:2] == ["0 xsd:integer", "1 xsd:integer"]
    csv = next(b for b in page.all("button") if b.text == "CSV").attributes["formaction"]
    assert visitor.post(csv, data={"query": query}).text.startswith("n\r\n")


def test_the_state_of_a_question_keeps_its_parameters(visitor) -> None:
    address = "/de/questions/initiatives-since?" + urlencode({"year": "2019", "view": "raw"})
    page = Parsed(visitor.get(address, headers={"Accept": "text/html"}).text)
    links = [link.attributes["href"] for link in page.one("nav", class_="views").all("a")]
    assert all("year=2019" in link and link.count("view=") == 1 for link in links)


def test_no_question_has_a_parameter_that_means_a_view(world) -> None:
    questions = world.extensions["sorgenetz"].library.questions()
    assert not [question.name for question in questions for one in question.parameters if one.name in STATE]


def test_an_answer_begun_before_a_switch_says_its_own_release(world, monkeypatch, tmp_path) -> None:
    at = world.extensions["sorgenetz"].settings
    shutil.copytree(at.home, tmp_path / "home")
    application = create_app(replace(at, home=tmp_path / "home"))
    more = tmp_path / "more.nt"
    more.write_text("<urn:a> <urn:b> <urn:c> .\n")
    engine = application.extensions["sorgenetz"].engine
    ask = engine.answer

    def answer_and_publish(*given: object, **named: object):
        given_back = ask(*given, **named)
        if engine.release.number == 1:
            publish_files([more], Home(tmp_path / "home"))
        return given_back

    monkeypatch.setattr(engine, "answer", answer_and_publish)
    page = Parsed(application.test_client().get("/en/sparql?query=SELECT+(<urn:only>+AS+?x)+{}").text)
    said = page.one("section", id="answer").one("p", role="status").text
    assert "release 1 of" in said and engine.release.number == 2
    engine.close()


@pytest.mark.parametrize(
    ("query", "endings"),
    [("SELECT ?a { BIND(1 AS ?a) }", ["json", "xml", "csv", "tsv"]), ("ASK {}", ["json", "xml"]),
     ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", ["ttl", "jsonld", "nt", "rdf"])],
)  # fmt: skip
def test_each_file_is_kept_under_a_name_with_its_release(asked, query: str, endings: list[str]) -> None:
    kept = [link.attributes.get("download") for link in asked(query).one("ul", class_="formats").all("a")]
    assert [name for name in kept if name] == [f"sorgenetz-000001.{ending}" for ending in endings]
