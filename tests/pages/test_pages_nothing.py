"""Where there is nothing, the address that was asked is named, everywhere in the same words, whatever it holds."""

from __future__ import annotations

import pytest

NOWHERE = (
    "/de/nix", "/en/nix", "/nix", "/de/initiative/nix", "/doc/initiative/nix.ttl", "/id/initiative/nix", "/doc/nix/nix",
    "/de/thing?iri=urn:nix", "/de/thing", "/de/gaps/cell?place=kreis/1&term=x", "/de/gaps", "/de/questions/nix",
    "/de/questions/nix.rq", "/api/questions/nix", "/de/stories/nix", "/de/q/nix", "/q/nix.bib", "/graph/nix.ttl",
    "/ontology/nix", "/problem/nix", "/sitemap-9.xml", "/static/nix", "/dumps/nix/nix", "/de/kreis/nix/at-a-glance",
    "/de/kreis/nix/alike", "/de/network/organisation/nix", "/de/network/x/y",
)  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_with_nothing_is_named_as_it_was_asked(visitor, path: str) -> None:
    in_english = path.startswith("/en/")
    said = f"There is nothing at {path} here." if in_english else f"Unter {path} gibt es hier nichts."
    answer = visitor.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404 and said.replace("&", "&amp;") in answer.text
    problem = visitor.get(path, headers={"Accept": "application/problem+json, text/html;q=0.1"})
    assert said in (problem.get_json()["detail"] if problem.is_json else problem.text)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{7*7}}", "a" * 3_000])
@pytest.mark.parametrize("path", ["/de/{}", "/de/initiative/{}", "/de/kreis/{}/alike", "/de/thing?iri={}", "/q/{}"])
def test_what_is_named_is_text_and_short(visitor, path: str, hostile: str) -> None:
    answer = visitor.get(path.format(hostile), headers={"Accept": "text/html"})
    main = answer.text.partition("<main")[2].partition("<form")[0]
    assert answer.status_code == 404 and "gibt es hier nichts." in main
    assert "<script" not in main and "<img" not in main and len(main) < 2_000
    assert "a" * 300 not in main and ("{{7*7}}" in main or "7*7" not in hostile)
