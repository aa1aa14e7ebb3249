"""The search page, and suggestions while someone types."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from sorgenetz.german.words import LONGEST_QUERY
from sorgenetz.insight.completion import short
from sorgenetz.insight.searching.search import search, suggest
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.page_numbers import not_the_page, page_asked
from sorgenetz.web.pages import address, page, reader

bp = Blueprint("search", __name__)
SHORTEST = 2


@bp.get(f"{IN_LANGUAGE}/search")
def find() -> Response:
    """Show what has the words looked for, and why; more than two hundred characters are cut, and it is said."""
    typed = request.args.get("q", "").strip()
    query, kind = typed[:LONGEST_QUERY], request.args.get("kind", "")
    found = search(reader(), query, kind, page_asked()) if query else None
    problems = not_the_page(found.page) if found else ()
    is_cut = len(typed) > LONGEST_QUERY
    return page(
        "search.html", 400 if problems else 200, query=query, found=found, kind=kind, is_cut=is_cut, problems=problems
    )


@bp.get(f"{IN_LANGUAGE}/search/suggest")
def suggestions() -> Response:
    """Return what is likely meant, as JSON: label, kind, class and address of each, and what queries call it."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    found = suggest(reader(), query) if len(query) >= SHORTEST else []
    asking = reader()
    return jsonify([
        {"label": one.label, "kind": one.kind, "class": asking.class_label(one), "address": address(one),
         "id": short(one.iri), "classes": [short(name) for name in one.classes]} for one in found
    ])  # fmt: skip
