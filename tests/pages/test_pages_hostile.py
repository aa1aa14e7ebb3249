"""Names in the data may mean harm: none of them leaves its place on a page."""

from __future__ import annotations

import re

import pytest

PATHS = (
    "/de/initiative/hostile", "/en/initiative/hostile", "/de/initiatives", "/de/search?q=img", "/de/source/own",
    "/de/source/paper", "/de/initiative/nest",
    "/de/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D",
    "/de/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/de/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/de/thing?iri=javascript:alert(1)", "/de/thing?iri=https://x.example/%3Cscript%3E",
    "/de/questions?tag=%22%3E%3Cimg%20src=x%3E",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_element_comes_from_the_data(visitor, path: str) -> None:
    from pages.parsed import Parsed

    page = Parsed(visitor.get(path, headers={"Accept": "text/html"}).get_data(as_text=True))
    assert not page.all("img")
    loaded = [script for script in page.all("script") if not script.has("type", "application/ld+json")]
    assert all(script.has("type", "module") and not script.text for script in loaded)


@pytest.mark.parametrize("path", PATHS)
def test_no_link_leads_to_anything_but_http(visitor, path: str) -> None:
    html = visitor.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    targets = re.findall(r'(?:href|src|action)="([^"]*)"', html)
    assert targets and not [target for target in targets if not re.match(r"https?://|/(?!/)|#", target)]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_stands_inline_that_the_security_policy_would_stop(visitor, path: str) -> None:
    html = visitor.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", re.sub(r'"[^"]*"', '""', html))
    assert "<style" not in html


def test_a_template_in_a_name_is_a_name(read) -> None:
    assert "{{ 7*7 }}" in read("/de/initiative/hostile").text


def test_outward_links_give_nothing_away(read) -> None:
    links = [a for a in read("/de/initiative/nest").all("a") if a.attributes["href"].startswith("https://nest.example")]
    assert links and all(link.attributes["rel"] == "noopener noreferrer external" for link in links)
