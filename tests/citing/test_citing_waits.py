"""Who comes back to an answer whose release has to be rebuilt is told so at once, and has the answer afterwards."""

from __future__ import annotations

import gzip
import shutil
import time
from multiprocessing import active_children

from flask.testing import FlaskClient
from pages.parsed import Parsed
from werkzeug.test import TestResponse as Response

from citing.slow_disk import thin_on_a_slow_disk
from citing.test_citing import as_json, back_to, cite
from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import REBUILT


def seen(client: FlaskClient, address: str) -> Response:
    return client.get(address, headers={"Accept": "text/html"})


def answer_of(client: FlaskClient, address: str, status: int) -> str:
    """Return the page when it has no longer to be waited for."""
    end = time.monotonic() + 60
    while (answer := seen(client, address)).status_code == 202 and time.monotonic() < end:
        continue
    assert answer.status_code == status
    return answer.text


def test_a_page_says_that_its_release_is_being_rebuilt_and_then_has_the_answer(client: FlaskClient, home: Home) -> None:
    back_to(home, 1)
    address = cite(client, language="de")
    back_to(home, 3)
    let_go, before = thin_on_a_slow_disk(home), active_children()
    for _ in range(2):
        waiting = seen(client, address)
        assert waiting.status_code == 202
        assert waiting.headers["Retry-After"] == "2" and waiting.headers["Cache-Control"] == "no-store"
        page = Parsed(waiting.text)
        assert page.one("noscript").one("meta").attributes == {"http-equiv": "refresh", "content": "2"}
        notice = page.one("div", class_="notice")
        assert notice.all("progress") and "aus ihnen wird sie gerade wiederhergestellt" in notice.text
        assert "@misc{sorgenetz-000001-" in page.text, "what is known of it is shown"
    assert [one for one in active_children() if one not in before], "others are answered meanwhile"
    let_go()
    while not list(home.path.glob(f"{REBUILT}/0*")):
        time.sleep(0.05)
    answer = answer_of(client, address, 200)
    assert "wieder dieselbe Antwort" in answer and "<progress" not in answer
    assert as_json(client, address)["holds"]
    # What was rebuilt gives way to others; who comes then is told as the first one was.
    shutil.rmtree(home.path / REBUILT)
    let_go = thin_on_a_slow_disk(home)
    assert seen(client, address).status_code == 202
    let_go()
    assert answer_of(client, address, 200) and seen(client, address).status_code == 200


def test_one_who_waits_for_what_cannot_be_rebuilt_is_told_that(client: FlaskClient, home: Home) -> None:
    back_to(home, 1)
    address = cite(client, language="de")
    back_to(home, 3)
    let_go = thin_on_a_slow_disk(home)
    assert seen(client, address).status_code == 202
    let_go(gzip.compress(b"<urn:another> <urn:p> <urn:one> .\n"))
    assert "von ihren Änderungen fehlt ein Teil" in answer_of(client, address, 410)
