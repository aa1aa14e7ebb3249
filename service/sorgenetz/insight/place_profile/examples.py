"""What is known in places like a place: their initiatives, and the barriers lowered there and not known to be here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.insight.place_profile.features import KREIS, LAND, Gazetteer
from sorgenetz.insight.place_profile.likeness import Alike
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.selection.catalogue import PLACE_KEY, catalogue

BARRIER_KEY = "lowersBarrier"
MOST_NAMED = 3


@dataclass(frozen=True)
class Example:
    """A like place: where it is, its first initiatives and how many there are, and what it may be asked about."""

    name: Named
    alike: Alike
    kreis: Named | None
    land: Named | None
    initiatives: tuple[Named, ...]
    count: int
    answers: tuple[Named, ...]


def examples(reader: Reader, places: Gazetteer, iri: str, found: Iterable[Alike]) -> list[Example]:
    """Return the like places in their order, with what is known there."""
    at, found = catalogue(reader), list(found)
    here = at.members(PLACE_KEY, iri)
    there = {one.place.iri: at.members(PLACE_KEY, one.place.iri) for one in found}
    first = {place: [one for one in at.entries if one in of][:MOST_NAMED] for place, of in there.items()}
    around = {place: [places.around(place, level) for level in (KREIS, LAND)] for place in there}
    names = reader.names(
        {*there, *(one for of in first.values() for one in of),
         *(above.iri for of in around.values() for above in of if above)}
    )  # fmt: skip
    unknown = [term for term in at.said.get(BARRIER_KEY, ()) if not here & at.members(BARRIER_KEY, term)]

    def known(place: str) -> tuple[Named, ...]:
        terms = [at.names[term] for term in unknown if there[place] & at.members(BARRIER_KEY, term)]
        return tuple(sorted(terms, key=lambda term: (term.order, term.label)))

    return [
        Example(
            names[one.place.iri],
            one,
            *(names[above.iri] if above and above.iri != one.place.iri else None for above in around[one.place.iri]),
            tuple(names[initiative] for initiative in first[one.place.iri]),
            len(there[one.place.iri]),
            known(one.place.iri),
        )
        for one in found
    ]


def where_initiatives_are(reader: Reader) -> tuple[str, ...]:
    """Return all places of which some initiative is known, in them or for them."""
    return tuple(catalogue(reader).said.get(PLACE_KEY, ()))
