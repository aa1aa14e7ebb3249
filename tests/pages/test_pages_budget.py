"""How much a page costs the reader: the heaviest page of each kind on the published data, and the scripts it loads."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from site_pages import KINDS, SitePages

from pages.parsed import Parsed

WEB = Path(__file__).resolve().parents[2] / "service" / "sorgenetz" / "web"
KB = 1024
MOST_HTML = 30 * KB
MOST_SCRIPT = 60 * KB
# What has a larger share: the network of all actors is a picture, and the query page has an editor.
PICTURES = {"network": 40 * KB}
WITH_EDITOR = {"sparql": 160 * KB}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_heaviest_page_of_each_kind_is_light(published_pages: SitePages, kind: str, language: str) -> None:
    path = f"/{language}/{published_pages.heaviest(kind)}"
    page = published_pages.client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200, path
    assert packed(page.data) < PICTURES.get(kind, MOST_HTML), path
    scripts = re.findall(r'<script[^>]+src="([^"]+)"', page.text)
    assert scripts, "the front end is not built: run `make setup`"
    read = sum(packed((WEB / path.lstrip("/")).read_bytes()) for path in scripts)
    assert read < WITH_EDITOR.get(kind, MOST_SCRIPT), scripts


def test_a_place_with_many_initiatives_shows_some_and_leads_to_all(published_pages: SitePages) -> None:
    page = Parsed(published_pages.client.get("/de/country/DE").text)
    shown = len({link.attributes["href"] for link in page.all("a") if "/de/initiative/" in link.attributes["href"]})
    assert 50 < shown <= 100 and f"Die ersten {shown} sind gezeigt." in page.text
    assert page.all("a", href="/de/initiatives?place=country/DE")
    assert "Die ersten" not in published_pages.client.get("/de/kreis/05315").text


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 9))
