"""What the gate found on the served release: a page for people, the validation report for programs."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, HTML, PAGE_FORMATS, Format
from sorgenetz.insight.quality_view import HEIGHT, WIDTH, quality_view
from sorgenetz.releases.chain import Home
from sorgenetz.releases.description_served import QUALITY_PATH, report_document
from sorgenetz.web.addresses import Link
from sorgenetz.web.descriptions import description
from sorgenetz.web.negotiation import (
    IN_LANGUAGE,
    agreed_format,
    has_it_already,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import finish, page, reader, tag_of_request
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.services import services

bp = Blueprint("quality", __name__)


@bp.get(QUALITY_PATH)
def quality() -> Response:
    """Send the validation report, or lead a person to the page."""
    fmt = agreed_format(request, PAGE_FORMATS)
    if fmt is HTML:
        return see_other(f"/{reader_language(request)}{QUALITY_PATH}", "Accept, Accept-Language")
    return _report(fmt, "Accept, Accept-Language")


@bp.get(f"{QUALITY_PATH}.<any({', '.join(fmt.ending for fmt in GRAPH_FORMATS)}):ending>")
def report(ending: str) -> Response:
    """Send the validation report in the format of the ending."""
    return _report(BY_KEY[ending], "")


@bp.get(f"{IN_LANGUAGE}{QUALITY_PATH}")
def quality_page(language: str) -> Response:
    """Show what was found by rule, over time, by source and by Kreis."""
    g.language = language
    if has_it_already(request, tag_of_request()):
        return finish(unchanged())
    if not reader().vocabulary.is_ours:
        raise nothing_here()
    at = services()
    view = quality_view(reader(), Home(at.settings.home).lineage(at.engine.release))
    return finish(page("quality.html", view=view, width=WIDTH, height=HEIGHT))


def _report(fmt: Format, vary: str) -> Response:
    others = [
        Link(f"{QUALITY_PATH}.{one.ending}", "alternate", one.media_type) for one in GRAPH_FORMATS if one is not fmt
    ]
    response = description(report_document, QUALITY_PATH, fmt, others, vary)
    response.headers["Content-Location"] = f"{QUALITY_PATH}.{fmt.ending}"
    return response
