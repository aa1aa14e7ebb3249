"""What templates can use: words for values, addresses of things, built files."""

from __future__ import annotations

from flask import Flask, g, request
from flask_babel import Babel

from sorgenetz.errors import SorgenetzError
from sorgenetz.formats import GRAPH_FORMATS, QUESTION_FORMATS, ROW_FORMATS
from sorgenetz.insight.reader import Named
from sorgenetz.insight.shelf import Shelf
from sorgenetz.names import DCT, ID, curie
from sorgenetz.terms import Term
from sorgenetz.web import assets, pages, wording
from sorgenetz.web.negotiation import reader_language
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.property_words import class_words, property_words
from sorgenetz.web.site_map import FOREIGN_NAVIGATION, NAVIGATION
from sorgenetz.web.tag_words import tag_words


def add_to(app: Flask) -> None:
    """Give the templates of `app` their language, filters and functions."""
    app.extensions["sorgenetz-shelf"] = Shelf()
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=_language, default_locale="en")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        number=lambda value: wording.number_words(value, g.language),
        day=lambda value: wording.date_words(value.value if isinstance(value, Term) else value, g.language),
        clock=lambda term: wording.time_words(term.value, g.language),
        words=lambda term: wording.literal_words(term, g.language),
        curie=curie,
        sure=wording.confidence_words,
        quoted=lambda text: wording.quoted_words(text, g.language),
        heading=lambda variable: pages.reader().library.heading(variable, g.language),
        size=lambda value: wording.size_words(value, g.language),
        seconds=lambda value: wording.number_words(max(round(value, 3), 0.001), g.language),
    )
    app.jinja_env.globals.update(
        address=pages.address,
        outward=pages.outward,
        in_language=pages.in_language,
        release_words=pages.release_words,
        cite_address=pages.cite_address,
        property_words=property_words,
        class_words=class_words,
        sort_words=pages.sort_words,
        tag_words=tag_words,
        span=lambda start, end: wording.span_words(start, end, g.language),
        asset=assets.asset,
        data_path=data_path,
        pointers_query=lambda iri: pages.reader().library.page("pointers-all").with_values({"thing": iri}),
        source_query=lambda iri: pages.reader().library.page("source-statements").with_values({"source": iri}),
        navigation=lambda ours: NAVIGATION if ours else FOREIGN_NAVIGATION,
        is_ours=is_ours,
        nothing_here=lambda: nothing_here().text(g.language),
        page_language=lambda: g.language,
        graph_formats=GRAPH_FORMATS,
        row_formats=ROW_FORMATS,
        question_formats=QUESTION_FORMATS,
        DCT=DCT,
    )
    app.context_processor(lambda: {"language": getattr(g, "language", "de"), "origin": origin()})


def _language() -> str:
    return getattr(g, "language", None) or reader_language(request)


def is_ours() -> bool:
    """Tell whether the pages are over our own graph; also while there is no answer to that."""
    try:
        return pages.reader().vocabulary.is_ours
    except SorgenetzError:
        return True


def origin() -> str:
    """Return scheme and host by which this service is reached."""
    from sorgenetz.web.services import services

    return (services().settings.base_url or request.host_url).rstrip("/")


def data_path(named: Named) -> str:
    """Return the path of a thing's data without ending; empty for things of other houses."""
    return f"/doc/{named.iri.removeprefix(ID)}" if named.iri.startswith(ID) else ""
