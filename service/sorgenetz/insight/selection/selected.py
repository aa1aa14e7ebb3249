"""What a choice comes to: the things chosen, and for each facet what a further choice would leave."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.lists import collated
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue, catalogue
from sorgenetz.insight.selection.choice import UNKNOWN, Choice
from sorgenetz.insight.selection.facets import Facet
from sorgenetz.insight.vocabulary import UNORDERED
from sorgenetz.names import SN

LEVELS = ("Country", "Land", "Kreis", "Municipality", "Quarter", "Region")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how many things there are with it under all other choices, and whether it is chosen."""

    thing: Named
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class FacetCounts:
    """A facet with its options; `unknown` counts the things of which it is not known."""

    key: str
    label: str
    options: tuple[Option, ...]
    unknown: int
    unknown_chosen: bool
    facet: Facet | None = None

    @property
    def chosen(self) -> tuple[Option, ...]:
        """Return the options that are chosen."""
        return tuple(option for option in self.options if option.chosen)


@dataclass(frozen=True)
class Selected:
    """The things of a choice, in the order of their names, with the counts of every facet."""

    catalogue: Catalogue
    choice: Choice
    things: tuple[str, ...]
    facets: tuple[FacetCounts, ...]
    start_unknown: int

    def ways_out(self) -> tuple[tuple[str, str, int], ...]:
        """Return, where nothing is left, which single choice to give up and how many things that brings."""
        if self.things:
            return ()
        found = []
        for key, value in _single_choices(self.choice):
            count = len(_all_of(self.catalogue, self.choice.without(key, value)))
            if count:
                found.append((key, value, count))
        return tuple(sorted(found, key=lambda way: -way[2]))


def select(reader: Reader, choice: Choice, place_label: str = "") -> Selected:
    """Return what `choice` comes to in the served release; `place_label` heads the choice of places."""
    at = catalogue(reader)
    rank = at.rank(choice.confidence)
    counts = [_counts(at, choice, rank, facet.key, facet.label, facet) for facet in at.facets]
    counts.insert(0, _counts(at, choice, rank, PLACE_KEY, place_label, None))
    things = _all_of(at, choice)
    without_years = _all_of(at, choice.without("since").without("until"))
    unknown = sum(1 for iri in without_years if not at.entries[iri].starts)
    ordered = tuple(iri for iri in at.entries if iri in things)
    return Selected(at, choice, ordered, tuple(one for one in counts if one.options), unknown)


def _single_choices(choice: Choice) -> list[tuple[str, str]]:
    found = [(key, value) for key, values in choice.values.items() for value in values]
    others = (("q", choice.text), ("since", choice.since), ("until", choice.until), ("confidence", choice.confidence))
    return found + [(key, "") for key, value in others if value]


def _all_of(at: Catalogue, choice: Choice, but: str = "") -> frozenset[str]:
    """Return the things that have all that is chosen; a facet with several values asks for one of them."""
    rank = at.rank(choice.confidence)
    things = frozenset(at.entries)
    for key, values in choice.values.items():
        if key != but:
            things &= frozenset().union(*(_holding(at, key, value, rank) for value in values))
    if choice.text:
        words = collated(choice.text).split()
        things = frozenset(iri for iri in things if all(word in at.entries[iri].text for word in words))
    if choice.since or choice.until:
        first, last = choice.since or 0, choice.until or 9999
        things = frozenset(iri for iri in things if any(first <= year <= last for year in at.entries[iri].starts))
    if choice.confidence and not choice.values:
        things = frozenset(iri for iri in things if any(iri in at.stated(key, rank) for key in at.said))
    return things


def _holding(at: Catalogue, key: str, value: str, rank: float) -> frozenset[str]:
    return frozenset(at.entries) - at.stated(key, rank) if value == UNKNOWN else at.members(key, value, rank)


def _counts(at: Catalogue, choice: Choice, rank: float, key: str, label: str, facet: Facet | None) -> FacetCounts:
    others = _all_of(at, choice, but=key)
    chosen = choice.values.get(key, ())
    options = [
        Option(at.names[value], len(others & at.members(key, value, rank)), value in chosen, _depth(at, key, value))
        for value in at.said.get(key, ())
    ]
    ordered = _in_order(at, key, options)
    return FacetCounts(key, label, tuple(ordered), len(others - at.stated(key, rank)), UNKNOWN in chosen, facet)


def _depth(at: Catalogue, key: str, value: str) -> int:
    """Return how deep a concept lies in its scheme; places are not shown one in another."""
    held = at.said[key]
    return 0 if key == PLACE_KEY else sum(1 for above in at.above.get(value, ()) if above in held)


def _in_order(at: Catalogue, key: str, options: list[Option]) -> list[Option]:
    """Return places from wide to narrow, concepts in the order of their scheme, things by how often they are found."""
    if key == PLACE_KEY:
        return sorted(options, key=lambda one: (_level(one.thing), -one.count, collated(one.thing.label)))
    if any(one.thing.order != UNORDERED for one in options):
        by_value = {one.thing.iri: one for one in options}

        def path(one: Option) -> list[tuple[float, str]]:
            line = sorted(
                at.above.get(one.thing.iri, frozenset()) & by_value.keys(), key=lambda iri: by_value[iri].depth
            )
            return [(by_value[iri].thing.order, iri) for iri in (*line, one.thing.iri)]

        return sorted(options, key=path)
    return sorted(options, key=lambda one: (-one.count, collated(one.thing.label)))


def _level(place: Named) -> int:
    return next((n for n, level in enumerate(LEVELS) if SN + level in place.classes), len(LEVELS))
