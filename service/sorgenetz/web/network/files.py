"""The network that is shown as a file: all that is chosen, or one neighbourhood."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from sorgenetz.insight.network.chooser import actor_meant
from sorgenetz.insight.network.chosen import choose
from sorgenetz.insight.network.files import WRITERS, graph_of_ties
from sorgenetz.insight.network.neighbourhood import neighbourhood
from sorgenetz.web.downloads import attachment, one_at_a_time
from sorgenetz.web.explore.files import FILES, not_followed
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.network.asked import PATH, choice_asked, network
from sorgenetz.web.pages import finish, reader
from sorgenetz.web.services import services

bp = Blueprint("network_files", __name__)


@bp.get(f"{IN_LANGUAGE}/{PATH}.<any({', '.join(WRITERS)}):ending>")
def file(ending: str) -> AnyResponse:
    """Send what is shown as a file; an address that cannot be followed is an error, never a part."""
    choice, problems = choice_asked("actor")
    given = request.args.get("actor", "")
    centre = actor_meant(network(), given).actor
    if problems or given and not centre:
        raise not_followed(*((problems[0].key, problems[0].given) if problems else ("actor", given)))
    chosen = choose(network(), choice, *((centre, *choice.further, *choice.pinned) if centre else ()))
    ties = neighbourhood(chosen, centre).ties if centre else chosen.ties
    with one_at_a_time():
        content = WRITERS[ending](graph_of_ties(chosen, ties))
    word = "netz" if reader().language == "de" else "network"
    return finish(attachment(content, FILES[ending][1], services().engine.release.name, word, ending))
