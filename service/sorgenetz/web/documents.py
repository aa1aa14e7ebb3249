"""A document about something: what it shows, in which formats it comes, and what its header says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Request, Response, g
from flask_babel import force_locale

from sorgenetz.errors import NoCommonFormat, NoSuchProfile
from sorgenetz.formats import GRAPH_FORMATS, HTML, PAGE_FORMATS, PLAIN_JSON, Format
from sorgenetz.insight.profiles import Profile, profiles
from sorgenetz.names import BASE, ID, ONTOLOGY
from sorgenetz.releases.description_served import VOID_PATH
from sorgenetz.web import assets, prose
from sorgenetz.web.addresses import QUESTION, Link, page_of
from sorgenetz.web.departed import nothing_at
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
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.profile_choice import PARAMETER, choose_profile, format_of
from sorgenetz.web.representations import data_of
from sorgenetz.web.services import Services

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Document:
    """What can be had at `address`: the topic, the queries that find and describe it, and its page if it has one.

    `page` gives the page's own path in a language, `render` the page itself. A thing is described by the queries of
    the profiles for things of its type, which is then `thing_type`; anything else by one query of its own. What others
    may have licensed has that found by `licensing`; where nobody says so, it is under the licence of Sorgenetz.
    """

    address: str
    topic: str
    existence: tuple[str, str]
    description: tuple[str, dict[str, str]] | None = None
    page: Callable[[str], str] | None = None
    render: Callable[[str], Response | None] | None = None
    thing_type: str = ""
    licensing: tuple[str, dict[str, str]] | None = None
    described_by: str = ONTOLOGY

    @property
    def formats(self) -> tuple[Format, ...]:
        return PAGE_FORMATS if self.page else GRAPH_FORMATS

    def exists(self, at: Services) -> bool:
        """Tell whether the served release says anything here."""
        name, subject = self.existence
        query = at.library.page(name)
        return bool(at.engine.rows(query.with_values({query.parameters[0].name: subject})))

    def profiles(self, at: Services) -> tuple[Profile, ...]:
        """Return the profiles it comes in, the default one first; none when it comes in one shape only."""
        return profiles(at.library, self.thing_type) if self.thing_type else ()

    def licences(self, at: Services) -> list[str]:
        """Return the addresses of the licences that it comes under."""
        if self.licensing is None:
            return [LICENCE]
        name, values = self.licensing
        return [row["licence"].value for row in at.engine.rows(at.library.page(name).with_values(values))] or [LICENCE]

    def path(self, fmt: Format, profile: Profile | None = None, default: bool = True) -> str:
        """Return where it is found in this format and profile."""
        asked = "" if default or profile is None else f"?{PARAMETER}={profile.token}"
        return f"{self.address}.{fmt.ending}{asked}"

    def links(
        self, at: Services, chosen: Format, language: str, profile: Profile | None, others: tuple[Profile, ...]
    ) -> str:
        """Return the Link header field of the representation in this format, language and profile (RFC 8288)."""
        canonical = self.page(language) if self.page and chosen is HTML else self.address
        links = [Link(self.topic, "describes"), *(Link(one, "license") for one in self.licences(at))]
        if profile:
            links += [Link(iri, "profile") for iri in (profile.iri, profile.standard) if iri]
            for one in others:
                for fmt in one.formats:
                    if (one, fmt) != (profile, chosen):
                        path = self.path(fmt, one, one is others[0])
                        links.append(Link(path, "alternate", fmt.media_type, profile=one.iri))
        else:
            links += [Link(self.path(fmt), "alternate", fmt.media_type) for fmt in self.formats if fmt is not chosen]
        if self.page:
            links += [Link(self.page(one), "alternate", HTML.media_type, one) for one in LANGUAGES]
        if chosen is HTML:
            links.append(Link(f"{self.address}.ttl", "describedby", "text/turtle"))
        else:
            links.append(Link(self.described_by, "describedby"))
        return ", ".join(str(link) for link in [*links, Link(canonical, "canonical")])


def thing_document(topic: str, address: str) -> Document:
    """Return the document about a thing of this graph."""
    return Document(
        address,
        topic,
        ("thing-exists", topic),
        page=lambda language: page_of(topic, language),
        render=lambda language: _question_page(topic, language) or thing_page(topic, language),
        thing_type=topic.removeprefix(ID).split("/")[0],
    )


def _question_page(topic: str, language: str) -> Response | None:
    """Lead to the page on which a question is asked, when the topic is one."""
    return see_other(page_of(topic, language), "Accept, Accept-Language") if topic.startswith(QUESTION) else None


def graph_document(address: str, graph: str) -> Document:
    """Return the document that holds the statements of one named graph, as data only."""
    named = {"graph": graph}
    return Document(
        address, graph, ("graph-exists", graph), ("describe-graph", named), licensing=("graph-licence", named),
        described_by=VOID_PATH,
    )  # fmt: skip


def rule_document(address: str, rule: str) -> Document:
    """Return the document that says what a rule finds, as data only."""
    return Document(address, rule, ("thing-exists", rule), ("describe-rule", {"rule": rule}))


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
    """Return `document` as its ending, Accept, and the wish for a profile ask for.

    Raises NothingHere, NoCommonFormat and NoSuchProfile.
    """
    offered = document.profiles(at)
    try:
        profile, fmt = _choose(request, document, offered, ending)
    except (NoCommonFormat, NoSuchProfile):
        if not document.exists(at):
            raise nothing_at(document.topic) from None
        raise
    language = reader_language(request) if fmt in (HTML, PLAIN_JSON) else ""
    looks = assets.fingerprint() if fmt is HTML else ""
    parts = (document.address, profile.token if profile else "", fmt.key, language, looks)
    release = at.engine.release.name
    if has_it_already(request, entity_tag(release, *parts)):
        response = unchanged()
    elif not document.exists(at):
        raise nothing_at(document.topic)
    elif fmt is HTML:
        response = document.render(language)
        if response is None:
            raise nothing_here()
        if response.status_code == 303:
            return mark(response, release)
    else:
        body, release = _data(at, document, profile, fmt, language)
        response = Response(body, content_type=fmt.content_type)
    if language:
        response.content_language = [language]
    vary = (
        "" if ending else "Accept",
        "Accept-Language" if language or not ending else "",
        "Accept-Profile" if offered and PARAMETER not in request.args else "",
    )
    if any(vary):
        response.headers["Vary"] = ", ".join(filter(None, vary))
    if profile:
        response.headers["Content-Profile"] = ", ".join(f"<{iri}>" for iri in (profile.iri, profile.standard) if iri)
    response.headers["Content-Location"] = document.path(fmt, profile, profile is None or profile is offered[0])
    response.headers["Link"] = document.links(at, fmt, language, profile, offered)
    mark(response, release, entity_tag(release, *parts))
    return conditional(response, request)


def _choose(
    request: Request, document: Document, offered: tuple[Profile, ...], ending: str
) -> tuple[Profile | None, Format]:
    if offered:
        return choose_profile(request, offered, ending)
    accept = request.headers.get("Accept")
    fmt = format_of(document.formats, accept, ending)
    if fmt is None and ending:
        raise nothing_here()
    if fmt is None:
        raise not_acceptable(accept or "", document.formats)
    return None, fmt


def _data(at: Services, document: Document, profile: Profile | None, fmt: Format, language: str) -> tuple[bytes, str]:
    """Return the bytes and the name of the release they are from."""
    if profile:
        about = BASE + document.address.lstrip("/")
        return data_of(at, profile, fmt, document.topic, about, language)
    name, values = document.description
    answer = at.engine.answer(at.library.page(name).with_values(values), fmt.key)
    return answer.body, answer.release


def _ontology_page(language: str) -> Response:
    g.language = language
    with force_locale(language):
        return prose.ontology()
