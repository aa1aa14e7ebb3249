"""Lists of things by class, page by page, with a few facts beside each name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.paging import page_numbers
from sorgenetz.insight.reader import Named, Reader, sn
from sorgenetz.insight.statements import Value, in_readers_words, value_of
from sorgenetz.names import DCT, SKOS, SN
from sorgenetz.terms import Term

PAGE_SIZE = 50
DESCRIPTIONS = (DCT + "description", SKOS + "definition")


@dataclass(frozen=True)
class Listing:
    """What a list holds: its classes, and whether the newest comes first."""

    classes: tuple[str, ...]
    newest_first: bool = False


# Initiatives have a page of their own, on which they are chosen by facets (selection/).
LISTINGS = {
    "actors": Listing((sn("Actor"), sn("Organisation"), sn("Network"), sn("Person"))),
    "events": Listing((sn("Event"),), newest_first=True),
    "publications": Listing((sn("Publication"),), newest_first=True),
    "findings": Listing((sn("Finding"),)),
    "programmes": Listing((sn("Programme"), sn("LegalBasis"))),
    "sources": Listing((sn("Source"),)),
    "quarters": Listing((sn("Quarter"), sn("Region"))),
}


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    thing: Named
    description: Value | None
    facts: Mapping[str, tuple[Value, ...]]

    def all(self, name: str) -> tuple[Value, ...]:
        """Return the values of sn:<name> or dct:<name>."""
        return self.facts.get(SN + name) or self.facts.get(DCT + name) or ()


@dataclass(frozen=True)
class ListPage:
    """One page of a list; pages count from 1."""

    items: tuple[Item, ...]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Return the number of the first line."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the page numbers to offer, 0 for a gap."""
        return page_numbers(self.page, self.pages)


def list_page(reader: Reader, name: str, page: int) -> ListPage:
    """Return one page of the list; a page beyond the end is the last one."""
    things = all_of(reader, name)
    pages = max(1, math.ceil(len(things) / PAGE_SIZE))
    page = min(max(page, 1), pages)
    chosen = things[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return ListPage(tuple(items(reader, chosen)), len(things), page, pages)


def all_of(reader: Reader, name: str) -> list[str]:
    """Return the IRIs of all things of a list in order, worked out once per release and language."""
    return reader.kept(("list", name, reader.language), lambda: _sorted(reader, LISTINGS[name]))


def _sorted(reader: Reader, listing: Listing) -> list[str]:
    labels: dict[str, list[Term]] = {}
    dates: dict[str, str] = {}
    for row in reader.ask("list", **{"class": listing.classes}):
        iri = row["thing"].value
        labels.setdefault(iri, [])
        if "label" in row:
            labels[iri].append(row["label"])
        if "date" in row:
            dates[iri] = max(dates.get(iri, ""), row["date"].value)
    by_name = sorted(labels, key=lambda iri: (collated(reader.name(iri, labels[iri], ()).label), iri))
    if listing.newest_first:
        by_name.sort(key=lambda iri: dates.get(iri, ""), reverse=True)
    return by_name


def items(reader: Reader, iris: list[str]) -> list[Item]:
    """Return a line for each of the things, in the order given."""
    if not iris:
        return []
    said: dict[str, dict[str, dict[Term, set[str]]]] = {}
    rows = reader.ask("list-details", thing=iris)
    for row in rows:
        said.setdefault(row["thing"].value, {}).setdefault(row["p"].value, {})[row["o"]] = {"any"}
    names = reader.names({*iris, *(row["o"].value for row in rows if row["o"].kind == "uri")})
    found = []
    for iri in iris:
        facts = {
            name: tuple(value_of(reader, term, names) for term in sorted(in_readers_words(reader, values), key=str))
            for name, values in said.get(iri, {}).items()
        }
        description = next((facts.pop(name)[0] for name in DESCRIPTIONS if name in facts), None)
        found.append(Item(names[iri], description, facts))
    return found


def collated(text: str) -> str:
    """Return a text as dictionaries sort it (DIN 5007-1): umlauts with their vowel, capitals with small letters.

    >>> collated("Äpfel") < collated("Birne")
    True
    """
    return text.casefold().translate(_FOLD)


_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "é": "e", "è": "e", "„": "", '"': "", "»": ""})
