"""The addresses of the dataset: negotiation, the page, dumps that never change, and the way on when one is gone."""

from __future__ import annotations

import shutil
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from described import BASE_URL, client_of
from flask.testing import FlaskClient
from small_release import small_release

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.dump_files import ALL

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return small_release(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def client(release: Release) -> Iterator[FlaskClient]:
    with client_of(release.folder.parent.parent) as client:
        yield client


def test_a_format_that_is_not_there_is_406_with_the_list(client: FlaskClient) -> None:
    for path, offered in (("/.well-known/void", 4), ("/dataset", 5)):
        response = client.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert len(response.json["offered"]) == offered
        assert "text/turtle" in response.json["offered"]


def test_void_is_sent_directly_also_to_a_browser(client: FlaskClient) -> None:
    response = client.get("/.well-known/void", headers=PAGE)
    assert response.status_code == 200 and response.mimetype == "text/turtle"
    assert "Accept" in response.vary
    assert 'rel="describes"' in response.headers["Link"]


def test_people_are_led_to_the_page_in_their_language(client: FlaskClient) -> None:
    for language, expected in (("de", "/de/dataset"), ("en-GB, de;q=0.5", "/en/dataset"), ("fr", "/de/dataset")):
        response = client.get("/dataset", headers={**PAGE, "Accept-Language": language})
        assert (response.status_code, response.headers["Location"]) == (303, expected)
        assert {name.lower() for name in response.vary} == {"accept", "accept-language"}


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt", "rdf"])
def test_the_catalogue_has_an_address_for_each_format(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/dataset.{ending}")
    assert response.status_code == 200
    assert response.headers["Content-Location"] == f"/dataset.{ending}"
    assert client.head(f"/dataset.{ending}").headers["Content-Length"] == str(len(response.data))


def test_the_catalogue_has_no_address_for_other_formats(client: FlaskClient) -> None:
    assert client.get("/dataset.csv").status_code == 404


@pytest.mark.parametrize("path", ["/.well-known/void", "/dataset.ttl", "/de/dataset"])
def test_what_a_client_holds_is_not_sent_again(client: FlaskClient, path: str, release: Release) -> None:
    first = client.get(path)
    assert first.headers["Sorgenetz-Release"] == release.name
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_lists_files_citation_notes_and_counts(client: FlaskClient, release: Release, language: str) -> None:
    response = client.get(f"/{language}/dataset", headers=PAGE)
    assert response.status_code == 200 and response.headers["Content-Language"] == language
    text = response.text
    for name, about in release.manifest["dumps"].items():
        assert f'href="/dumps/{release.name}/{name}"' in text and about["sha256"] in text
    assert release.name in text and "https://w3id.org/sorgenetz/dataset" in text and "@misc{" in text
    assert f"{BASE_URL}/dumps/current/" in text
    assert "GeoNames (CC BY 4.0)" in text
    assert {"de": "© GeoBasis-DE / BKG 2017, verändert", "en": "© GeoBasis-DE / BKG 2017, modified"}[language] in text
    assert "sn:Municipality" in text and "https://sws.geonames.org/" in text
    assert {"de": "Datensatz", "en": "Dataset"}[language] in text
    assert f'<th scope="col">{ {"de": "Klasse", "en": "Class"}[language] }</th>' in text


def test_both_catalogues_have_all_words_of_the_page(client: FlaskClient) -> None:
    german = client.get("/de/dataset", headers=PAGE).text
    for english in ("Files", "Size", "Content", "Note to show", "What it holds", "For programs", "Things", "Links"):
        assert f">{english}<" not in german


@pytest.mark.parametrize("dump", ALL, ids=lambda dump: dump.name)
def test_a_dump_is_whole_named_by_its_hash_and_may_be_kept_for_good(
    client: FlaskClient, release: Release, dump: object
) -> None:
    path = f"/dumps/{release.name}/{dump.name}"
    response = client.get(path, buffered=True)
    digest = sha256(response.data).hexdigest()
    assert response.status_code == 200
    assert response.content_type.split(";")[0] == dump.content_type
    assert response.headers["ETag"] == f'"{digest}"'
    assert response.headers["Content-Length"] == str(len(response.data))
    assert "Content-Encoding" not in response.headers
    assert {"public", "immutable", "max-age=31536000"} <= set(response.headers["Cache-Control"].split(", "))
    stated = response.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
    assert b64decode(stated).hex() == digest
    head = client.head(path, buffered=True)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == response.headers["Content-Length"]
    again = client.get(path, headers={"If-None-Match": f'"{digest}"'}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_current_leads_to_the_file_of_the_served_release(client: FlaskClient, release: Release) -> None:
    response = client.get("/dumps/current/sorgenetz.nq.gz")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/dumps/{release.name}/sorgenetz.nq.gz"
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_dump_of_a_release_that_is_gone_is_404_with_the_way_on(client: FlaskClient) -> None:
    path = "/dumps/000099-0123456789abcdef/sorgenetz.nq.gz"
    page = client.get(path, headers={**PAGE, "Accept-Language": "de"})
    assert page.status_code == 404 and page.mimetype == "text/html"
    assert "/dumps/current/sorgenetz.nq.gz" in page.text and "/de/dataset" in page.text
    assert page.headers["Link"] == '</dumps/current/sorgenetz.nq.gz>; rel="latest-version"'
    problem = client.get(path, headers={"Accept": "application/json", "Accept-Language": "en"}).json
    assert problem["status"] == 404 and "/dumps/current/sorgenetz.nq.gz" in problem["remedy"]


def test_a_file_that_was_lost_from_its_release_is_404_too(release: Release, tmp_path: Path) -> None:
    shutil.copytree(release.folder.parent.parent, tmp_path / "home")
    (tmp_path / "home" / "releases" / release.name / "dumps" / "sorgenetz.nq.gz").unlink()
    with client_of(tmp_path / "home") as client:
        assert client.get(f"/dumps/{release.name}/sorgenetz.nq.gz").status_code == 404
        assert client.get(f"/dumps/{release.name}/SHA256SUMS", buffered=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/current/manifest.json", "/dumps/{release}/manifest.json", "/dumps/{release}/..%2Fmanifest.json",
        "/dumps/%2E%2E/manifest.json", "/dumps/000001/sorgenetz.nq.gz", "/dumps/" + "a" * 5000 + "/sorgenetz.nq.gz",
        "/dumps/{release}%00/sorgenetz.nq.gz", "/dumps/.unfinished-1/sorgenetz.nq.gz",
    ],
)  # fmt: skip
def test_nothing_but_dumps_is_sent(client: FlaskClient, release: Release, path: str) -> None:
    assert client.get(path.format(release=release.name), follow_redirects=True).status_code == 404


def test_a_dataset_of_other_files_has_a_page_but_claims_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    publish_files([tmp_path / "a.ttl"], Home(tmp_path / "home"))
    with client_of(tmp_path / "home") as client:
        assert client.get("/.well-known/void").status_code == 404
        assert client.get("/dataset.ttl").status_code == 404
        assert client.get("/dumps/current/sorgenetz.nq.gz").status_code == 404
        assert client.get("/en/dataset", headers=PAGE).status_code == 200
