"""How much is known of initiatives, over all and by Kreis; what is not known is counted as such, never as none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.insight.quality import asked_of
from sorgenetz.insight.reader import Named, Reader, by_column
from sorgenetz.releases.report import Remark

KNOWN = ("place", "carrier", "start", "barriers", "funding")
_YES = ("true", "1")
# Of each initiative, on this release and on the one before.
_Warnings = tuple[Counter, Counter | None]


@dataclass(frozen=True)
class Group:
    """Some initiatives: how many, of how many what is known, and how many warnings concern them, now and before.

    In a Kreis `known["place"]` counts those of which the municipality or quarter is known. `before` is of the release
    before; None when nobody looked then.
    """

    initiatives: int
    known: dict[str, int]
    warnings: int
    before: int | None = None


@dataclass(frozen=True)
class OfKreis:
    """A Kreis and its initiatives."""

    kreis: Named
    group: Group


@dataclass(frozen=True)
class OfLand:
    """A Land with those of its Kreise in which initiatives are recorded."""

    land: Named
    group: Group
    kreise: tuple[OfKreis, ...]
    all_kreise: int


@dataclass(frozen=True)
class Knowledge:
    """All initiatives, the Länder, and the initiatives that no Kreis is known of."""

    all: Group
    lands: tuple[OfLand, ...]
    elsewhere: Group

    @property
    def kreise(self) -> int:
        """Return in how many Kreise initiatives are recorded."""
        return sum(len(land.kreise) for land in self.lands)

    @property
    def all_kreise(self) -> int:
        """Return how many Kreise there are."""
        return sum(land.all_kreise for land in self.lands)


def knowledge_of(reader: Reader, remarks: Iterable[Remark], before: Iterable[Remark] | None = None) -> Knowledge:
    """Return what is known of the initiatives of the release, and where findings concern them."""
    known = {
        row["initiative"].value: {name for name in KNOWN if name in row and row[name].value in _YES}
        for row in reader.ask("quality-initiatives")
    }
    warnings = (_warnings(reader, remarks), None if before is None else _warnings(reader, before))
    lands: dict[str, dict[str, set[str]]] = {}
    exact: set[tuple[str, str]] = set()
    for row in reader.ask("quality-kreise"):
        lands.setdefault(row["land"].value, {})[row["kreis"].value] = set()
    kreise = {kreis: inside for of_land in lands.values() for kreis, inside in of_land.items()}
    for row in reader.ask("quality-initiative-places"):
        initiative, kreis = row["initiative"].value, row["kreis"].value
        if kreis in kreise and initiative in known:
            kreise[kreis].add(initiative)
            if row["place"].value != kreis:
                exact.add((kreis, initiative))
    names = reader.names([*lands, *kreise])
    found = [_land(names, land, of_land, known, warnings, exact) for land, of_land in lands.items()]
    found.sort(key=lambda one: (-one.group.initiatives, one.land.label.casefold()))
    placed = {iri for inside in kreise.values() for iri in inside}
    return Knowledge(_group(known, known, warnings), tuple(found), _group(known.keys() - placed, known, warnings))


def _warnings(reader: Reader, remarks: Iterable[Remark]) -> Counter:
    """Return how many warnings concern each initiative or what belongs to it."""
    remarks = [remark for remark in remarks if remark.severity == "Warning"]
    rows = asked_of(reader, "quality-initiatives-of", (remark.thing for remark in remarks))
    belongs = by_column(rows, "thing", "initiative")
    return Counter(initiative for remark in remarks for initiative in belongs.get(remark.thing, ()))


def _land(names: dict, land: str, kreise: dict, known: dict, warnings: _Warnings, exact: set) -> OfLand:
    found = []
    for kreis, inside in kreise.items():
        if inside:
            group = _group(inside, known, warnings)
            group.known["place"] = sum((kreis, iri) in exact for iri in inside)
            found.append(OfKreis(names[kreis], group))
    found.sort(key=lambda one: (-one.group.initiatives, one.kreis.label.casefold()))
    inside_land = {iri for inside in kreise.values() for iri in inside}
    return OfLand(names[land], _group(inside_land, known, warnings), tuple(found), len(kreise))


def _group(initiatives: Iterable[str], known: dict[str, set[str]], warnings: _Warnings) -> Group:
    initiatives, (now, before) = set(initiatives), warnings
    return Group(
        len(initiatives),
        {name: sum(name in known[iri] for iri in initiatives) for name in KNOWN},
        sum(now[iri] for iri in initiatives),
        None if before is None else sum(before[iri] for iri in initiatives),
    )
