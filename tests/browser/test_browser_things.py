"""Single things in the editor of the query page: offered by the names they have, and written as IRIs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.test_browser_editor import WAIT_MS, offered, query_of, ready, write


@pytest.fixture
def page(opened):
    return ready(opened("/de/sparql"))


@pytest.mark.parametrize("before", ["?x sn:locatedIn ", "VALUES ?x { ", "FILTER(?x = ", ""])
def test_a_thing_is_found_by_its_name_and_written_with_its_prefix(page, before: str) -> None:
    write(page, f"SELECT * WHERE {{\n  {before}")
    page.keyboard.type("municipality:musterd" if not before else "Musterd", delay=20)
    wanted = offered(page).filter(has_text="municipality:99001001")
    expect(wanted).to_contain_text("Musterdorf", timeout=WAIT_MS)
    expect(offered(page).first).to_contain_text("municipality:99001001")
    # A list that has just come up takes no key for a moment, so that nothing is taken by mistake.
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    assert "PREFIX municipality: <https://w3id.org/sorgenetz/id/municipality/>\n" in query_of(page)
    assert f"{before}municipality:99001001" in query_of(page)


@pytest.mark.parametrize("before", ["?x sn:in ", "VALUES ?x { ", "?x ?p ", "FILTER(?x = ", "OPTIONAL { ?x sn:in "])
def test_a_name_with_a_space_is_found_as_it_is_spoken(page, before: str) -> None:
    write(page, f"SELECT * WHERE {{\n  {before}")
    page.keyboard.type("Nest Süd", delay=20)
    expect(offered(page).filter(has_text="initiative:nest-sued")).to_be_visible(timeout=WAIT_MS)
    page.wait_for_timeout(150)
    offered(page).filter(has_text="initiative:nest-sued").click()
    assert f"\n  {before}initiative:nest-sued" in query_of(page)


def test_a_name_in_quotation_marks_becomes_the_thing_where_a_thing_has_to_stand(page) -> None:
    write(page, "SELECT * WHERE {\n  ?x sn:in ")
    page.keyboard.type('"Nest Süd', delay=20)
    expect(offered(page).filter(has_text="initiative:nest-sued")).to_be_visible(timeout=WAIT_MS)
    page.wait_for_timeout(150)
    offered(page).filter(has_text="initiative:nest-sued").click()
    assert re.search(r"\n  \?x sn:in initiative:nest-sued\s*\}?$", query_of(page))


def test_a_text_stays_a_text_where_one_may_stand(page) -> None:
    write(page, "SELECT * WHERE {\n  ?x rdfs:label ")
    page.keyboard.type('"Nest Süd', delay=20)
    page.wait_for_timeout(1500)
    expect(offered(page)).to_have_count(0)
    page.keyboard.type('"', delay=20)
    assert '?x rdfs:label "Nest Süd"' in query_of(page)


def test_no_single_thing_is_offered_as_a_class(page) -> None:
    write(page, "SELECT * WHERE { ?x a ")
    page.keyboard.type("Gemein", delay=20)
    expect(offered(page).first).to_contain_text("sn:Municipality", timeout=WAIT_MS)
    expect(offered(page).filter(has_text="municipality:")).to_have_count(0)
