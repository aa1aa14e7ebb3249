"""The page of one actor's neighbourhood: who works with it, on what, in which role, and who says so."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from sorgenetz.errors import BadRequest
from sorgenetz.insight.network.choice import STEPS
from sorgenetz.insight.network.chooser import actor_meant
from sorgenetz.insight.network.chosen import choose
from sorgenetz.insight.network.neighbourhood import nearest, neighbourhood, together
from sorgenetz.insight.network.options import kind_options, role_options
from sorgenetz.insight.network.picture import MOST_DRAWN, picture_of
from sorgenetz.insight.network.table import table_of
from sorgenetz.insight.network.without import without
from sorgenetz.insight.sources import Citations
from sorgenetz.names import ID, THING_TYPES
from sorgenetz.terms import checked_iri
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.network.asked import (
    PATH,
    Links,
    choice_asked,
    network,
)
from sorgenetz.web.pages import page, reader

bp = Blueprint("network_neighbourhood", __name__)


@bp.get(f"{IN_LANGUAGE}/{PATH}/<kind>/<slug>")
def around(kind: str, slug: str) -> Response:
    """Show the neighbourhood of an actor; what of the address cannot be followed is said, and the rest is shown."""
    if kind not in THING_TYPES:
        abort(404)
    try:
        centre = checked_iri(f"{ID}{kind}/{slug}")
    except BadRequest:
        abort(404)
    known = network()
    if centre not in known.actors:
        return unknown_actor(centre)
    choice, problems = choice_asked()
    chosen = choose(known, choice, centre, *choice.further, *choice.pinned)
    found = neighbourhood(chosen, centre)
    drawn = nearest(found, chosen, MOST_DRAWN)
    citations = Citations()
    for tie in found.ties:
        citations.marks(tie.graphs)
    citations.look_up(reader())
    lines = table_of(chosen, found.ties)
    return page(
        "network/neighbourhood.html",
        400 if problems else 200,
        centre=known.names[centre],
        known=known,
        chosen=chosen,
        found=found,
        things=together(found, chosen),
        picture=picture_of(chosen, found.ties, drawn, (centre, *choice.pinned)) if found.ties else None,
        not_drawn=len({end for tie in found.ties for end in (tie.actor, tie.thing)} | {centre}) - len(drawn),
        lines=sorted(lines, key=lambda line: found.away.get(line.actor.iri, 0)),
        standing=known.index.standings.get(centre),
        without=without(chosen, centre),
        citations=citations,
        links=Links(reader().language, choice, centre),
        problems=problems,
        roles=role_options(known, choice),
        kinds=kind_options(known, choice),
        all_steps=STEPS,
    )


def unknown_actor(iri: str) -> Response:
    """Say that an actor is not in the network: because nothing is known of it at all, or of what it takes part in."""
    named = reader().names([iri])[iri]
    near = [network().names[one] for one in actor_meant(network(), iri).near]
    return page("network/no_actor.html", 200 if named.known else 404, named=named, near=near)
