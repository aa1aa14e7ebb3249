"""Places like a place, with the weights of the reader, and why each of them is like it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from sorgenetz.insight.place_profile.examples import examples, where_initiatives_are
from sorgenetz.insight.place_profile.features import gazetteer
from sorgenetz.insight.place_profile.likeness import COMPARED, HEAVIEST, WEIGHTS, alike, density
from sorgenetz.insight.place_profile.said import figure_marks
from sorgenetz.insight.sources import Citations
from sorgenetz.web.explore.place_address import Wrong, address, no_place, only, place_here, query
from sorgenetz.web.explore.weights import read_weights
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader

bp = Blueprint("alike", __name__)
SHOWN = 12
FEATURES = {
    "people": lazy_gettext("As many people"),
    "density": lazy_gettext("As densely populated (the Kreis)"),
    "kind": lazy_gettext("City or part of a Landkreis"),
    "land": lazy_gettext("In the same Land"),
    "line": lazy_gettext("Close by"),
}


@bp.get(f"{IN_LANGUAGE}/<kind>/<slug>/alike")
def alike_places(kind: str, slug: str) -> Response:
    """Show the places most like this one and what is known there; places that cannot be compared are named apart."""
    wrong: Wrong = []
    iri = place_here(kind, slug)
    if iri is None:
        return no_place(kind, slug)
    places = gazetteer(reader())
    own = places[iri]
    compared = COMPARED.get(own.level, ())
    usual = {key: WEIGHTS[key] for key in compared}
    weights = read_weights(request.args, usual, HEAVIEST, wrong)
    only(wrong, "all", *(f"w-{key}" for key in usual))
    everywhere = request.args.get("all") == "1"
    candidates = None if everywhere else where_initiatives_are(reader())
    found = alike(places, iri, weights, candidates, SHOWN)
    citations = Citations()
    marks = figure_marks(reader(), places, [iri, *(one.place.iri for one in found.found)], citations)
    citations.look_up(reader())
    missing = [place.iri for place, _ in found.left_out[:SHOWN]]
    names = reader().names({iri, *missing})
    chosen = [(f"w-{key}", f"{weights[key]:g}") for key in usual if weights[key] != usual[key]]
    return page(
        "explore/place/alike.html",
        400 if wrong else 200,
        wrong=wrong,
        here=names[iri],
        place=own,
        token=own.token,
        density=density(places, own),
        compared=compared,
        words=FEATURES,
        weights=weights,
        usual=usual,
        heaviest=HEAVIEST,
        everywhere=everywhere,
        likeness=found,
        found=examples(reader(), places, iri, found.found),
        left_out=[names[one] for one in missing],
        cited={"citations": citations},
        marks_of=marks,
        other_range=address(f"{own.token}/alike", *chosen, ("all", "" if everywhere else "1")),
        features_query=query("place-features"),
    )
