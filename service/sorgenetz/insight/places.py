"""Places from above: the Länder with their numbers, and the places where initiatives are."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.reader import Named, Reader


@dataclass(frozen=True)
class LandCounts:
    """A Land and what there is in it."""

    thing: Named
    country: Named | None
    kreise: int
    municipalities: int
    initiatives: int


@dataclass(frozen=True)
class PlaceCount:
    """A place and how many initiatives are there."""

    thing: Named
    n: int


def lands(reader: Reader) -> list[LandCounts]:
    """Return the Länder, those of the best known country first, worked out once per release and language."""
    return reader.kept(("lands", reader.language), lambda: _lands(reader))


def places_with_initiatives(reader: Reader) -> list[PlaceCount]:
    """Return the places in which initiatives are, by name."""
    return reader.kept(("places-with-initiatives", reader.language), lambda: _places(reader))


def _lands(reader: Reader) -> list[LandCounts]:
    rows = {row["land"].value: row for row in reader.ask("lands")}
    countries = {iri: row["country"].value for iri, row in rows.items() if "country" in row}
    names = reader.names({*rows, *countries.values()})
    found = [
        LandCounts(
            names[iri],
            names[countries[iri]] if iri in countries else None,
            *(int(row[name].value) if name in row else 0 for name in ("kreise", "municipalities", "initiatives")),
        )
        for iri, row in rows.items()
    ]
    sizes: dict[str, int] = {}
    for one in found:
        sizes[_country(one)] = sizes.get(_country(one), 0) + one.municipalities
    return sorted(found, key=lambda one: (-sizes[_country(one)], _country(one), one.thing.label.casefold()))


def _country(land: LandCounts) -> str:
    return land.country.iri if land.country else ""


def _places(reader: Reader) -> list[PlaceCount]:
    rows = [row for row in reader.ask("places-with-initiatives") if "place" in row]
    names = reader.names(row["place"].value for row in rows)
    found = [PlaceCount(names[row["place"].value], int(row["n"].value)) for row in rows]
    return sorted(found, key=lambda one: (one.thing.label.casefold(), one.thing.iri))
