"""The profiles in which documents come: a page for people, their descriptions for programs."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, HTML, PAGE_FORMATS, Format, choose_format
from sorgenetz.insight.profile_description import profiles_in_rdf
from sorgenetz.insight.profiles import Profile, profiles
from sorgenetz.library.registry import Library
from sorgenetz.web.addresses import Link
from sorgenetz.web.descriptions import description
from sorgenetz.web.negotiation import IN_LANGUAGE, has_it_already, not_acceptable, reader_language, see_other, unchanged
from sorgenetz.web.pages import finish, page, tag_of_request
from sorgenetz.web.services import services

bp = Blueprint("profiles", __name__)
PATH = "/profiles"
ENDING = f".<any({', '.join(fmt.ending for fmt in GRAPH_FORMATS)}):ending>"


@bp.get(PATH)
def all_profiles() -> Response:
    """Send the descriptions of all profiles, or lead a person to the page."""
    return _negotiated(PATH, "")


@bp.get(f"{PATH}/<token>")
def one_profile(token: str) -> Response:
    """Send the description of one profile, or lead a person to its place on the page."""
    name, _, ending = token.partition(".")
    services().library.profile(name)
    if ending in BY_KEY and BY_KEY[ending] in GRAPH_FORMATS:
        return _described(f"{PATH}/{name}", name, BY_KEY[ending], "")
    services().library.profile(token)
    return _negotiated(f"{PATH}/{token}", token)


@bp.get(PATH + ENDING)
def described(ending: str) -> Response:
    """Send the descriptions of all profiles in the format of the ending."""
    return _described(PATH, "", BY_KEY[ending], "")


@bp.get(f"{IN_LANGUAGE}{PATH}")
def profiles_page(language: str) -> Response:
    """Show in which terms a thing can be had, and how to ask for them."""
    g.language = language
    if has_it_already(request, tag_of_request()):
        return finish(unchanged())
    return finish(page("profiles.html", profiles=profiles(services().library)))


def _negotiated(path: str, token: str) -> Response:
    accept = request.headers.get("Accept")
    fmt = choose_format(accept, PAGE_FORMATS)
    if fmt is None:
        raise not_acceptable(accept or "", PAGE_FORMATS)
    if fmt is HTML:
        place = f"#{token}" if token else ""
        return see_other(f"/{reader_language(request)}{PATH}{place}", "Accept, Accept-Language")
    return _described(path, token, fmt, "Accept, Accept-Language")


def _described(path: str, token: str, fmt: Format, vary: str) -> Response:
    def make(release: object, library: Library, base: str, media_type: str) -> bytes:
        return profiles_in_rdf([Profile(library.profile(token))] if token else profiles(library), media_type)

    others = [Link(f"{path}.{one.ending}", "alternate", one.media_type) for one in GRAPH_FORMATS if one is not fmt]
    response = description(make, path, fmt, others, vary)
    response.headers["Content-Location"] = f"{path}.{fmt.ending}"
    return response
