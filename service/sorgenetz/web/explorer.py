"""Pages for people: home, lists, things, places, search, in German and English."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, abort, g, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from sorgenetz.errors import BadRequest
from sorgenetz.insight.concepts import barriers, schemes
from sorgenetz.insight.lists import LISTINGS, list_page
from sorgenetz.insight.overview import foreign_overview, overview
from sorgenetz.insight.places import lands, places_with_initiatives
from sorgenetz.names import ID, THING_TYPES
from sorgenetz.terms import checked_iri
from sorgenetz.web import prose, stories, templating
from sorgenetz.web.addresses import page_of
from sorgenetz.web.departed import nothing_at, successor
from sorgenetz.web.explore import (
    alike,
    brief,
    compare,
    files,
    gap_files,
    gaps,
    glance,
    initiatives,
    practices,
    search,
)
from sorgenetz.web.negotiation import IN_LANGUAGE, ConditionFailed, has_it_already, reader_language, unchanged
from sorgenetz.web.network import files as network_files
from sorgenetz.web.network import neighbourhood, paths, whole
from sorgenetz.web.page_numbers import not_the_page, page_asked
from sorgenetz.web.pages import finish, page, reader, tag_of_request, thing_page
from sorgenetz.web.problems import nothing_here, problem
from sorgenetz.web.query import editor, questions

bp = Blueprint("explorer", __name__)


@bp.record_once
def _register(state: BlueprintSetupState) -> None:
    templating.add_to(state.app)


@bp.url_value_preprocessor
def _read_language(endpoint: str | None, values: dict[str, object] | None) -> None:
    g.language = (values or {}).pop("language", None) or reader_language(request)


@bp.before_request
def _known_already() -> Response | None:
    if "language" in (request.url_rule.arguments if request.url_rule else ()) and has_it_already(
        request, tag_of_request()
    ):
        return unchanged()
    return None


@bp.after_request
def _finished(response: AnyResponse) -> AnyResponse:
    """Finish the page; Flask answers no error that is raised after the request, so that is done here."""
    try:
        return finish(response)
    except ConditionFailed as error:
        return problem(error)


bp.register_blueprint(prose.bp)
bp.register_blueprint(stories.bp)
bp.register_blueprint(editor.bp)
bp.register_blueprint(questions.bp)
bp.register_blueprint(initiatives.bp)
bp.register_blueprint(gaps.bp)
bp.register_blueprint(gap_files.bp)
bp.register_blueprint(files.bp)
bp.register_blueprint(brief.bp)
bp.register_blueprint(practices.bp)
bp.register_blueprint(search.bp)
bp.register_blueprint(neighbourhood.bp)
bp.register_blueprint(whole.bp)
bp.register_blueprint(paths.bp)
bp.register_blueprint(network_files.bp)
bp.register_blueprint(glance.bp)
bp.register_blueprint(alike.bp)
bp.register_blueprint(compare.bp)


@bp.get("/")
def start() -> AnyResponse:
    """Lead to the home page in the reader's language, German if in doubt."""
    g.moving = True
    response = redirect(f"/{reader_language(request)}/", 302)
    response.headers["Vary"] = "Accept-Language"
    return response


@bp.get(f"{IN_LANGUAGE}/")
def home() -> AnyResponse:
    """Show what this is, its numbers, and the ways in."""
    if not reader().vocabulary.is_ours:
        return page("home_foreign.html", overview=foreign_overview(reader()))
    query = reader().library.page("home-query")
    return page("home.html", overview=overview(reader()), query=query)


@bp.get(f"{IN_LANGUAGE}/<any({', '.join(LISTINGS)}):name>")
def listing(name: str) -> AnyResponse:
    """Show one page of all things of a kind; where there is no such page that is said, and another is shown."""
    shown = list_page(reader(), name, page_asked())
    problems = not_the_page(shown.page)
    return page("list.html", 400 if problems else 200, name=name, listing=shown, problems=problems)


@bp.get(f"{IN_LANGUAGE}/places")
def places() -> AnyResponse:
    """Show the Länder, and the places where initiatives are."""
    countries = groupby(lands(reader()), key=lambda land: land.country)
    by_country = [list(group) for _, group in countries]
    return page("places.html", by_country=by_country, places=places_with_initiatives(reader()))


@bp.get(f"{IN_LANGUAGE}/barriers")
def all_barriers() -> AnyResponse:
    """Show the barriers to access, and how often each is lowered."""
    return page("barriers.html", concepts=barriers(reader()))


@bp.get(f"{IN_LANGUAGE}/concepts")
def concepts() -> AnyResponse:
    """Show the concept schemes."""
    return page("concepts.html", schemes=schemes(reader()))


@bp.get(f"{IN_LANGUAGE}/thing")
def anything() -> AnyResponse:
    """Show what is said of any IRI, also one of another house; our own things have their own address."""
    try:
        iri = checked_iri(request.args.get("iri", ""))
    except BadRequest:
        raise nothing_here() from None
    if iri.startswith(ID) and iri.removeprefix(ID).split("/")[0] in THING_TYPES:
        return redirect(page_of(iri, g.language), 301)
    found = _instances(iri) or thing_page(iri, g.language)
    if found is None:
        raise nothing_here()
    return found


@bp.get(f"{IN_LANGUAGE}/<kind>/<slug>")
def thing(kind: str, slug: str) -> AnyResponse:
    """Show all that is said of a thing of this graph, and who says so."""
    if kind not in THING_TYPES:
        abort(404)
    try:
        iri = checked_iri(f"{ID}{kind}/{slug}")
    except BadRequest:
        abort(404)
    if kind == "question":
        return redirect(page_of(iri, g.language), 301)
    if now := successor(iri):
        return redirect(page_of(now, g.language), 301)
    found = thing_page(iri, g.language)
    if found is None:
        raise nothing_at(iri)
    return found


def _instances(iri: str) -> AnyResponse | None:
    """Return the list of a class's things when ?list is asked for."""
    if "list" not in request.args:
        return None
    after = request.args.get("after", "")
    rows = reader().ask("instances", **{"class": iri, "after": after})
    names = reader().names([iri, *(row["thing"].value for row in rows[:200])])
    named = names.pop(iri)
    ordered = [names[row["thing"].value] for row in rows[:200]]
    return page("instances.html", named=named, things=ordered, more=len(rows) > 200, after=after)
