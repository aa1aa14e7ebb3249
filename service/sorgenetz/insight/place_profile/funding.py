"""Who funds what: here, and elsewhere where something is of the same kind or the place is like this one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sorgenetz.insight.place_profile.features import Gazetteer
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue
from sorgenetz.insight.sources import Citations
from sorgenetz.names import ID

KIND_KEY = "initiativeKind"
PROGRAMME = f"{ID}programme/"
MOST_EXAMPLES = 2
# So many programmes are shown of those elsewhere, and so many funders beside them; more of those here.
MOST_GIVERS = 4
MOST_HERE = 12


@dataclass(frozen=True)
class Funded:
    """One initiative that is funded: which kinds it shares with those here, in which like place it is, who says so."""

    thing: Named
    kinds: tuple[Named, ...]
    place: Named | None
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Giver:
    """A programme or a funder with a few of the initiatives it funds; `total` counts all of them that fit."""

    thing: Named
    funded: tuple[Funded, ...]
    total: int


@dataclass(frozen=True)
class Funding:
    """Programmes, and funders beside them, those that fund most first; `total` counts those not shown as well."""

    programmes: tuple[Giver, ...]
    funders: tuple[Giver, ...]
    total: int

    @property
    def shown(self) -> int:
        """Return how many are shown."""
        return len(self.programmes) + len(self.funders)


# For each giver the initiatives it funds, each with the graphs that say so.
Grants = dict[str, dict[str, set[str]]]
# The same for those that fit a place, with the place that is like it, or an empty text.
Fitting = dict[str, dict[str, tuple[set[str], str]]]


def grants(reader: Reader) -> Grants:
    """Return who funds what, read once per release."""
    return reader.kept("grants", lambda: _grants(reader))


def funding_here(reader: Reader, here: Collection[str], citations: Citations) -> Funding:
    """Return the programmes and funders of these initiatives, those that fund most of them first."""
    fitting = {giver: {one: (graphs, "") for one, graphs in of.items() if one in here}
               for giver, of in grants(reader).items()}  # fmt: skip
    return _funding(reader, None, fitting, citations, MOST_HERE)


def funding_elsewhere(
    reader: Reader,
    at: Catalogue,
    places: Gazetteer,
    here: Collection[str],
    like: Collection[str],
    level: str,
    citations: Citations,
) -> Funding:
    """Return who funds elsewhere what is of a kind known here, or what is in one of the places `like` this one."""
    kinds = {kind for one in here for kind in at.direct[KIND_KEY].get(one, ())}
    fitting: Fitting = {}
    for giver, of in grants(reader).items():
        for one, graphs in of.items():
            if one in here:
                continue
            around = (places.around(where, level) for where in at.direct[PLACE_KEY].get(one, ()))
            place = next((found.iri for found in around if found and found.iri in like), "")
            if place or kinds & at.direct[KIND_KEY].get(one, {}).keys():
                fitting.setdefault(giver, {})[one] = (graphs, place)
    return _funding(reader, (at, kinds), fitting, citations, MOST_GIVERS)


def _grants(reader: Reader) -> Grants:
    found: Grants = {}
    for row in reader.ask("place-funding"):
        of = found.setdefault(row["giver"].value, {})
        of.setdefault(row["initiative"].value, set()).add(row["g"].value)
    return found


def _funding(
    reader: Reader, shared: tuple[Catalogue, Collection[str]] | None, fitting: Fitting, citations: Citations, most: int
) -> Funding:
    ordered = sorted((giver for giver, of in fitting.items() if of), key=lambda giver: (-len(fitting[giver]), giver))
    programmes = [giver for giver in ordered if giver.startswith(PROGRAMME)][:most]
    funders = [giver for giver in ordered if not giver.startswith(PROGRAMME)][:most]
    shown = (*programmes, *funders)
    examples = {
        giver: sorted(fitting[giver], key=lambda one: (not fitting[giver][one][1], one))[:MOST_EXAMPLES]
        for giver in shown
    }
    places = {fitting[giver][one][1] for giver in shown for one in examples[giver]} - {""}
    names = reader.names({*shown, *places, *(one for of in examples.values() for one in of)})

    def funded(giver: str, one: str) -> Funded:
        graphs, place = fitting[giver][one]
        at, kinds = shared or (None, ())
        same = tuple(kind for kind in at.values_of(one, KIND_KEY) if kind.iri in kinds) if at else ()
        return Funded(names[one], same, names.get(place), citations.marks(graphs))

    def giver_of(giver: str) -> Giver:
        return Giver(names[giver], tuple(funded(giver, one) for one in examples[giver]), len(fitting[giver]))

    return Funding(tuple(map(giver_of, programmes)), tuple(map(giver_of, funders)), len(ordered))
