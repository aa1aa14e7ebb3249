"""The site as a whole: languages, lists, search, queries, words, and what machines read of it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader

from sorgenetz.library.registry import Library

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "service" / "sorgenetz" / "web"
PAGES = (
    "", "initiatives", "actors", "places", "barriers", "events", "publications", "findings", "programmes", "sources",
    "concepts", "quarters", "questions", "sparql", "search", "search?q=nest", "ontology", "about", "privacy", "imprint",
    "accessibility", "plain", "stories", "api", "initiative/nest", "scheme/roles", "role/carrier", "kreis/99001",
    "land/99", "country/DE", "organisation/verein", "participation/nest-carrier", "measure/nest-financial",
    "figure/nest-own",
)  # fmt: skip


def catalogue(language: str):
    with (WEB / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def words_used() -> set[str]:
    used = set()
    environment = Environment(extensions=["jinja2.ext.i18n"], loader=FileSystemLoader(WEB / "templates"))
    for template in (WEB / "templates").rglob("*.html"):
        for _, function, message in environment.extract_translations(template.read_text("utf-8")):
            # What pgettext names first is the context.
            used.add(message if isinstance(message, str) else message[function == "pgettext"])
    for module in WEB.rglob("*.py"):
        used.update(re.findall(r'\b(?:_|lazy_gettext)\(\s*"([^"]+)"', module.read_text("utf-8")))
        used.update(re.findall(r'pgettext\("tag", "([^"]+)"', module.read_text("utf-8")))
    return used


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_catalogues_hold_every_word_of_the_pages(language: str) -> None:
    texts = {(m.id[0] if m.pluralizable else m.id): m.string for m in catalogue(language) if m.id}
    missing = {word for word in words_used() if not texts.get(word)}
    empty = {word for word, text in texts.items() if not (all(text) if isinstance(text, tuple) else text)}
    assert not missing | empty


def test_no_catalogue_holds_a_word_that_no_page_uses() -> None:
    assert not {(m.id[0] if m.pluralizable else m.id) for m in catalogue("de") if m.id} - words_used()


def test_every_tag_of_a_question_has_a_german_word() -> None:
    tags = {tag for question in Library(ROOT / "queries").questions() for tag in question.tags}
    assert tags <= {m.id for m in catalogue("de") if m.context == "tag"}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages_and_points_to_its_twin(read, language: str, path: str) -> None:
    page = read(f"/{language}/{path}")
    other = "en" if language == "de" else "de"
    assert page.one("html").attributes["lang"] == language
    assert len(page.all("h1")) == 1 and page.one("main").attributes["id"] == "content"
    assert page.all("a", class_="skip", href="#content")
    assert page.one("nav", class_="languages").one("a").attributes["href"] == f"/{other}/{path}"
    assert "Stand: Veröffentlichung 1" in page.text or "As of release 1" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_headings_leave_out_no_level(read, path: str) -> None:
    levels = [int(h.tag[1]) for h in read(f"/de/{path}").all("") if re.fullmatch("h[1-6]", h.tag)]
    assert levels[0] == 1 and all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize(
    ("accepted", "home"), [("en-GB,en;q=0.9", "/en/"), ("fr", "/de/"), ("", "/de/"), ("de", "/de/")]
)
def test_the_start_leads_to_the_readers_language_german_if_in_doubt(visitor, accepted: str, home: str) -> None:
    response = visitor.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]


def test_a_long_list_comes_in_pages_that_hold_everything_once(read) -> None:
    seen = []
    for number in (1, 2, 3):
        page = read(f"/de/initiatives?page={number}")
        seen += [row.one("a").attributes["href"] for row in page.all("span", class_="row-title")]
    assert len(seen) == len(set(seen)) == 124
    assert "1 bis 50 von 124" in read("/de/initiatives").text
    assert read("/de/initiatives?page=2").one("nav", class_="paging").all("span", class_="here")[0].text == "Seite 2"


@pytest.mark.parametrize("query", ["Kümmernest", "kuemmernest", "KUMMERNEST", "ümmer"])
def test_search_finds_without_regard_to_capitals_and_umlauts(read, query: str) -> None:
    assert read(f"/de/search?q={query}").all("a", href="/de/initiative/nest")


def test_a_search_that_finds_nothing_helps(read) -> None:
    page = read("/de/search?q=xyzzy")
    assert "Nichts enthält „xyzzy“." in page.text and page.all("a", href="/de/places")


def test_a_page_is_not_sent_again_to_those_who_have_it(visitor) -> None:
    first = visitor.get("/de/initiative/nest")
    assert first.headers["ETag"] and first.headers["Sorgenetz-Release"]
    assert visitor.get("/de/initiative/nest", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert visitor.get("/en/initiative/nest", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_sitemap_lists_each_page_in_both_languages_with_its_twins(visitor) -> None:
    tree = ElementTree.fromstring(visitor.get("/sitemap.xml").data)
    places = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    for path in ("/de/", "/en/initiative/nest", "/de/barrier/language", "/de/about"):
        assert f"http://localhost{path}" in places
    assert len(places) == len(set(places))
    assert len(list(tree.iter("{http://www.w3.org/1999/xhtml}link"))) == 2 * len(places)
    assert "Sitemap: http://localhost/sitemap.xml" in visitor.get("/robots.txt").text


def test_our_own_iris_asked_as_anything_lead_to_their_page(visitor) -> None:
    response = visitor.get("/de/thing?iri=https%3A%2F%2Fw3id.org%2Fsorgenetz%2Fid%2Finitiative%2Fnest")
    assert (response.status_code, response.headers["Location"]) == (301, "/de/initiative/nest")


def test_built_files_may_be_kept_for_ever(visitor) -> None:
    found = re.search(r'href="(/static/built/[^"]+\.css)"', visitor.get("/de/").text)
    assert found, "the front end is not built: run `make setup`"
    with visitor.get(found[1]) as response:
        assert "immutable" in response.headers["Cache-Control"]


def test_pages_stay_whole_without_the_built_front_end(read, monkeypatch: pytest.MonkeyPatch) -> None:
    from sorgenetz.web import assets

    monkeypatch.setattr(assets, "_manifest", dict)
    page = read("/de/?bare")
    assert not page.all("script") and "Wer sorgt mit?" in page.text


@pytest.fixture
def foreign(tmp_path: Path):
    """A visitor to somebody else's data, which bring no ontology of ours."""
    from sorgenetz.publishing.plain_files import publish_files
    from sorgenetz.releases.chain import Home
    from sorgenetz.settings import Settings
    from sorgenetz.web.app import create_app

    file = tmp_path / "others.ttl"
    file.write_text(
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <https://example.org/> .\n"
        'ex:anna a foaf:Person ; foaf:name "Anna" ; foaf:knows ex:bob, [ foaf:name "x" ] . ex:bob a foaf:Person .\n'
    )
    publish_files([file], Home(tmp_path / "home"))
    app = create_app(Settings(home=tmp_path / "home"))
    yield app.test_client()
    app.extensions["sorgenetz"].engine.close()


