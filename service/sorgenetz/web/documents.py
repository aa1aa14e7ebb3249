"""A document about something: what it shows, in which formats it comes, and what its header says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Request, Response, g
from flask_babel import force_locale

from sorgenetz.errors import NothingHere
from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, HTML, PAGE_FORMATS, Format, choose_format
from sorgenetz.names import BASE, ONTOLOGY
from sorgenetz.web import assets, prose
from sorgenetz.web.addresses import QUESTION, Link, page_of
from sorgenetz.web.negotiation import (
    LANGUAGES,
    conditional,
    entity_tag,
    has_it_already,
    mark,
    not_acceptable,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import thing_page
from sorgenetz.web.problems import shown
from sorgenetz.web.services import Services

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Document:
    """What can be had at `address`: the topic, the queries that find and describe it, and its page if it has one.

    `page` gives the page's own path in a language, `render` the page itself.
    """

    address: str
    topic: str
    existence: tuple[str, str]
    description: tuple[str, dict[str, str]]
    page: Callable[[str], str] | None = None
    render: Callable[[str], Response | None] | None = None

    @property
    def formats(self) -> tuple[Format, ...]:
        return PAGE_FORMATS if self.page else GRAPH_FORMATS

    def exists(self, at: Services) -> bool:
        """Tell whether the served release says anything here."""
        name, subject = self.existence
        query = at.library.page(name)
        return bool(at.engine.rows(query.with_values({query.parameters[0].name: subject})))

    def links(self, chosen: Format, language: str) -> str:
        """Return the Link header field of the representation in this format and language (RFC 8288)."""
        canonical = self.page(language) if self.page and chosen is HTML else self.address
        links = [Link(self.topic, "describes"), Link(LICENCE, "license")]
        for fmt in self.formats:
            if fmt is not chosen:
                links.append(Link(f"{self.address}.{fmt.ending}", "alternate", fmt.media_type))
        if self.page:
            links += [Link(self.page(one), "alternate", HTML.media_type, one) for one in LANGUAGES]
        if chosen is HTML:
            links.append(Link(f"{self.address}.ttl", "describedby", "text/turtle"))
        else:
            links.append(Link(ONTOLOGY, "describedby"))
        return ", ".join(str(link) for link in [*links, Link(canonical, "canonical")])


def thing_document(topic: str, address: str) -> Document:
    """Return the document about a thing of this graph."""
    return Document(
        address,
        topic,
        ("thing-exists", topic),
        ("describe-thing", {"thing": topic, "document": BASE + address.lstrip("/")}),
        lambda language: page_of(topic, language),
        lambda language: _question_page(topic, language) or thing_page(topic, language),
    )


def _question_page(topic: str, language: str) -> Response | None:
    """Lead to the page on which a question is asked, when the topic is one."""
    return see_other(page_of(topic, language), "Accept, Accept-Language") if topic.startswith(QUESTION) else None


def graph_document(address: str, graph: str) -> Document:
    """Return the document that holds the statements of one named graph, as data only."""
    return Document(address, graph, ("graph-exists", graph), ("describe-graph", {"graph": graph}))


def ontology_document(address: str, topic: str, graph: str) -> Document:
    """Return the document that holds an ontology, which also has a page."""
    return Document(
        address,
        topic,
        ("graph-exists", graph),
        ("describe-graph", {"graph": graph}),
        lambda language: f"/{language}/ontology",
        _ontology_page,
    )


def serve(request: Request, at: Services, document: Document, ending: str = "") -> Response:
    """Return `document` as its ending or Accept asks; raises NothingHere and NoCommonFormat."""
    fmt = _choose(request, document, ending)
    language = reader_language(request) if fmt is HTML else ""
    looks = assets.fingerprint() if language else ""
    release = at.engine.release.name
    if fmt and has_it_already(request, entity_tag(release, document.address, fmt.key, language, looks)):
        response = unchanged()
    elif not document.exists(at):
        raise NothingHere(address=shown(request.path))
    elif fmt is None:
        raise not_acceptable(request.headers.get("Accept", ""), document.formats)
    elif fmt is HTML:
        response = document.render(language)
        if response is None:
            raise NothingHere(address=shown(request.path))
        if response.status_code == 303:
            return mark(response, release)
        response.content_language = [language]
    else:
        name, values = document.description
        answer = at.engine.answer(at.library.page(name).with_values(values), fmt.key)
        response, release = Response(answer.body, content_type=fmt.content_type), answer.release
    if not ending or language:
        response.headers["Vary"] = "Accept-Language" if ending else "Accept, Accept-Language"
    response.headers["Content-Location"] = f"{document.address}.{fmt.ending}"
    response.headers["Link"] = document.links(fmt, language)
    mark(response, release, entity_tag(release, document.address, fmt.key, language, looks))
    return conditional(response, request)


def _choose(request: Request, document: Document, ending: str) -> Format | None:
    if not ending:
        return choose_format(request.headers.get("Accept"), document.formats)
    fmt = BY_KEY[ending]
    if fmt not in document.formats:
        raise NothingHere(address=shown(request.path))
    return fmt


def _ontology_page(language: str) -> Response:
    g.language = language
    with force_locale(language):
        return prose.ontology()
