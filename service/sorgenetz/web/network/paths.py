"""The page of the ways between two actors, as sentences with their sources."""

from __future__ import annotations

from flask import Blueprint, Response, request

from sorgenetz.insight.network.chooser import actor_meant
from sorgenetz.insight.network.chosen import choose
from sorgenetz.insight.network.paths import ways_between
from sorgenetz.insight.sources import sources_of
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.network.asked import Links, choice_asked, network
from sorgenetz.web.pages import page, reader

bp = Blueprint("network_paths", __name__)


@bp.get(f"{IN_LANGUAGE}/paths")
def between() -> Response:
    """Show what connects two actors; whom the address does not name exactly is asked for."""
    known = network()
    choice, problems = choice_asked("from", "to")
    start, end = (actor_meant(network(), request.args.get(key, "")) for key in ("from", "to"))
    ways = chosen = None
    if start.actor and end.actor:
        chosen = choose(known, choice, start.actor, end.actor)
        ways = ways_between(chosen, start.actor, end.actor)
    unknown = any(one.given and not one.actor for one in (start, end))
    return page(
        "network/paths.html",
        404 if unknown else 400 if problems or start.actor and start.actor == end.actor else 200,
        known=known,
        chosen=chosen,
        start=start,
        end=end,
        somebody_missing={"from", "to"} <= set(request.args) and not (start.given and end.given),
        ways=ways,
        sources=sources_of(reader(), sorted(ways.graphs)) if ways else {},
        links=Links(reader().language, choice),
        problems=problems,
    )
