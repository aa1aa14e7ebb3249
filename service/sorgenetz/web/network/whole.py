"""The page of the whole network: an overview, a picture to walk through, and a table of all actors in it."""

from __future__ import annotations

import math

from flask import Blueprint, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from sorgenetz.insight.lists import PAGE_SIZE
from sorgenetz.insight.network.chooser import actor_meant
from sorgenetz.insight.network.chosen import choose
from sorgenetz.insight.network.known import meant
from sorgenetz.insight.network.options import kind_options, role_options
from sorgenetz.insight.network.overview import overview_of
from sorgenetz.insight.network.picture import MOST_DRAWN, picture_of
from sorgenetz.insight.network.table import SORTS, sorted_lines, table_of
from sorgenetz.insight.network.walk import walk_of
from sorgenetz.insight.paging import page_numbers
from sorgenetz.insight.selection.choice import Problem
from sorgenetz.web.explore.files import not_followed
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.network.asked import (
    PATH,
    Links,
    choice_asked,
    network,
)
from sorgenetz.web.page_numbers import not_the_page, page_asked
from sorgenetz.web.pages import address, finish, page, reader

bp = Blueprint("network_whole", __name__)


@bp.get(f"{IN_LANGUAGE}/{PATH}")
def whole() -> AnyResponse:
    """Show all of the network that is chosen; an actor named in the address leads to its neighbourhood."""
    known = network()
    choice, problems = choice_asked("sort", "page", "actor", "walk")
    asked = actor_meant(network(), request.args.get("actor", ""))
    if asked.actor:
        return redirect(Links(reader().language, choice).around(asked.actor), 302)
    sort = request.args.get("sort", "") or SORTS[0]
    if sort not in SORTS:
        problems += (Problem("sort", "sort", sort),)
        sort = SORTS[0]
    walked = request.args.get("walk", "").strip()
    if walked and meant(walked) not in known.parts:
        problems += (Problem("value", "walk", walked),)
        walked = ""
    chosen = choose(known, choice)
    lines = sorted_lines(table_of(chosen), sort, known.names)
    pages = max(1, math.ceil(len(lines) / PAGE_SIZE))
    number = min(max(page_asked(), 1), pages)
    problems += not_the_page(number)
    small = len(chosen.parts) <= MOST_DRAWN
    return page(
        "network/whole.html",
        404 if asked.given else 400 if problems else 200,
        known=known,
        chosen=chosen,
        asked=asked,
        walked=known.names[meant(walked)] if walked else None,
        nobody_named="actor" in request.args and not asked.given,
        overview=None if small else overview_of(chosen),
        picture=picture_of(chosen, chosen.ties, frozenset(chosen.parts)) if small and chosen.ties else None,
        lines=lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        listing={"page": number, "pages": pages, "numbers": page_numbers(number, pages)},
        total=len(lines),
        sort=sort,
        links=Links(reader().language, choice, walk=walked),
        problems=problems,
        roles=role_options(known, choice),
        kinds=kind_options(known, choice),
        words=walk_words(),
    )


def walk_words() -> dict[str, object]:
    """Return what the picture that one walks through says."""
    kinds = {
        "actor": _("Actor"), "initiative": _("Initiative"), "programme": _("Programme"), "event": _("Event"),
        "thing": _("Other"),
    }  # fmt: skip
    return {
        "kinds": kinds,
        "open": _("Walk through the network"),
        "loading": _("The picture is being fetched."),
        "failed": _("This browser cannot draw the picture, or it did not come. The table has all of it."),
        "title": _("Network to walk through"),
        "help": " ".join(
            (
                _("By keyboard: left and right choose among the neighbours, down or Enter goes there, up goes back."),
                _("P pins, O opens the page, plus and minus change the size."),
                _("By mouse: click, drag, turn the wheel."),
            )
        ),
        "around": _("Neighbourhood"),
        "nth": _("Neighbour # of #"),
        "tie": _("# tie"),
        "ties": _("# ties"),
        "page": _("Open the page: #"),
        "nearer": _("Larger"),
        "farther": _("Smaller"),
        "whole": _("All of it"),
        "pin": _("Pin"),
        "pinned": _("pinned"),
        "unpinned": _("no longer pinned"),
        "noPin": _("Only actors can be pinned."),
    }


@bp.get(f"{IN_LANGUAGE}/{PATH}.json")
def to_walk_through() -> AnyResponse:
    """Send what the picture that one walks through shows: places, names, kinds and ties of what is chosen."""
    choice, problems = choice_asked()
    if problems:
        raise not_followed(problems[0].key, problems[0].given)
    chosen = choose(network(), choice)
    links = Links(reader().language, choice)

    def page_about(iri: str) -> str:
        return links.around(iri) if iri in chosen.actors else address(chosen.known.names[iri])

    return finish(jsonify(walk_of(chosen, page_about)))
