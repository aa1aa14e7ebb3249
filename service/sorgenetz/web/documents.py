"""A document about something: what it shows, in which formats it comes, and what its header says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Request, Response

from sorgenetz.errors import NothingHere
from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, HTML, PAGE_FORMATS, Format, choose_format
from sorgenetz.names import BASE, ONTOLOGY
from sorgenetz.terms import iri
from sorgenetz.web.addresses import Link, page_of
from sorgenetz.web.negotiation import (
    LANGUAGES,
    conditional,
    entity_tag,
    has_it_already,
    mark,
    not_acceptable,
    reader_language,
    unchanged,
)
from sorgenetz.web.problems import shown
from sorgenetz.web.services import Services

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Document:
    """What can be had at `address`: the topic, the queries that find and describe it, and its page if it has one."""

    address: str
    topic: str
    existence: tuple[str, str]
    description: tuple[str, dict[str, str]]
    page: Callable[[str], str] | None = None

    @property
    def formats(self) -> tuple[Format, ...]:
        return PAGE_FORMATS if self.page else GRAPH_FORMATS

    def exists(self, at: Services) -> bool:
        """Tell whether the served release says anything here."""
        name, parameter = self.existence
        subject = self.description[1]["graph"] if parameter == "graph" else self.topic
        return bool(at.engine.rows(at.library.page(name).with_values({parameter: iri(subject)})))

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
    values = {"thing": topic, "document": BASE + address.lstrip("/")}
    return Document(
        address, topic, ("thing-exists", "thing"), ("describe-thing", values), lambda language: page_of(topic, language)
    )


def graph_document(address: str, graph: str) -> Document:
    """Return the document that holds the statements of one named graph, as data only."""
    return Document(address, graph, ("graph-exists", "graph"), ("describe-graph", {"graph": graph}))


def ontology_document(address: str, topic: str, graph: str) -> Document:
    """Return the document that holds an ontology, which also has a page."""
    return Document(
        address, topic, ("graph-exists", "graph"), ("describe-graph", {"graph": graph}),
        lambda language: f"/{language}/ontology",
    )  # fmt: skip


def serve(request: Request, at: Services, document: Document, ending: str = "") -> Response:
    """Return `document` as its ending or Accept asks; raises NothingHere and NoCommonFormat."""
    fmt = _choose(request, document, ending)
    language = reader_language(request) if fmt is HTML else ""
    release = at.engine.release.name
    tag = entity_tag(release, document.address, fmt.key, language) if fmt else ""
    if tag and has_it_already(request, tag):
        response = unchanged()
    elif not document.exists(at):
        raise NothingHere(address=shown(request.path))
    elif fmt is None:
        raise not_acceptable(request.headers.get("Accept", ""), document.formats)
    elif fmt is HTML:
        response = _page(document, language)
    else:
        name, values = document.description
        query = at.library.page(name).with_values({key: iri(value) for key, value in values.items()})
        response = Response(at.engine.answer(query, fmt.key).body, content_type=fmt.content_type)
    if not ending or language:
        response.headers["Vary"] = "Accept-Language" if ending else "Accept, Accept-Language"
    response.headers["Content-Location"] = f"{document.address}.{fmt.ending}"
    response.headers["Link"] = document.links(fmt, language)
    if language:
        response.content_language = [language]
    return conditional(mark(response, release, tag), request)


def _choose(request: Request, document: Document, ending: str) -> Format | None:
    if not ending:
        return choose_format(request.headers.get("Accept"), document.formats)
    fmt = BY_KEY[ending]
    if fmt not in document.formats:
        raise NothingHere(address=shown(request.path))
    return fmt


def _page(document: Document, language: str) -> Response:
    from sorgenetz.web.pages import thing_page

    response = thing_page(document.topic, language)
    if response is None:
        raise NothingHere(address=document.address)
    return response
