"""A part of the network as a picture: a shape for each actor and thing, a line for each tie, names where they fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.lettering import Lettering, Words
from sorgenetz.layout import Place, Sheet, laid_out
from sorgenetz.releases.network.ties import Tie

MOST_DRAWN = 80
_SHEET = Sheet(across=100.0, down=72.0)


@dataclass(frozen=True)
class Spot:
    """One actor or thing in the picture, with how many lines end there."""

    thing: Named
    x: float
    y: float
    lines: int
    words: Words

    @property
    def radius(self) -> float:
        """Return half the size of its shape."""
        return radius_of(self.lines)


@dataclass(frozen=True)
class Picture:
    """Shapes, lines of ties whose time is known, lines of those whose time is not, and the size of the whole."""

    spots: tuple[Spot, ...]
    dated: str
    undated: str
    width: float
    height: float


def picture_of(chosen: Chosen, ties: Iterable[Tie], drawn: frozenset[str], first: Iterable[str] = ()) -> Picture:
    """Return the picture of what is in `drawn`; the names of `first` are placed before all others."""
    lines: dict[tuple[str, str], bool] = {}
    for tie in ties:
        if tie.actor in drawn and tie.thing in drawn:
            pair = (tie.actor, tie.thing)
            lines[pair] = lines.get(pair, False) or tie not in chosen.undated
    counts = dict.fromkeys(drawn, 0)
    for ends in lines:
        for end in ends:
            counts[end] += 1
    order = sorted(drawn, key=lambda iri: (-counts[iri], iri))
    places, height = laid_out(order, list(lines), _SHEET)
    lettering = Lettering(_SHEET.width, height)
    for iri in order:
        lettering.block(*places[iri], radius_of(counts[iri]))
    words: dict[str, Words] = {}
    names = chosen.known.names
    for iri in dict.fromkeys((*first, *order)):
        if iri in drawn:
            over = iri in first or counts[iri] >= 4
            words[iri] = lettering.place(names[iri].label, *places[iri], radius_of(counts[iri]), over_marks=over)
    spots = tuple(Spot(names[iri], *places[iri], counts[iri], words[iri]) for iri in reversed(order))
    return Picture(spots, _path(lines, places, True), _path(lines, places, False), _SHEET.width, height)


def radius_of(lines: int) -> float:
    """Return how large something with so many lines is drawn."""
    return round(5.0 + min(8.0, 1.4 * lines**0.5), 1)


def _path(lines: dict[tuple[str, str], bool], places: dict, dated: bool) -> str:
    ends: list[tuple[Place, Place]] = [(places[a], places[b]) for (a, b), known in lines.items() if known == dated]
    return "".join(f"M{x:g} {y:g}L{to_x:g} {to_y:g}" for (x, y), (to_x, to_y) in ends)
