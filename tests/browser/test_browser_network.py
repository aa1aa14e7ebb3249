"""Walking through the network by keyboard, and reading it where nothing can be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import serving
from network.conftest import publish_network

from browser.conftest import _opening

NAMES = Path(__file__).parents[2] / "service/frontend/scripts/network/names.js"
PLACED = """async source => {
  const { Names } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const names = new Names(300);
  names.take(100, 0, 140, 20);
  return [[20, 40], [90, 44], [80, 40], [85, 10], [290, 80]].map(([x, y]) => names.beside({ x, y, size: 5 }, 60));
}"""


@pytest.fixture(scope="module")
def network_site(tmp_path_factory, site: str):
    """The address of a server over the small network; `site` makes sure that the front end is built."""
    with serving(publish_network(tmp_path_factory.mktemp("walked"))) as server:
        yield server.address


@pytest.fixture
def opened_on_network(chromium, network_site: str):
    yield from _opening(chromium, network_site)


def test_the_network_is_walked_by_keyboard_and_tells_where_one_is(opened_on_network) -> None:
    page = opened_on_network("/de/network", reduced_motion="reduce")
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(one => /network-/.test(one.name)).length") == 0
    )
    page.get_by_role("button", name="Durch das Netz gehen").focus()
    page.keyboard.press("Enter")
    canvas = page.get_by_role("application", name="Netz zum Durchgehen")
    canvas.wait_for()
    said = page.locator(".walk-said")
    assert said.inner_text() == "Nachbarschaft Chor, Akteur:in, 3 Verbindungen"
    assert canvas.evaluate("element => element === document.activeElement")
    heard = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowRight", "Enter", "p", "ArrowUp"):
        page.keyboard.press(key)
        heard.append(said.inner_text())
    assert heard == [
        "Nachbar 1 von 3: Drei, Initiative, Träger, 2 Verbindungen",
        "Nachbar 2 von 3: Sechs, Initiative, Kooperationspartner, 2 Verbindungen",
        "Nachbar 1 von 3: Drei, Initiative, Träger, 2 Verbindungen",
        "Nachbarschaft Drei, Initiative, 2 Verbindungen",
        "Nachbar 1 von 2: Chor, Akteur:in, Träger, 3 Verbindungen",
        "Nachbarschaft Chor, Akteur:in, 3 Verbindungen",
        "Chor: angeheftet",
        "Nachbarschaft Drei, Initiative, 2 Verbindungen",
    ]
    assert page.url.endswith("/de/network?walk=initiative/three&pin=organisation/chor")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Seite öffnen: Drei"
    again = opened_on_network("/de/network?pin=organisation/dorf")
    again.get_by_role("button", name="Durch das Netz gehen").click()
    again.get_by_role("application").wait_for()
    assert again.locator(".walk-said").inner_text() == "Nachbarschaft Dorf, Akteur:in, 2 Verbindungen"
    again.keyboard.press("o")
    again.get_by_role("heading", name="Netz um Dorf").wait_for()


def test_a_walk_is_in_the_address_and_goes_on_after_reload_back_filter_and_language(opened_on_network) -> None:
    page = opened_on_network("/de/network", reduced_motion="reduce")

    def stands_at(words: str, query: str) -> None:
        page.locator(".walk-said", has_text=words).wait_for()
        assert page.url.partition("#")[0].partition("?")[2] == query

    page.get_by_role("button", name="Durch das Netz gehen").click()
    stands_at("Nachbarschaft Chor", "walk=organisation/chor")
    for key in ("ArrowRight", "Enter", "ArrowRight", "ArrowRight", "Enter", "p"):
        page.keyboard.press(key)
    stands_at("Dorf: angeheftet", "walk=organisation/dorf&pin=organisation/dorf")
    page.reload()
    stands_at("Nachbarschaft Dorf", "walk=organisation/dorf&pin=organisation/dorf")
    assert page.evaluate("document.activeElement === document.body")
    page.go_back()
    stands_at("Nachbarschaft Dorf", "walk=organisation/dorf")
    page.go_back()
    stands_at("Nachbarschaft Drei", "walk=initiative/three")
    page.go_forward()
    page.go_forward()
    stands_at("Nachbarschaft Dorf", "walk=organisation/dorf&pin=organisation/dorf")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowUp")
    stands_at("Nachbarschaft Drei", "walk=initiative/three&pin=organisation/dorf")
    page.get_by_label("Fördernde mitzählen").check()
    page.get_by_role("button", name="Anwenden").click()
    kept = "walk=initiative/three&year=&funding=1&pin=organisation/dorf"
    page.wait_for_url("**funding=1**")
    stands_at("Nachbarschaft Drei", kept)
    page.get_by_role("link", name="English").click()
    stands_at("Neighbourhood Drei", kept)
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Works with").click(button="middle")
    opening.value.locator(".walk-said", has_text="Neighbourhood Drei").wait_for()
    page.get_by_role("link", name="Works with").click()
    page.wait_for_url("**sort=with**")
    stands_at("Neighbourhood Drei", "funding=1&walk=initiative/three&sort=with&pin=organisation/dorf")


def test_a_name_in_the_picture_stands_right_or_left_of_its_node_or_nowhere(chromium) -> None:
    page = chromium.new_page()
    right, beside, nowhere, left_of_what_is_taken, left_of_the_edge = page.evaluate(PLACED, NAMES.read_text("utf-8"))
    assert (right, beside, nowhere, left_of_what_is_taken, left_of_the_edge) == (28, 98, None, 17, 222)
    page.close()
