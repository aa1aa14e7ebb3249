"""All that can be chosen among, read once per release: the initiatives with their words, times, places and facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sorgenetz.insight.lists import collated
from sorgenetz.insight.reader import Named, Reader, by_column, sn
from sorgenetz.insight.selection.facets import Facet, facets
from sorgenetz.insight.vocabulary import UNORDERED
from sorgenetz.names import DCT, ID, RDFS, SKOS

PLACE_KEY = "place"
PLACE_PROPERTIES = (sn("locatedIn"), sn("servesArea"))

# Which things hold a value, each with the rank of the surest source that says so: 1 is the surest.
Holders = dict[str, dict[str, float]]


@dataclass
class Entry:
    """One initiative; `starts` and `ends` are years as sources give them, several where they differ."""

    iri: str
    label: str = ""
    words: list[str] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)

    @cached_property
    def text(self) -> str:
        """Return all words written of it, folded for comparison."""
        return " ".join(collated(word) for word in self.words)


@dataclass(frozen=True)
class Catalogue:
    """The things of one class in one release, in one language."""

    entries: Mapping[str, Entry]
    facets: tuple[Facet, ...]
    said: Mapping[str, Holders]
    direct: Mapping[str, Mapping[str, Mapping[str, float]]]
    above: Mapping[str, frozenset[str]]
    names: Mapping[str, Named]

    def facet(self, key: str) -> Facet | None:
        """Return the facet of this key."""
        return next((facet for facet in self.facets if facet.key == key), None)

    def members(self, key: str, value: str, rank: float = UNORDERED) -> frozenset[str]:
        """Return the things that hold `value` or one below it, on the word of sources at least as sure as `rank`."""
        return frozenset(iri for iri, best in self.said.get(key, {}).get(value, {}).items() if best <= rank)

    def stated(self, key: str, rank: float = UNORDERED) -> frozenset[str]:
        """Return the things of which some value is said; of the others nothing is known here."""
        held = self.said.get(key, {})
        return frozenset(iri for holders in held.values() for iri, best in holders.items() if best <= rank)

    def values_of(self, thing: str, key: str, rank: float = UNORDERED) -> tuple[Named, ...]:
        """Return the values that are said of one thing itself, without those above them, by name."""
        held = self.direct.get(key, {}).get(thing, {})
        found = [self.names[value] for value, best in held.items() if best <= rank]
        return tuple(sorted(found, key=lambda one: (one.order, collated(one.label))))

    @property
    def confidences(self) -> tuple[Named, ...]:
        """Return how sure a source can be, the surest first."""
        levels = [named for iri, named in self.names.items() if iri.startswith(f"{ID}confidence/")]
        return tuple(sorted(levels, key=lambda level: level.order))

    def rank(self, confidence: str) -> float:
        """Return how sure a confidence is, 1 for the surest; every confidence counts when none is named."""
        return self.names[confidence].order if confidence in self.names else UNORDERED


def catalogue(reader: Reader, of_class: str = sn("Initiative")) -> Catalogue:
    """Return all that readers choose among, worked out once per release and language."""
    return reader.kept(("catalogue", of_class, reader.language), lambda: _catalogue(reader, of_class))


def _catalogue(reader: Reader, of_class: str) -> Catalogue:
    found = facets(reader, of_class)
    above = by_column(reader.ask("selection-above", **{"class": of_class}), "value", "above")
    levels = {term.iri: term.order for term in reader.names(_confidences(reader)).values()}
    rows = {facet.key: _rows(reader, of_class, facet.property, facet.via) for facet in found}
    rows[PLACE_KEY] = [row for name in PLACE_PROPERTIES for row in _rows(reader, of_class, name)]
    said = {key: _held(of_key, levels, above) for key, of_key in rows.items()}
    direct = {key: _direct(of_key, levels) for key, of_key in rows.items()}
    names = reader.names({value for holders in said.values() for value in holders} | levels.keys())
    entries = _entries(reader, of_class)
    return Catalogue(entries, found, said, direct, {key: frozenset(values) for key, values in above.items()}, names)


def _confidences(reader: Reader) -> list[str]:
    return [row["concept"].value for row in reader.ask("concepts", scheme=ID + "scheme/confidence")]


def _rows(reader: Reader, of_class: str, property: str, via: str = "") -> list:
    values = {"class": of_class, "property": property}
    return reader.ask("selection-joined-values", **values, via=via) if via else reader.ask("selection-values", **values)


def _held(rows: Iterable, levels: Mapping[str, float], above: Mapping[str, set[str]]) -> Holders:
    held: Holders = {}
    for row in rows:
        thing, value = row["thing"].value, row["value"].value
        rank = levels.get(row["confidence"].value, UNORDERED)
        for at in (value, *above.get(value, ())):
            holders = held.setdefault(at, {})
            holders[thing] = min(rank, holders.get(thing, UNORDERED))
    return held


def _direct(rows: Iterable, levels: Mapping[str, float]) -> dict[str, dict[str, float]]:
    direct: dict[str, dict[str, float]] = {}
    for row in rows:
        values = direct.setdefault(row["thing"].value, {})
        rank = levels.get(row["confidence"].value, UNORDERED)
        values[row["value"].value] = min(rank, values.get(row["value"].value, UNORDERED))
    return direct


def _entries(reader: Reader, of_class: str) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    labels: dict[str, list] = {}
    for row in reader.ask("selection-things", **{"class": of_class}):
        iri = row["thing"].value
        entry = entries.setdefault(iri, Entry(iri))
        property, value = (row["p"].value, row["o"]) if "p" in row and "o" in row else ("", None)
        if property in (sn("start"), sn("end")):
            years = entry.starts if property == sn("start") else entry.ends
            years.update(int(text) for text in [value.value[:4]] if text.isdecimal())
        elif property in (RDFS + "label", SKOS + "altLabel", DCT + "description", sn("activity")):
            entry.words.append(value.value)
            if property == RDFS + "label":
                labels.setdefault(iri, []).append(value)
    for iri, entry in entries.items():
        entry.label = reader.name(iri, labels.get(iri, ()), ()).label
    return dict(sorted(entries.items(), key=lambda pair: (collated(pair[1].label), pair[0])))
