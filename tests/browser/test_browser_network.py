"""Walking through the network by keyboard, and reading it where nothing can be drawn."""

from __future__ import annotations

import pytest
from conftest import serving
from network.conftest import publish_network

from browser.conftest import _opening


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
    assert page.url.endswith("/de/network?pin=organisation/chor")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Seite öffnen: Drei"
    again = opened_on_network("/de/network?pin=organisation/dorf")
    again.get_by_role("button", name="Durch das Netz gehen").click()
    again.get_by_role("application").wait_for()
    assert again.locator(".walk-said").inner_text() == "Nachbarschaft Dorf, Akteur:in, 2 Verbindungen"
    again.keyboard.press("o")
    again.get_by_role("heading", name="Netz um Dorf").wait_for()
