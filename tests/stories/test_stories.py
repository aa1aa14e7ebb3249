"""The guided tours: every question of every tour has rows on the published data, and what is broken is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed

from sorgenetz.bundle import find_bundle
from sorgenetz.insight.stories import told
from sorgenetz.library.registry import Library
from sorgenetz.library.stories import BadStory, Stories, read_story
from sorgenetz.names import GRAPH
from sorgenetz.publishing.build import build
from sorgenetz.releases.chain import Home
from sorgenetz.web.app import create_app
from sorgenetz.web.pages import reader

LIBRARY = Library(find_bundle().queries)
STORIES = Stories(find_bundle().stories, LIBRARY)
TOURS = [(name, language) for name in STORIES.names for language in ("de", "en")]
HEAD = "# Title\n\nWhat it is about.\n\n"


@pytest.fixture
def visitor(published: Flask) -> FlaskClient:
    return published.test_client()


def test_there_are_three_tours_and_each_is_told_alike_in_both_languages() -> None:
    assert STORIES.names == ("fachtag", "barriers-nrw", "who-connects")
    for name in STORIES.names:
        german, english = (
            sorted((one.question.name, one.view, one.columns, str(one.values)) for one in story.asked)
            for story in (STORIES.story(name, "de"), STORIES.story(name, "en"))
        )
        assert german == english and len(german) > 5


@pytest.mark.parametrize(("name", "language"), TOURS)
def test_every_question_of_a_tour_has_rows_and_every_map_its_places(published: Flask, name: str, language: str) -> None:
    with published.test_request_context(f"/{language}/stories/{name}"):
        for asked in STORIES.story(name, language).asked:
            found = told(reader(language), asked)
            assert found.error is None and found.value, f"{asked.question.name} {asked.where}"
            assert found.map is not None or asked.view != "map"


@pytest.mark.parametrize("name", STORIES.names)
def test_every_link_of_a_tour_leads_somewhere_in_both_languages_alike(visitor: FlaskClient, name: str) -> None:
    german, english = (Parsed(visitor.get(f"/{language}/stories/{name}").text) for language in ("de", "en"))
    ways, others = ({link.attributes["href"] for link in page.one("article").all("a")} for page in (german, english))
    assert ways == {re.sub("^/en/", "/de/", way).replace("language=en", "language=de") for way in others}
    for way in sorted(way for way in ways | others if way.startswith("/")):
        assert visitor.get(way, follow_redirects=True).status_code == 200, way
    marks = [way for way in ways if way.startswith("#source-")]
    assert all(page.all("li", id=way[1:]) for way in marks for page in (german, english))
    known = {graph for language in ("de", "en") for graph in STORIES.story(name, language).graphs}
    assert all(visitor.get(f"/graph/{graph.removeprefix(GRAPH)}").status_code == 200 for graph in known)


@pytest.mark.parametrize(("name", "language"), TOURS)
def test_no_figure_is_typed_into_a_tour(name: str, language: str) -> None:
    text = next(find_bundle().stories.glob(f"*-{name}.{language}.md")).read_text("utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
    # The radius that a question is asked with is a choice, not a finding.
    assert not re.findall(r"\d+", re.sub(r"50 (Kilometern|kilometres)", "", prose))


def test_a_figure_leads_to_its_question_with_the_same_values(visitor: FlaskClient) -> None:
    page = Parsed(visitor.get("/de/stories/fachtag").text)
    figure = next(link for link in page.all("a", class_="figure") if "shown-at-event" in link.attributes["href"])
    answer = Parsed(visitor.get(figure.attributes["href"]).text)
    initiatives = {link.attributes["href"] for link in answer.one("tbody").all("a")}
    assert int(figure.text) == len([one for one in initiatives if "/initiative/" in one]) > 1


def test_tours_are_found_from_home_foot_and_sitemap(visitor: FlaskClient) -> None:
    home = Parsed(visitor.get("/de/").text)
    assert home.one("main").all("a", href="/de/stories") and home.one("footer").all("a", href="/de/stories")
    sitemap = visitor.get("/sitemap.xml").text
    assert all(f"/en/stories/{name}<" in sitemap for name in STORIES.names)
    assert visitor.get("/de/stories/nothing").status_code == 404


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[FlaskClient]:
    """A visitor to a release that has our ontology, and nothing of what the tours tell."""
    from pages_release import publish_world

    application = create_app(publish_world(tmp_path))
    yield application.test_client()
    application.extensions["sorgenetz"].engine.close()


def test_a_release_without_the_data_says_so_in_each_place(elsewhere: FlaskClient) -> None:
    page = elsewhere.get("/de/stories/fachtag")
    assert page.status_code == 200
    assert "Diese Veröffentlichung enthält darauf keine Antwort." in page.text and "nicht bekannt" in page.text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Two\nlines with `number no-such-question x`.\n", 6, "there is no question “no-such-question”"),
        ("`number shown-at-event colour`\n", 5, "neither a column nor a parameter “colour”"),
        ("`value shown-at-event`\n", 5, "expected is “number question column …”"),
        ("`value shown-at-event initiative event=nonsense`\n", 5, "nonsense"),
        ("```question name=shown-at-event view=cake\n```\n", 5, "there is no view “cake”"),
        ("```question name=shown-at-event most=many\n```\n", 5, "“most” needs a number"),
        ("```question name=shown-at-event columns\n```\n", 5, "without an equals sign"),
        ('```question name="shown-at-event\n```\n', 5, "a quotation mark is open"),
        ("x [](event:fachtag-essen-2025-12-01)\n", 5, "a link to a source has no words, any other has"),
        ("[x](graph:redaktion-high)\n", 5, "a link to a source has no words, any other has"),
        ("```question name=shown-examples view=map initiative=initiative:alia\n```\n", 5, "shows the whole answer"),
        ("```question name=shown-examples view=map\n```\n" * 2, 7, "a tour has one map at most"),
        ("[x](nowhere)\n", 5, "“nowhere” is neither a thing nor a page nor an address"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "1-broken.en.md"
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(BadStory) as raised:
        read_story(file, "broken", "en", LIBRARY)
    words = raised.value.text("en")
    assert f"In docs/stories/1-broken.en.md, line {line}:" in words and said in words


def test_a_broken_tour_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = find_bundle()
    (tmp_path / "1-broken.de.md").write_text("No title\n", "utf-8")
    monkeypatch.setattr(type(bundle), "stories", property(lambda self: tmp_path))
    with pytest.raises(BadStory):
        build(bundle, Home(tmp_path / "home"))


def test_html_in_a_tour_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "1-odd.en.md"
    file.write_text(HEAD + "<script>alert(1)</script>\n", "utf-8")
    assert not [token for token in read_story(file, "odd", "en", LIBRARY).tokens if token.type.startswith("html")]
