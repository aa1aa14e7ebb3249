"""Every kind of page of the sitemap, and every view of the explorer, in both languages and colour schemes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from site_pages import KINDS, SitePages

from browser.looking import Tab, faults, tab_on

VIEWS = (
    "initiatives?lowersBarrier=language&view=table", "initiatives?place=land/05&view=map",
    "initiatives?place=kreis/05315&view=text", "initiatives?place=kreis/05513&view=map&embed=1",
    "gaps/cell?columns=lowersBarrier&place=kreis/05513&term=barrier/language",
    "practices?barrier=language&group=refugees&size=city", "search", "search?q=Nachbarschaftshilfe",
    "brief?place=kreis/05513", "municipality/05315000/at-a-glance?km=10", "municipality/01051001/at-a-glance",
    "municipality/05513000/alike", "compare?place=05315000&place=05513000&place=land/05&place=Neustadt",
    "network/organisation/kda?steps=2&year=2020&pin=organisation/stadt-koeln",
    "paths?from=organisation/kda&to=organisation/stadt-essen",
)  # fmt: skip
LANGUAGES = ("de", "en")


@pytest.fixture(scope="module")
def tabs(chromium, site: str, real_site: str) -> Iterator[list[Tab]]:
    """A tab for each language on the published data; `site` makes sure that the front end is built."""
    with ExitStack() as opened:
        yield [opened.enter_context(tab_on(chromium, real_site)) for _ in LANGUAGES]


def test_the_kinds_are_those_of_the_sitemap(published_pages: SitePages) -> None:
    assert set(KINDS) == set(published_pages.paths)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_is_for_everyone_and_asks_nobody_else(tabs, published_pages: SitePages, kind: str) -> None:
    assert not faults(tabs, [f"/{language}/{published_pages.most_varied(kind)}" for language in LANGUAGES])


@pytest.mark.parametrize("path", VIEWS)
def test_each_view_of_the_explorer_is_for_everyone_and_asks_nobody_else(tabs, path: str) -> None:
    assert not faults(tabs, [f"/{language}/{path}" for language in LANGUAGES])