def test_other_peoples_data_are_shown_by_class_and_by_thing(foreign) -> None:
    home = foreign.get("/de/").text
    assert "Dieser Datensatz" in home and "foaf:Person" in home and "others.ttl" in home
    assert "/de/initiatives" not in home and "CC BY" not in home
    listed = foreign.get("/de/thing?list=1&iri=http%3A%2F%2Fxmlns.com%2Ffoaf%2F0.1%2FPerson").text
    assert ">Anna</a>" in listed and ">bob</a>" in listed
    anna = foreign.get("/de/thing?iri=https%3A%2F%2Fexample.org%2Fanna").text
    assert "knows" in anna and "etwas ohne Namen" in anna and 'href="#source-1"' in anna
    assert foreign.get("/de/thing?iri=https%3A%2F%2Fexample.org%2Fnobody").status_code == 404


def test_a_question_is_asked_in_the_readers_language_with_names_for_parameters(read) -> None:
    asked = read("/en/questions/practices-for-barrier").one("form", action="/en/questions/practices-for-barrier")
    chosen = [option.text for option in asked.all("option") if "selected" in option.attributes]
    assert chosen == ["Language barrier", "en"]
    page = read("/de/questions/roles-of-a-municipality?municipality=Musterdorf")
    assert "municipality/99001001" in page.one("pre", **{"aria-label": "Abfrage"}).text and not page.all(
        "div", class_="fault"
    )


def test_the_questions_that_ask_by_a_term_are_listed(read) -> None:
    page = read("/de/questions?term=sn:lowersBarrier")
    assert page.all("a", href="/de/questions/practices-for-barrier") and not page.all(
        "a", href="/de/questions/care-roles"
    )


def test_the_columns_of_an_answer_are_named_in_the_readers_language(read) -> None:
    heads = [cell.text for cell in read("/de/questions/practices-for-barrier").all("th")]
    assert "Quelle" in heads and "Mittel" in heads and "carrierNames" not in heads


def test_a_question_with_a_value_of_another_type_says_what_is_expected(read) -> None:
    page = read("/de/questions/roles-of-a-municipality?municipality=Nirgendwo+hier", status=400)
    assert "Nirgendwo hier" in page.one("div", class_="fault").text


def test_before_the_first_release_pages_say_so_in_a_page(tmp_path: Path) -> None:
    from sorgenetz.settings import Settings
    from sorgenetz.web.app import create_app

    client = create_app(Settings(home=tmp_path)).test_client()
    response = client.get("/en/initiatives", headers={"Accept": "text/html"})
    assert response.status_code == 503 and "There is no answer just now" in response.text
    assert client.get("/robots.txt").status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("questions?tag=%3Cb%3E", "Kein Thema der Fragen heißt „<b>“"),
        ("questions?term=sn:nix", "Die Ontologie kennt keinen Begriff „sn:nix“"),
        ("questions?topic=barrier", "Die Adresse fragt nach „topic“"),
        ("practices?size=hut", "Keine Art von Ort heißt „hut“"),
        ("practices?barier=language", "Die Adresse fragt nach „barier“"),
    ],
)
def test_what_an_address_asks_for_and_nobody_knows_is_told(read, path: str, said: str) -> None:
    page = read(f"/de/{path}", 400)
    assert said in page.one("div", role="alert").text
    assert read(f"/de/{path.partition('?')[0]}").one("h1").text == page.one("h1").text
