"""Pages of words: about, the endpoint, privacy, imprint, accessibility, the ontology; and what search engines read."""

from __future__ import annotations

from collections import OrderedDict

from flask import Blueprint, Response, g

from sorgenetz.names import ID, THING_TYPES
from sorgenetz.web import ontology_page, site_map
from sorgenetz.web.addresses import page_of
from sorgenetz.web.fairness import most_of_one
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.operator import operator
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.services import services
from sorgenetz.web.stories import story_paths

bp = Blueprint("prose", __name__)
PROSE = ("about", "endpoint", "plain", "privacy", "imprint", "accessibility")
FROM_SETTINGS = ("endpoint", "privacy", "imprint", "accessibility")


@bp.get(f"{IN_LANGUAGE}/<any({', '.join(PROSE)}):name>")
def prose(name: str) -> Response:
    """Show one of the pages that hold words only."""
    # A setting, or a file that it names, may change without a new release.
    g.moving = name in FROM_SETTINGS
    rows = reader().ask("source-notes") if name == "about" else []
    notes = sorted({row["note"].value for row in rows if not reader().foreign(row["note"])})
    settings = services().settings
    return page(
        f"prose/{name}.{g.language}.html", name=name, notes=notes, operator=operator(settings), settings=settings,
        most_of_one=most_of_one(settings),
    )  # fmt: skip


@bp.get(f"{IN_LANGUAGE}/ontology")
def ontology() -> Response:
    """Show the ontology: what it is, a picture of it, and each of its terms."""
    return ontology_page.ontology()


@bp.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers where the list of pages is, and to leave the query pages alone."""
    from sorgenetz.web.templating import origin

    g.moving = True
    lines = ("User-agent: *", "Disallow: /sparql", "Disallow: /de/sparql?", "Disallow: /en/sparql?", "",
             f"Sitemap: {origin()}/sitemap.xml", "")  # fmt: skip
    return Response("\n".join(lines), mimetype="text/plain")


@bp.get("/sitemap.xml")
@bp.get("/sitemap-<int:part>.xml")
def sitemap(part: int = 0) -> Response:
    """List all pages in both languages; in parts of fifty thousand behind an index when there are more."""
    from sorgenetz.web.templating import origin

    pages = reader().kept("sitemap", _all_pages)
    parts = site_map.parts_for(len(pages))
    if part > parts:
        raise nothing_here()
    if parts > 1 and not part:
        return Response(site_map.index(origin(), len(pages)), mimetype="application/xml")
    start = (max(part, 1) - 1) * site_map.MOST
    return Response(site_map.sitemap(origin(), pages[start : start + site_map.MOST]), mimetype="application/xml")


def _all_pages() -> list[str]:
    ours = {row["thing"].value for row in reader().ask("sitemap") if row["thing"].value.startswith(ID)}
    things = [page_of(iri, "de")[4:] for iri in sorted(ours) if _has_page(iri.removeprefix(ID))]
    return list(site_map.addresses(list(OrderedDict.fromkeys((*site_map.FIXED, *story_paths(), *things)))))


def _has_page(path: str) -> bool:
    return path.split("/")[0] in THING_TYPES and path.count("/") == 1
