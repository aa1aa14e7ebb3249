"""The initiatives that a reader has chosen: facets beside, and the same selection in several views."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from sorgenetz.insight.lists import PAGE_SIZE, ListPage, items
from sorgenetz.insight.maps.outlines import SOURCE_NOTE
from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.network import MOST_NODES
from sorgenetz.insight.selection.catalogue import PLACE_KEY, catalogue
from sorgenetz.insight.selection.choice import UNKNOWN, Choice, Problem, read_choice
from sorgenetz.insight.selection.map import map_of
from sorgenetz.insight.selection.network import drawn_network
from sorgenetz.insight.selection.selected import FacetCounts, Option, Selected, select
from sorgenetz.web.explore.files import FILES
from sorgenetz.web.explore.warmth import warmth
from sorgenetz.web.headers import EMBEDDABLE
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.page_numbers import not_the_page, page_asked
from sorgenetz.web.pages import page, reader

bp = Blueprint("initiatives", __name__)
PATH = "initiatives"
# What an address of this page holds beside the choice itself.
ABOUT_THE_VIEW = ("view", "page", "more", "embed")
VIEWS = {
    "list": lazy_gettext("List"),
    "table": lazy_gettext("Table"),
    "map": lazy_gettext("Map"),
    "network": lazy_gettext("Network"),
    "text": lazy_gettext("Text"),
}
# These show the selection as a whole, the others page by page.
WHOLE_VIEWS = ("map", "network")
SHOWN_OPTIONS = 8
OPEN_FACETS = 5
COLUMNS = ("initiativeKind", "targetGroup", "lowersBarrier")


@dataclass(frozen=True)
class Links:
    """The addresses that lead from one selection to others, in the same view."""

    selected: Selected
    language: str
    view: str

    def of(self, choice: Choice, **others: str) -> str:
        """Return the address of a choice; the first view and the first page are not named in it."""
        shown = {"view": "" if self.view == next(iter(VIEWS)) else self.view, **others}
        query = choice.address(self.selected.catalogue, **shown)
        return f"/{self.language}/{PATH}{'?' if query else ''}{query}"

    def here(self, **others: str) -> str:
        """Return the address of this choice with other things of the view changed."""
        return self.of(self.selected.choice, **others)

    def toggled(self, counts: FacetCounts, option: Option) -> str:
        """Return the address with one option chosen, or given up where it is chosen."""
        choice, value = self.selected.choice, option.thing.iri
        return self.of(choice.without(counts.key, value) if option.chosen else choice.with_value(counts.key, value))

    def unknown(self, counts: FacetCounts) -> str:
        """Return the address that asks for those of which nothing is said here."""
        choice = self.selected.choice
        chosen = counts.unknown_chosen
        return self.of(choice.without(counts.key, UNKNOWN) if chosen else choice.with_value(counts.key, UNKNOWN))

    def file(self, ending: str) -> str:
        """Return the address of this choice as a file."""
        query = self.selected.choice.address(self.selected.catalogue)
        return f"/{self.language}/{PATH}.{ending}{'?' if query else ''}{query}"

    def brief(self) -> str:
        """Return the address of the page for the council about this choice."""
        query = self.selected.choice.address(self.selected.catalogue)
        return f"/{self.language}/brief{'?' if query else ''}{query}"

    def into(self, place: Named) -> str:
        """Return the address of what of this choice is in `place`, which takes the place of any other."""
        return self.of(self.selected.choice.without(PLACE_KEY).with_value(PLACE_KEY, place.iri))

    def without(self, key: str, value: str = "") -> str:
        """Return the address without one part of the choice."""
        return self.of(self.selected.choice.without(key, value))

    def instead(self, problem: Problem, value: str) -> str:
        """Return the address with `value` for what could not be followed."""
        return self.of(self.selected.choice.with_value(problem.key, value))


@bp.get(f"{IN_LANGUAGE}/{PATH}")
def initiatives() -> Response:
    """Show the initiatives of a choice; what of it cannot be followed is named, and the rest is shown all the same."""
    at = catalogue(reader())
    given = [pair for pair in request.args.items(multi=True) if pair[0] not in ABOUT_THE_VIEW]
    choice, problems = read_choice(given, at)
    selected = select(reader(), choice, _("Place"))
    view = request.args.get("view", "")
    if view and view not in VIEWS:
        problems += (Problem("view", "view", view, tuple(VIEWS)),)
    view = view if view in VIEWS else next(iter(VIEWS))
    listing = _listing(selected, page_asked())
    if view not in WHOLE_VIEWS:
        problems += not_the_page(listing.page)
    response = page(
        "explore/initiatives.html",
        400 if problems else 200,
        selected=selected,
        problems=problems,
        links=Links(selected, reader().language, view),
        view=view,
        views=VIEWS,
        listing=listing,
        more=request.args.get("more", ""),
        map=map_of(reader(), selected) if view == "map" else None,
        network=drawn_network(reader(), selected) if view == "network" else None,
        most_nodes=MOST_NODES,
        whole_views=WHOLE_VIEWS,
        outline_note=SOURCE_NOTE,
        warmth=warmth,
        shown_options=SHOWN_OPTIONS,
        open_facets=OPEN_FACETS,
        columns=[facet for facet in at.facets if facet.key in COLUMNS],
        part_words=_part_words,
        files=FILES,
        embed="embed" in request.args,
    )
    if "embed" in request.args:
        response.headers["Content-Security-Policy"] = EMBEDDABLE
    return response


@bp.get(f"{IN_LANGUAGE}/map")
def all_on_the_map() -> AnyResponse:
    """Lead to the map of all initiatives, or of those that the address chooses."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "view"]
    return redirect(f"/{reader().language}/{PATH}?{urlencode([*pairs, ('view', 'map')])}", 302)


def _part_words(selected: Selected, key: str, value: str) -> str:
    """Return one part of a choice in words."""
    if key == "q":
        return selected.choice.text
    if key in ("since", "until"):
        return str(getattr(selected.choice, key))
    if value == UNKNOWN:
        facet = selected.catalogue.facet(key)
        return f"{facet.label if facet else _('Place')}: {_('no statement')}"
    return selected.catalogue.names[value or selected.choice.confidence].label


def _listing(selected: Selected, number: int) -> ListPage:
    """Return one page of the things chosen; a page beyond the end is the last one."""
    pages = max(1, math.ceil(len(selected.things) / PAGE_SIZE))
    number = min(max(number, 1), pages)
    chosen = selected.things[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return ListPage(tuple(items(reader(), list(chosen))), len(selected.things), number, pages)
