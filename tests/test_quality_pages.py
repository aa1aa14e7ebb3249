"""The page about quality says what was found, on what, how much is known where, and has its data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages.parsed import Parsed
from quality_world import FINDINGS, MANY, publish_quality_world

from sorgenetz.insight.quality import sources_of
from sorgenetz.insight.quality_places import KNOWN, knowledge_of
from sorgenetz.insight.quality_view import AtRelease, series_of
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.shelf import Shelf
from sorgenetz.insight.thing import describe
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE, ID, SH
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.releases.report import Remark
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(publish_quality_world(tmp_path_factory.mktemp("quality")))
    yield application
    application.extensions["sorgenetz"].engine.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def reader(app: Flask) -> Reader:
    at = app.extensions["sorgenetz"]
    return Reader(at.engine, at.library, Shelf(), "de")


def text_of(client: FlaskClient, language: str) -> str:
    response = client.get(f"/{language}/quality", headers=PAGE)
    assert response.status_code == 200 and response.headers["Content-Language"] == language
    return response.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Fehler kann es hier nie geben", "Ein Ort fehlt.", "Nennen Sie einen Ort.", "nicht gezählt")),
        ("en", ("Errors can never be here", "A place is missing.", "Give a place.", "not counted")),
    ],
)  # fmt: skip
def test_the_page_says_what_was_found_in_the_readers_language(client: FlaskClient, language: str, words: tuple) -> None:
    text = text_of(client, language)
    Parsed(text)
    for one in words:
        assert one in text
    assert f'href="/{language}/initiative/bare"' in text
    assert '<dd class="number">0</dd>' in text and '<dd class="number">3</dd>' in text


def test_things_in_sentences_and_values_go_by_their_names(client: FlaskClient) -> None:
    text = text_of(client, "de")
    assert "Die Barriere „Sprachliche Barriere“ („x“) senkt niemand." in text
    assert ID + "barrier/language" not in text


def test_words_of_data_are_never_markup(client: FlaskClient) -> None:
    text = text_of(client, "de")
    assert "<b>kühn</b>" not in text and "&lt;b&gt;kühn" in text
    assert "<img src=x" not in text and "<Bericht>" not in text


def test_a_rule_with_very_many_findings_lists_the_first_and_says_so(client: FlaskClient) -> None:
    text = text_of(client, "de")
    assert f"{MANY} Dinge" in text and "195 weitere" in text and "Die übrigen stehen im Bericht" in text


def test_what_is_known_agrees_with_the_pages_of_the_initiatives(reader: Reader) -> None:
    known = knowledge_of(reader, ())
    nest = describe(reader, ID + "initiative/nest")
    alone = {
        row["initiative"].value: {name for name in KNOWN if row[name].value == "true"}
        for row in reader.ask("quality-initiatives")
    }
    assert known.all.initiatives == len(alone) == 124
    for name in ("nest", "nest-sued", "bare", "hostile"):
        thing = describe(reader, f"{ID}initiative/{name}")
        assert set(KNOWN) - alone[ID + f"initiative/{name}"] == set(thing.unknown) & set(KNOWN)
    assert nest is not None and "carrier" in alone[ID + "initiative/nest"]


def test_a_warning_on_what_belongs_to_an_initiative_counts_in_its_kreis(reader: Reader, app: Flask) -> None:
    from sorgenetz.releases.report import read_report

    remarks = read_report(app.extensions["sorgenetz"].engine.release.folder)
    assert len(remarks) == len(FINDINGS)
    [land] = knowledge_of(reader, remarks).lands
    [kreis] = land.kreise
    assert (kreis.kreis.label, kreis.group.initiatives, kreis.group.warnings) == ("Kreis Musterau", 2, 1)
    assert kreis.group.known["place"] == 1, "of one only the Kreis is known"
    assert land.all_kreise == 1


def test_a_finding_counts_with_the_sources_that_say_something_of_the_thing(client: FlaskClient) -> None:
    text = text_of(client, "de")
    sources = text[text.index('id="sources"') : text.index('id="releases"')]
    assert "Eigene Seite des Nests" in sources and "Hörensagen" not in sources


def test_warnings_of_the_release_before_stand_beside_those_of_today_by_kreis_and_by_source(reader: Reader) -> None:
    before = [Remark("Warning", f"{ID}measure/nest-financial", "s", "", "") for _ in range(3)]
    [kreis] = knowledge_of(reader, (), before).lands[0].kreise
    assert (kreis.group.warnings, kreis.group.before) == (0, 3)
    assert knowledge_of(reader, ()).lands[0].kreise[0].group.before is None
    sources, _, _ = sources_of(reader, before, before)
    assert sources and all(one.before == one.warnings == 3 for one in sources)
    assert all(one.before is None for one in sources_of(reader, before)[0])


def test_all_releases_of_the_chain_are_drawn_and_listed(client: FlaskClient) -> None:
    text = text_of(client, "en")
    releases = text[text.index('id="releases"') :]
    assert releases.count('<th scope="row">') == 2 and "2 releases" in releases
    assert releases.count("<svg") == 4


def test_a_number_that_nobody_counted_is_left_out_of_the_picture() -> None:
    rows = [AtRelease(n, "", "", "", {"things": value}) for n, value in enumerate((None, 5, 10))]
    series = series_of("things", rows)
    assert series and len(series.points) == 2 and (series.first, series.latest) == (5, 10)
    assert series.points[0][0] == 120.0
    assert series_of("sources", rows) is None
    assert series_of("things", [AtRelease(1, "", "", "", {"things": 0})]).points == ((5.0, 67),)


def test_people_are_led_to_the_page_and_programs_get_the_report(client: FlaskClient) -> None:
    led = client.get("/quality", headers={**PAGE, "Accept-Language": "en"})
    assert (led.status_code, led.headers["Location"]) == (303, "/en/quality")
    assert client.get("/quality", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/quality.csv").status_code == 404
    direct = client.get("/quality", headers={"Accept": "application/ld+json"})
    assert direct.mimetype == "application/ld+json" and direct.headers["Content-Location"] == "/quality.jsonld"


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt", "rdf"])
def test_the_report_is_shacl_and_tied_to_the_dataset_in_every_format(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/quality.{ending}")
    store = ox.Store()
    store.load(response.data, format=ox.RdfFormat.from_media_type(response.mimetype))
    report = ox.NamedNode(BASE + "quality")
    assert len(list(store.quads_for_pattern(report, ox.NamedNode(SH + "result"), None))) == len(FINDINGS)
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(SH + "focusNode"), None))) == len(FINDINGS)
    assert list(store.quads_for_pattern(ox.NamedNode(BASE + "dataset"), None, report))
    again = client.get(f"/quality.{ending}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_page_is_in_footer_and_sitemap_and_kept_by_its_tag(client: FlaskClient) -> None:
    assert 'href="/de/quality"' in client.get("/de/").text
    assert "/en/quality<" in client.get("/sitemap.xml").text
    tag = client.get("/de/quality").headers["ETag"]
    assert client.get("/de/quality", headers={"If-None-Match": tag}).status_code == 304


def test_other_peoples_data_have_no_page_about_quality(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    publish_files([tmp_path / "a.ttl"], Home(tmp_path / "home"))
    app = create_app(Settings(home=tmp_path / "home"))
    with app.test_client() as client:
        for path in ("/de/quality", "/quality.ttl"):
            assert client.get(path).status_code == 404
    app.extensions["sorgenetz"].engine.close()


def test_a_release_that_met_no_gate_says_so(tmp_path: Path) -> None:
    settings = publish_quality_world(tmp_path)
    home = Home(settings.home)
    home.point_to(home.all()[0].name)
    app = create_app(settings)
    text = text_of(app.test_client(), "de")
    assert "Diese Veröffentlichung hat niemand geprüft." in text and "Fehler kann es" not in text
    app.extensions["sorgenetz"].engine.close()


def test_the_queries_of_the_page_run_as_they_stand(app: Flask, reader: Reader) -> None:
    library: Library = app.extensions["sorgenetz"].library
    names = [page.name for page in library.pages() if page.name.startswith("quality-")]
    assert len(names) == 6
    for name in names:
        reader.ask(name)
