"""The whole network at a glance: everything in its place, and the communities by name where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.insight.results.lettering import Lettering, Words
from sorgenetz.layout import Place
from sorgenetz.releases.network.index import Drawing

# A community is named in the picture from this size on.
LEAST_NAMED = 5
# How large the shapes are against the places of the release.
SCALE = 0.78


@dataclass(frozen=True)
class Marked:
    """A community in the overview: its best connected member, how many it has, and where its name stands."""

    member: str
    size: int
    words: Words


@dataclass(frozen=True)
class Overview:
    """The shapes of each kind and the lines, each as one path, and the communities that are named."""

    shapes: Mapping[str, str]
    lines: str
    marked: tuple[Marked, ...]
    width: float
    height: float


def drawing_of(chosen: Chosen) -> Drawing:
    """Return where the release has drawn everything, with those who only fund if they count."""
    return chosen.known.index.drawings[chosen.choice.counts_funding]


def overview_of(chosen: Chosen) -> Overview:
    """Return the overview of what is chosen; everything stays in its place however much is left out."""
    drawing = drawing_of(chosen)
    places = {iri: _scaled(drawing.places[iri]) for iri in chosen.parts if iri in drawing.places}
    width, height = _scaled((drawing.width, drawing.height))
    shapes: dict[str, list[str]] = {}
    for iri, (x, y) in sorted(places.items()):
        shapes.setdefault(chosen.known.names[iri].kind, []).append(f"M{x:g} {y:g}h.01")
    lines = [(places[a], places[b]) for a, b in chosen.parts.edges if a in places and b in places]
    path = "".join(f"M{x:g} {y:g}L{to_x:g} {to_y:g}" for (x, y), (to_x, to_y) in lines)
    return Overview(
        {kind: "".join(of) for kind, of in shapes.items()}, path, _marked(chosen, places, width, height), width, height
    )


def _marked(chosen: Chosen, places: Mapping[str, Place], width: float, height: float) -> tuple[Marked, ...]:
    lettering = Lettering(width, height)
    found = []
    for group in chosen.known.index.communities:
        here = [member for member in group if member in places]
        if len(here) >= LEAST_NAMED:
            x, y = places[here[0]]
            words = lettering.place(chosen.known.names[here[0]].label, x, y, 3.0, over_marks=True)
            if words.text:
                found.append(Marked(here[0], len(here), words))
    return tuple(found)


def _scaled(place: Place) -> Place:
    return round(place[0] * SCALE, 1), round(place[1] * SCALE, 1)
