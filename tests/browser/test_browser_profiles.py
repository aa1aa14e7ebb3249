"""What pages tell machines, in a real browser: read as data, never run, no complaint of the security policy."""

from __future__ import annotations

import json

import pytest

DATA = 'script[type="application/ld+json"]'
COLLECT = """document.addEventListener('securitypolicyviolation',
    event => (window.stopped ??= []).push(event.violatedDirective))"""


@pytest.mark.parametrize("thing", ["nest", "hostile"])
def test_the_data_in_a_page_are_read_and_not_run(opened, thing: str) -> None:
    page = opened(f"/de/initiative/{thing}")
    page.context.add_init_script(COLLECT)
    page.reload()
    assert page.evaluate("window.stopped ?? []") == []
    assert page.locator(DATA).count() == 1
    tree = json.loads(page.locator(DATA).text_content())
    assert tree["@id"].endswith(f"/initiative/{thing}") and tree["@type"] == "Project"
    assert " ".join(tree["name"].split()) == " ".join(page.locator("h1").text_content().split())


def test_a_script_in_the_page_itself_would_be_stopped_and_noticed(chromium, site: str) -> None:
    context = chromium.new_context()
    context.add_init_script(COLLECT)
    page = context.new_page()
    page.goto(f"{site}/de/initiative/nest")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.wait_for_function("window.stopped?.length")
    assert page.evaluate("window.ran") is None and page.evaluate("window.stopped") == ["script-src-elem"]
    context.close()
