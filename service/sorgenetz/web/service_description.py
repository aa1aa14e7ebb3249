"""What the endpoint says of itself to a GET without a query (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from flask import Request, Response

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, choose_format, format_named
from sorgenetz.web.addresses import public_address
from sorgenetz.web.negotiation import conditional, entity_tag, has_it_already, mark, not_acceptable, unchanged
from sorgenetz.web.services import Services


def describe_service(request: Request, at: Services, formats: tuple[str, ...] = ()) -> Response:
    """Return the description in the format that `formats` or Accept ask for; raises NoCommonFormat."""
    if formats:
        fmt = next(filter(None, (format_named(name, GRAPH_FORMATS) for name in formats)), None)
    else:
        fmt = choose_format(request.headers.get("Accept"), GRAPH_FORMATS)
    if fmt is None:
        raise not_acceptable(", ".join(formats) if formats else request.headers["Accept"], GRAPH_FORMATS)
    endpoint = public_address(request, at.settings) + "/sparql"
    release = at.engine.release.name
    if has_it_already(request, entity_tag(release, endpoint, fmt.key)):
        response = unchanged()
    else:
        query = at.library.page("service-description").with_values(
            {"endpoint": endpoint, "format": [one.iri for one in (*ROW_FORMATS, *GRAPH_FORMATS)]}
        )
        answer = at.engine.answer(query, fmt.key)
        response, release = Response(answer.body, content_type=fmt.content_type), answer.release
    response.headers["Vary"] = "Accept"
    return conditional(mark(response, release, entity_tag(release, endpoint, fmt.key)), request)
