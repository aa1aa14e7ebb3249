"""From what a reader typed to a place: places with the same name are told apart, never taken for one."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process

from sorgenetz.german.words import folded
from sorgenetz.insight.place_profile.features import Gazetteer
from sorgenetz.names import ID

LONGEST = 100
MOST = 24
FEW = 6
LEAST_ALIKE = 78


@dataclass(frozen=True)
class Meant:
    """What a text may mean: `place` if it is one place alone, else the `candidates`; neither if there is none.

    `others` are places whose name begins alike, which may be meant as well; `more` counts those left out,
    and `is_near` says that no name is so, and that the candidates are only spelt nearly so.
    """

    given: str
    place: str = ""
    candidates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    more: int = 0
    is_near: bool = False


def meant(places: Gazetteer, text: str) -> Meant:
    """Return the place that a text means: the end of its IRI, its official key, or its name."""
    given = " ".join(text.split())[:LONGEST]
    for iri in (ID + given, *(ID + f"{level}/{given}" for level in ("municipality", "kreis", "land"))):
        if iri in places:
            return Meant(given, iri)
    name = folded(given)
    if not name:
        return Meant(given)
    same = places.by_name.get(name, ())
    begins = [iri for other, iris in places.by_name.items() if other != name and _begins(other, name) for iri in iris]
    if len(same) == 1:
        return Meant(given, same[0], others=tuple(_ordered(places, begins)[:FEW]))
    found = [*_ordered(places, same), *_ordered(places, begins)]
    if not found:
        found = _ordered(places, [iri for other, iris in places.by_name.items() if name in other for iri in iris])
    is_near = not found
    if is_near:
        near = process.extract(name, list(places.by_name), limit=FEW, score_cutoff=LEAST_ALIKE)
        found = [iri for other, _, _ in near for iri in places.by_name[other]]
    return Meant(given, candidates=tuple(found[:MOST]), more=max(0, len(found) - MOST), is_near=is_near)


def suggested(places: Gazetteer, text: str, most: int) -> list[str]:
    """Return up to `most` places that someone may be about to name: by its key, its whole name, how it begins, a word.

    Of two that fit equally, the one with more people comes first.
    """
    given = folded(" ".join(text.split())[:LONGEST])
    if not given:
        return []
    fitting: list[tuple[int, int, str, str]] = []
    for name, iris in places.by_name.items():
        if rank := _rank(name, given):
            fitting += ((rank, -(places[iri].people or 0), name, iri) for iri in iris)
    if given.isdecimal():
        fitting += ((1, 0, iri, iri) for iri in places.places if iri.rpartition("/")[2].startswith(given))
    return [iri for *_, iri in nsmallest(most, fitting)]


def _rank(name: str, given: str) -> int:
    """Return 1 for the name itself, 2 for its beginning, 3 for the beginning of a word in it, and 0 for another."""
    if name.startswith(given):
        return 1 if name == given else 2
    return 3 if f" {given}" in name or f"-{given}" in name else 0


def _begins(name: str, with_word: str) -> bool:
    """Tell whether a name begins with a word, or with the beginning of one that is long enough to say something."""
    return name.startswith((f"{with_word} ", f"{with_word},", f"{with_word}-")) or (
        len(with_word) > 3 and name.startswith(with_word)
    )


def _ordered(places: Gazetteer, iris: tuple[str, ...] | list[str]) -> list[str]:
    return sorted(iris, key=lambda iri: (len(places[iri].name), folded(places[iri].name), iri))
