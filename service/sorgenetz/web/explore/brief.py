"""A brief for the council: one selection as a page to be printed, with findings, table, map, sources and a QR code."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, request
from flask_babel import gettext as _
from markupsafe import Markup

from sorgenetz.insight.lists import ListPage, items
from sorgenetz.insight.maps.outlines import SOURCE_NOTE
from sorgenetz.insight.reader import Named
from sorgenetz.insight.selection.catalogue import catalogue
from sorgenetz.insight.selection.choice import read_choice
from sorgenetz.insight.selection.map import map_of
from sorgenetz.insight.selection.selected import Selected, select
from sorgenetz.web.addresses import public_address
from sorgenetz.web.explore.initiatives import COLUMNS, Links
from sorgenetz.web.explore.warmth import warmth
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.services import services

bp = Blueprint("brief", __name__)
LONGEST_QUESTION = 300
MOST_ROWS = 60
FOUND = ("lowersBarrier", "targetGroup", "supportForm", "initiativeKind")
MOST_FOUND = 5


@bp.get(f"{IN_LANGUAGE}/brief")
def brief() -> Response:
    """Show the selection of this address as a brief; the reader may write the question above it."""
    at = catalogue(reader())
    given = [pair for pair in request.args.items(multi=True) if pair[0] != "question"]
    choice, problems = read_choice(given, at)
    selected = select(reader(), choice, _("Place"))
    language = reader().language
    links = Links(selected, language, "list")
    address = public_address(request, services().settings) + links.here()
    sources = reader().ask("selection-sources", initiative=list(selected.things)) if selected.things else []
    names = reader().names(row["source"].value for row in sources)
    return page(
        "explore/brief.html",
        400 if problems else 200,
        selected=selected,
        problems=problems,
        links=links,
        question=request.args.get("question", "").strip()[:LONGEST_QUESTION],
        listing=ListPage(tuple(items(reader(), list(selected.things[:MOST_ROWS]))), len(selected.things), 1, 1),
        most_rows=MOST_ROWS,
        columns=[facet for facet in at.facets if facet.key in COLUMNS],
        findings=_findings(selected),
        map=map_of(reader(), selected),
        outline_note=SOURCE_NOTE,
        warmth=warmth,
        sources=[(names[row["source"].value], int(row["statements"].value)) for row in sources],
        public=address,
        code=Markup(segno.make(address, error="m").svg_inline(scale=3, svgclass="qr", lineclass="", omitsize=True)),
        part_words=lambda *parts: "",
    )


def _findings(selected: Selected) -> list[tuple[str, list[tuple[Named, int]], int]]:
    """Return for the main facets their most frequent values in the selection, and of how many nothing is said."""
    at, things = selected.catalogue, frozenset(selected.things)
    rank = at.rank(selected.choice.confidence)
    found = []
    for counts in selected.facets:
        if counts.key in FOUND:
            held = ((one.thing, len(things & at.members(counts.key, one.thing.iri, rank))) for one in counts.options)
            values = sorted(((thing, n) for thing, n in held if n), key=lambda pair: -pair[1])
            found.append((counts.label, values[:MOST_FOUND], len(things - at.stated(counts.key, rank))))
    return found
