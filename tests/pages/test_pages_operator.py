"""What the operator says by settings: imprint, privacy, and where a barrier is reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from pages.parsed import Parsed
from sorgenetz.settings import Settings
from sorgenetz.web.services import Services

NAMES = {
    "imprint": "SORGENETZ_IMPRINT_FILE",
    "privacy": "SORGENETZ_PRIVACY_FILE",
    "accessibility": "SORGENETZ_FEEDBACK",
}


@pytest.fixture
def set_to(world: Flask, monkeypatch: pytest.MonkeyPatch):
    """Return how to read a page under settings of one's own."""

    def _read(path: str, **settings: str) -> Parsed:
        at: Services = world.extensions["sorgenetz"]
        monkeypatch.setitem(world.extensions, "sorgenetz", replace(at, settings=replace(at.settings, **settings)))
        return Parsed(world.test_client().get(path).text)

    return _read


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_filled_in_says_so_and_by_which_setting(read, name: str, language: str) -> None:
    assert NAMES[name] in read(f"/{language}/{name}").text


@pytest.mark.parametrize("name", ["imprint", "privacy"])
def test_the_file_of_the_operator_is_shown_and_its_html_stays_text(set_to, tmp_path: Path, name: str) -> None:
    file = tmp_path / "words.md"
    file.write_text(
        "# Verein für Sorge\n\nHaus 7\nMusterweg 1 <script>alert(1)</script> [x](javascript:alert(1))\n", "utf-8"
    )
    page = set_to(f"/de/{name}", **{f"{name}_file": str(file)})
    assert "Verein für Sorge" in [heading.text for heading in page.all("h2")] and len(page.all("h1")) == 1
    assert page.one("div", class_="operator").all("br")
    assert "<script>alert(1)</script>" in page.text and NAMES[name] not in page.text
    assert not [link for link in page.all("a") if link.attributes.get("href", "").startswith("javascript")]


def test_a_changed_file_is_shown_without_a_restart_and_without_a_stale_validator(set_to, world, tmp_path: Path) -> None:
    file = tmp_path / "words.md"
    file.write_text("Alt", "utf-8")
    assert "Alt" in set_to("/de/imprint", imprint_file=str(file)).text
    file.write_text("Neu", "utf-8")
    response = world.test_client().get("/de/imprint")
    assert "Neu" in response.text and "ETag" not in response.headers


def test_a_file_that_cannot_be_read_is_no_empty_imprint(set_to, tmp_path: Path) -> None:
    page = set_to("/de/imprint", imprint_file=str(tmp_path / "missing.md"))
    assert "SORGENETZ_IMPRINT_FILE steht, lässt sich nicht lesen" in page.text


@pytest.mark.parametrize(
    ("given", "href"),
    [
        ("hilfe@sorgenetz.example", "mailto:hilfe@sorgenetz.example"),
        ("https://sorgenetz.example/barriere", "https://sorgenetz.example/barriere"),
    ],
)
def test_a_barrier_is_reported_to_the_address_that_is_set(set_to, given: str, href: str) -> None:
    assert set_to("/de/accessibility", feedback=given).all("a", href=href)


@pytest.mark.parametrize("given", ["javascript:alert(1)", "a@b?cc=c@d", "Verein"])
def test_an_address_that_is_none_is_not_offered(set_to, given: str) -> None:
    page = set_to("/de/accessibility", feedback=given)
    assert "SORGENETZ_FEEDBACK" in page.text and "Barriere melden" not in page.text


def test_the_settings_come_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "imprint.md"
    file.write_text("Stadt Übermut", "utf-8")
    environment = {"SORGENETZ_IMPRINT_FILE": str(file), "SORGENETZ_FEEDBACK": "x@y.example"}
    settings = Settings.from_environment(environment, home=tmp_path)
    assert (settings.imprint_file, settings.feedback, settings.privacy_file) == (str(file), "x@y.example", "")


@pytest.mark.parametrize("language", ["de", "en"])
def test_plain_language_is_found_from_home_and_foot_and_its_sentences_are_short(read, language: str) -> None:
    home = read(f"/{language}/")
    assert home.one("main").all("a", href=f"/{language}/plain") and home.one("footer").all(
        "a", href=f"/{language}/plain"
    )
    main = read(f"/{language}/plain").one("main")
    sentences = [one for part in main.all("p") for one in part.text.replace("?", ".").replace(":", ".").split(".")]
    assert max(len(one.split()) for one in sentences) <= 16


def test_the_privacy_page_is_true_no_cookie_and_no_address_in_the_log(world: Flask, caplog) -> None:
    with caplog.at_level("DEBUG"):
        response = world.test_client().get("/de/sparql?query=ASK%20{}", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    assert "Set-Cookie" not in response.headers and response.headers["Referrer-Policy"] == "no-referrer"
    assert "203.0.113.77" not in caplog.text and len(world.extensions["sorgenetz-shares"]) == 0
