"""A description of the served release in RDF: made once per format, marked with its release and its licence."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from sorgenetz.formats import Format
from sorgenetz.releases.description import DATASET
from sorgenetz.web.addresses import Link, public_address
from sorgenetz.web.documents import LICENCE
from sorgenetz.web.negotiation import conditional, entity_tag, has_it_already, mark, unchanged
from sorgenetz.web.services import services


def description(make: Callable[..., bytes], path: str, fmt: Format, links: list[Link], vary: str) -> Response:
    """Return what `make` says of the served release in this format, or 304 for those who have it."""
    at = services()
    release, base = at.engine.release, public_address(request, at.settings)
    tag = entity_tag(release.name, path, fmt.key, base)
    if has_it_already(request, tag):
        response = unchanged()
    else:
        response = Response(make(release, at.library, base, fmt.media_type), content_type=fmt.content_type)
    if vary:
        response.headers["Vary"] = vary
    every = [Link(DATASET, "describes"), Link(LICENCE, "license"), *links, Link(path, "canonical")]
    response.headers["Link"] = ", ".join(map(str, every))
    return conditional(mark(response, release.name, tag), request)
