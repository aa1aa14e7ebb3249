"""What the addresses of the pages about a place say: which place, and how many kilometres around it."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urlencode

from flask import Response, request

from sorgenetz.insight.given import MOST_GIVEN, number_given
from sorgenetz.insight.place_profile.chooser import Meant, meant
from sorgenetz.insight.place_profile.features import gazetteer
from sorgenetz.insight.practices.evidence import size_of
from sorgenetz.insight.reader import Named
from sorgenetz.names import ID
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import shown

RADII = (10, 25, 50)
USUAL_RADIUS = 25
MEASURABLE = range(1, 101)
# One part of an address that cannot be followed: which one, what it says, and what may be meant.
Wrong = list[tuple[str, str, Named | None]]


def radius(wrong: Wrong) -> int:
    """Return how many kilometres around a place are asked for, the usual ones where that cannot be followed."""
    given = request.args.get("km", "").strip()
    found = number_given(given, MEASURABLE)
    if given and found is None:
        wrong.append(("km", shown(given)[:60], None))
    return USUAL_RADIUS if found is None else found


def only(wrong: Wrong, *known: str) -> None:
    """Note the first parameters of the address that mean nothing here."""
    strange = (key for key in request.args if key not in known)
    wrong += [("parameter", shown(key)[:60], None) for key in islice(strange, MOST_GIVEN)]


def practices_for(barrier: str, place: str) -> str:
    """Return the address of what helps against a barrier, in places of the kind of this one where it is one town."""
    town = gazetteer(reader()).town(place)
    size = size_of(town.people) if town and town.people else ""
    return address("practices", ("barrier", barrier.rpartition("/")[2]), ("size", size))


def place_here(kind: str, slug: str) -> str | None:
    """Return the IRI of the place that the path names, None if there is no such place."""
    iri = f"{ID}{kind}/{slug}"
    return iri if iri in gazetteer(reader()) else None


def no_place(kind: str, slug: str) -> Response:
    """Return the page that says that there is no such place, with those that may be meant."""
    found = meant(gazetteer(reader()), slug)
    return page("explore/place/unknown.html", 404, found=found, **named(found))


def named(*found: Meant) -> dict[str, object]:
    """Return what a page needs to tell places of one name apart: the names, and what is around each."""
    places = gazetteer(reader())
    iris = {iri for one in found for iri in (one.place, *one.candidates, *one.others) if iri}
    around = {iri: [place.iri for place in places.above(iri)] for iri in iris}
    names = reader().names({*iris, *(above for of in around.values() for above in of)})
    return {"names": names, "around": {iri: [names[above] for above in of] for iri, of in around.items()}}


def query(page_name: str, **values: object) -> str:
    """Return a query of the pages with its values, as the editor shows it."""
    return reader().library.page(page_name).with_values(values)


def address(path: str, *pairs: tuple[str, object]) -> str:
    """Return the path of a page in the reader's language with these parameters, those without a value left out."""
    kept = [(key, value) for key, value in pairs if value not in ("", None)]
    return f"/{reader().language}/{path}{'?' if kept else ''}{urlencode(kept)}"
