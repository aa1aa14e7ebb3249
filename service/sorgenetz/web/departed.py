"""Addresses of things that are there no more: what was merged leads on, what is gone says what it was."""

from __future__ import annotations

from flask import current_app

from sorgenetz.errors import SorgenetzError
from sorgenetz.names import ID
from sorgenetz.releases.chain import Home
from sorgenetz.releases.departed import ThingGone, departed
from sorgenetz.web.pages import reader
from sorgenetz.web.problems import nothing_here, shown
from sorgenetz.web.services import services
from sorgenetz.web.wording import date_words

DUMP = "sorgenetz.nq.gz"


def successor(topic: str) -> str:
    """Return the thing that `topic` was merged into, or an empty text when there is none."""
    at = services()
    query = at.library.page("replaced-things").query
    pairs = current_app.extensions["sorgenetz-shelf"].get(
        at.engine.release.name,
        "replaced",
        lambda: {row["old"].value: row["now"].value for row in at.engine.rows(query)},
    )
    passed: set[str] = set()
    while topic in pairs and topic not in passed:
        passed.add(topic)
        topic = pairs[topic]
    return topic if passed and topic not in passed else ""


def nothing_at(topic: str) -> SorgenetzError:
    """Return the error for a thing of which the served release says nothing: it is gone, or never was there."""
    at = services()
    home, release = Home(at.settings.home), at.engine.release.name
    found = departed(home, release, topic) if topic.startswith(ID) else None
    if found is None:
        return nothing_here()
    vocabulary = reader("de").vocabulary
    kinds = {one: vocabulary.label(found.class_iri, one) for one in ("de", "en")}
    dump = home.releases / found.last / "dumps" / DUMP
    return ThingGone(
        name_de=shown(found.name("de")), name_en=shown(found.name("en")), kind_de=kinds["de"], kind_en=kinds["en"],
        number=found.last_number, release=found.last,
        last_de=date_words(found.last_day, "de"), last_en=date_words(found.last_day, "en"),
        gone_de=date_words(found.gone_day, "de"), gone_en=date_words(found.gone_day, "en"),
        dump=f"/dumps/{found.last}/{DUMP}" if dump.is_file() else "",
    )  # fmt: skip
