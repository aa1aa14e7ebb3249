"""One page: a template with what every page needs, its release, its validator and its twin in the other language."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlsplit

from flask import Response, current_app, g, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response as AnyResponse

from sorgenetz.errors import QuerySyntaxError, SorgenetzError
from sorgenetz.insight.profiles import Profile, profiles
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.thing import Thing, describe
from sorgenetz.names import BASE, ID, SN
from sorgenetz.releases.departed import ThingGone
from sorgenetz.web import assets
from sorgenetz.web.addresses import page_of
from sorgenetz.web.negotiation import LANGUAGES, conditional, entity_tag, mark
from sorgenetz.web.representations import embedded
from sorgenetz.web.services import services
from sorgenetz.web.wording import date_words


def reader(language: str | None = None) -> Reader:
    """Return the reader of this request."""
    at = services()
    if not hasattr(g, "reader") or (language and g.reader.language != language):
        g.reader = Reader(at.engine, at.library, current_app.extensions["sorgenetz-shelf"], language or g.language)
    return g.reader


def page(template: str, status: int = 200, **context: object) -> Response:
    """Return the page in the reader's language."""
    response = Response(render_template(template, **context), status, content_type="text/html; charset=utf-8")
    response.content_language = [g.language]
    return response


def thing_page(topic: str, language: str) -> Response | None:
    """Return the page of a thing, or None when there is nothing to say of it."""
    g.language = language
    with force_locale(language):
        thing = describe(reader(language), topic)
        if thing is None:
            return None
        return page(
            "thing.html", thing=thing, says=_source_says(thing), scheme=_scheme(thing), profiles=_other_profiles(topic),
            embedded=embedded(services(), topic, language),
        )  # fmt: skip


def _other_profiles(topic: str) -> tuple[Profile, ...]:
    """Return the profiles, beside our own, in which this thing of ours comes."""
    return profiles(services().library, topic.removeprefix(ID).split("/")[0])[1:] if topic.startswith(ID) else ()


def _source_says(thing: Thing) -> object:
    if SN + "Source" not in thing.classes:
        return None
    from sorgenetz.insight.source_says import source_says

    return source_says(reader(), thing.name.iri)


def _scheme(thing: Thing) -> object:
    if not thing.name.iri.startswith(ID + "scheme/"):
        return None
    from sorgenetz.insight.concepts import concepts_of

    return concepts_of(reader(), thing.name.iri)


def error_page(error: SorgenetzError, title: str, language: str) -> Response:
    """Return the page that says under this title what went wrong and what to do."""
    g.language = language
    with force_locale(language):
        return page(
            "error.html", error.status, title=title, text=error.text(language),
            remedy=error.remedy(language), is_syntax=isinstance(error, QuerySyntaxError), bare=error.status >= 500,
            gone=error.details if isinstance(error, ThingGone) else None,
        )  # fmt: skip


def tag_of_request() -> str:
    """Return the validator of the page at this address, which names its language, in the served release."""
    return entity_tag(services().engine.release.name, request.full_path, assets.fingerprint())


def finish(response: AnyResponse) -> AnyResponse:
    """Mark a page with its release, and with a validator when the same address gives the same page."""
    if request.method in ("GET", "HEAD") and response.status_code in (200, 304) and not getattr(g, "moving", False):
        marked = mark(response, services().engine.release.name, tag_of_request(), weak=g.get("weak", False))
        return conditional(marked, request)
    return response


def address(named: Named | str) -> str:
    """Return where the page about a thing is."""
    iri = named if isinstance(named, str) else named.iri
    if iri.startswith(SN):
        return f"/{g.language}/ontology#{quote(iri.removeprefix(SN))}"
    return page_of(iri, g.language)


def sort_words(classes: tuple[str, ...]) -> str:
    """Return of what class a thing is, in words: a municipality and a Kreis may have one name."""
    vocabulary = reader().vocabulary
    known = [name for name in vocabulary.narrowest(classes) if name in vocabulary]
    return next((vocabulary.label(name, g.language) for name in known), "")


def outward(iri: str) -> str:
    """Return the address if a browser may go there (http or https), else an empty text."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return ""
    return iri if parts.scheme in ("http", "https") and parts.netloc else ""


def in_language(language: str) -> str:
    """Return the path of this page in another language."""
    parts = request.path.split("/", 2)
    if len(parts) > 1 and parts[1] in LANGUAGES:
        path = f"/{language}/{parts[2] if len(parts) > 2 else ''}"
    elif request.path.startswith("/q/"):
        path = f"/{language}{request.path}"
    elif request.path.startswith("/ontology"):
        path = f"/{language}/ontology"
    elif request.path.startswith("/doc/"):
        path = f"/{language}/{request.path.removeprefix('/doc/').removesuffix('.html')}"
    else:
        return f"/{language}/"
    query = request.query_string.decode("ascii", "ignore")
    return f"{quote(path, safe='/:@')}?{query}" if query else quote(path, safe="/:@")


def release_words() -> dict[str, object]:
    """Return number, name and day of the served release; empty when there is none."""
    try:
        release = services().engine.release
    except SorgenetzError:
        return {}
    day = str(release.created)[:10]
    return {
        "number": release.number, "name": release.name, "iso": day, "day": date_words(day, g.language),
        "year": date.fromisoformat(day).year, "quads": release.manifest.get("quads", 0),
    }  # fmt: skip


def cite_address(iri: str) -> str:
    """Return the lasting address by which a thing is cited."""
    return iri if iri.startswith(BASE) else ""
