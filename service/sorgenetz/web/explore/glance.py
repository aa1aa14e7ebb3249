"""A place at a glance: its initiatives, actors, barriers, funding, what nobody says of it, and places like it."""

from __future__ import annotations

from flask import Blueprint, Response

from sorgenetz.insight.maps.outlines import SOURCE_NOTE
from sorgenetz.insight.place_profile.examples import examples, where_initiatives_are
from sorgenetz.insight.place_profile.features import gazetteer
from sorgenetz.insight.place_profile.funding import funding_elsewhere, funding_here
from sorgenetz.insight.place_profile.likeness import alike
from sorgenetz.insight.place_profile.outline import outline
from sorgenetz.insight.place_profile.profile import MOST_NUMBERED, PlaceProfile, profile
from sorgenetz.insight.place_profile.said import figure_marks
from sorgenetz.insight.selection.catalogue import catalogue
from sorgenetz.insight.sources import Citations
from sorgenetz.web.explore.place_address import (
    RADII,
    USUAL_RADIUS,
    Wrong,
    address,
    no_place,
    only,
    place_here,
    practices_for,
    query,
    radius,
)
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader

bp = Blueprint("glance", __name__)
# So many places like this one are shown, and so many count as like it when funding elsewhere is looked for.
SHOWN_ALIKE = 3
LIKE_IT = 30


@bp.get(f"{IN_LANGUAGE}/<kind>/<slug>/at-a-glance")
def glance(kind: str, slug: str) -> Response:
    """Show what is known of a place and around it, and plainly apart what nobody says."""
    wrong: Wrong = []
    kilometres = radius(wrong)
    only(wrong, "km")
    iri = place_here(kind, slug)
    citations = Citations()
    found = profile(reader(), iri, kilometres, citations) if iri else None
    if found is None:
        return no_place(kind, slug)
    places, at = gazetteer(reader()), catalogue(reader())
    like = alike(places, found.place.iri, only=where_initiatives_are(reader()), most=LIKE_IT)
    shown = like.found[:SHOWN_ALIKE]
    funded = funding_here(reader(), found.initiatives, citations)
    elsewhere = funding_elsewhere(
        reader(), at, places, found.initiatives, {one.place.iri for one in like.found}, found.place.level, citations
    )
    like_marks = figure_marks(reader(), places, [one.place.iri for one in shown], citations)
    citations.look_up(reader())
    return page(
        "explore/place/glance.html",
        400 if wrong else 200,
        wrong=wrong,
        profile=found,
        token=found.place.token,
        kilometres=kilometres,
        radii=RADII,
        usual_radius=USUAL_RADIUS,
        funded=funded,
        elsewhere=elsewhere,
        likeness=like,
        alike=examples(reader(), places, found.place.iri, shown),
        like_marks=like_marks,
        outline=outline(places, found.place.iri),
        outline_note=SOURCE_NOTE,
        most_numbered=MOST_NUMBERED,
        queries=_queries(found, kilometres),
        cell=lambda facet, term: address(
            "gaps/cell",
            ("columns", facet.key),
            ("place", found.place.token),
            ("term", f"{facet.kind}/{_last(term.iri)}"),
        ),
        practices=lambda term: practices_for(term.iri, found.place.iri),
        selection=address("initiatives", ("place", found.place.token)),
    )


def _queries(found: PlaceProfile, kilometres: int) -> dict[str, str]:
    """Return the queries behind the figures of the page; each gives as many things as the page says."""
    iri = found.place.iri
    asked = {
        "here": query("place-initiatives", place=iri),
        "actors": query("place-actors-of", place=iri),
        "seats": query("place-seats", place=iri),
        "funding": query("place-funding-of", place=iri),
        "places": query("place-features"),
    }
    return asked | ({"near": query("place-near", place=iri, kilometres=kilometres)} if found.can_be_near else {})


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]
