"""Things that were in an earlier release: gone is 410 with what it was and the way on, merged is 301."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import thin
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app

PREFIXES = """@prefix sn: <https://w3id.org/sorgenetz/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix i: <https://w3id.org/sorgenetz/id/initiative/> .
"""
STAYS = 'i:stays a sn:Initiative ; rdfs:label "Bleibt"@de .\n'
FIRST = (
    STAYS
    + """
i:lost a sn:Initiative ; rdfs:label "Lost"@en, "Verloren <b>"@de .
i:double a sn:Initiative ; rdfs:label "Doppelt"@de .
i:twin a sn:Initiative ; rdfs:label "Zwilling"@de .
i:back a sn:Initiative ; rdfs:label "Zurück"@de .
i:german a sn:Initiative ; rdfs:label "Nur \\"deutsch\\""@de .
i:nameless a sn:Initiative .
"""
)
SECOND = STAYS + "i:double dct:isReplacedBy i:twin . i:twin owl:sameAs i:stays . i:ring owl:sameAs i:ring ."
THIRD = SECOND + 'i:back a sn:Initiative ; rdfs:label "Zurück"@de .\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("departed")
    found = Home(folder / "home")
    for text in (FIRST, SECOND, THIRD):
        (folder / "data.ttl").write_text(PREFIXES + text, "utf-8")
        publish_files([folder / "data.ttl"], found)
    return found


@pytest.fixture(scope="module")
def visitor(home: Home) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=home.path))
    yield app.test_client()
    app.extensions["sorgenetz"].engine.close()


@pytest.mark.parametrize("path", ["/id/initiative/lost", "/doc/initiative/lost", "/doc/initiative/lost.ttl"])
def test_what_is_gone_says_what_it_was_and_which_release_had_it(visitor: FlaskClient, home: Home, path: str) -> None:
    response = visitor.get(path, headers={"Accept": "text/turtle, application/problem+json;q=0.5"})
    first = home.all()[0]
    assert response.status_code == 410 and response.mimetype == "application/problem+json"
    assert response.json["type"].endswith("/problem/thing-gone") and response.json["release"] == first.name
    assert "„Verloren <b>“ (Initiative) stand bis zur Veröffentlichung 1" in response.json["detail_de"]
    assert "“Lost” (Initiative) was in the graph up to release 1" in response.json["detail_en"]


@pytest.mark.parametrize(
    ("language", "way", "name"),
    [("de", "Suchen Sie nach dem Namen", "Verloren &lt;b&gt;"), ("en", "Search for the name", "Lost")],
)
def test_the_page_of_what_is_gone_leads_on(visitor: FlaskClient, language: str, way: str, name: str) -> None:
    page = visitor.get(f"/{language}/initiative/lost", headers={"Accept": "text/html"})
    assert page.status_code == 410 and way in page.text
    assert f'value="{name}"' in page.text and "Verloren <b>" not in page.text


@pytest.mark.parametrize(
    ("thing", "name"),
    [("german", "Nur &#34;deutsch&#34;"), ("nameless", "https://w3id.org/sorgenetz/id/initiative/nameless")],
)
def test_what_has_no_english_name_is_shown_by_the_one_it_had(visitor: FlaskClient, thing: str, name: str) -> None:
    page = visitor.get(f"/en/initiative/{thing}", headers={"Accept": "text/html"})
    assert page.status_code == 410 and f'value="{name}"' in page.text


def test_the_page_leads_to_the_file_of_the_release_while_it_is_kept(visitor: FlaskClient, home: Home) -> None:
    assert 'href="/de/dataset"' in visitor.get("/de/initiative/lost", headers={"Accept": "text/html"}).text
    first = home.all()[0]
    (first.folder / "dumps").mkdir()
    (first.folder / "dumps" / "sorgenetz.nq.gz").touch()
    page = visitor.get("/de/initiative/lost", headers={"Accept": "text/html"})
    assert f'href="/dumps/{first.name}/sorgenetz.nq.gz"' in page.text


def test_what_never_was_is_404(visitor: FlaskClient) -> None:
    for path in ("/id/initiative/never", "/doc/initiative/never.ttl", "/de/initiative/never"):
        assert visitor.get(path).status_code == 404


def test_what_came_back_is_there_again(visitor: FlaskClient) -> None:
    assert visitor.get("/id/initiative/back").status_code == 303


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/id/initiative/double", "/id/initiative/stays"),
        ("/id/initiative/twin?_profile=schema", "/id/initiative/stays?_profile=schema"),
        ("/doc/initiative/double.ttl", "/doc/initiative/stays.ttl"),
        ("/de/initiative/double", "/de/initiative/stays"),
    ],
)
def test_what_was_merged_leads_to_what_it_became(visitor: FlaskClient, path: str, target: str) -> None:
    response = visitor.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, target)


def test_what_was_merged_into_itself_leads_nowhere(visitor: FlaskClient) -> None:
    assert visitor.get("/id/initiative/ring").status_code != 301


def test_a_release_that_is_kept_as_changes_only_still_tells(home: Home) -> None:
    thin(home, 1)
    app = create_app(Settings(home=home.path))
    assert app.test_client().get("/id/initiative/lost").status_code == 410
    app.extensions["sorgenetz"].engine.close()
