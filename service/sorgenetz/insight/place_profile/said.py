"""Which sources say the figures of places, as marks beside them."""

from __future__ import annotations

from collections.abc import Iterable

from sorgenetz.insight.place_profile.features import KREIS, LAND, MUNICIPALITY, Gazetteer
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.sources import Citations
from sorgenetz.names import SN

Basis = set[tuple[str, str]]
FIGURES = ("people", "density", "kind", "kreis", "land", "line")


class FigureMarks:
    """For some places the graphs on which each of their figures rests."""

    def __init__(self, marks: dict[tuple[str, str], tuple[str, ...]]) -> None:
        self._marks = marks

    def of(self, place: str, figure: str) -> tuple[str, ...]:
        """Return the marks of people, density, kind, kreis, land or line of a place."""
        return self._marks.get((place, figure), ())


def figure_marks(reader: Reader, places: Gazetteer, iris: Iterable[str], citations: Citations) -> FigureMarks:
    """Return who says the figures of these places: for some of them the Kreis around a place, or those in a Land."""
    basis = {(iri, figure): _basis(places, iri, figure) for iri in set(iris) for figure in FIGURES}
    said: dict[tuple[str, str], set[str]] = {}
    wanted = sorted({place for facts in basis.values() for place, _ in facts})
    for row in reader.ask("place-facts", place=wanted) if wanted else ():
        said.setdefault((row["place"].value, row["p"].value.removeprefix(SN)), set()).add(row["g"].value)
    return FigureMarks(
        {key: citations.marks({graph for fact in sorted(facts) for graph in said.get(fact, ())})
         for key, facts in sorted(basis.items())}
    )  # fmt: skip


def _basis(places: Gazetteer, iri: str, figure: str) -> Basis:
    """Return the statements, as place and local name of the property, that make up a figure."""
    kreis, town = places.around(iri, KREIS), places.around(iri, MUNICIPALITY)
    if figure == "people":
        return {(one, "population") for one in _counted(places, iri)}
    if figure == "density":
        around = iri if places[iri].level == LAND else kreis.iri if kreis else ""
        return (
            {(one, name) for one in _counted(places, around) for name in ("population", "areaKm2")} if around else set()
        )
    if figure == "kind":
        return {(kreis.iri, "designation")} if kreis else set()
    if figure == "kreis":
        return {(iri, "partOf")}
    if figure == "land":
        return {(iri, "partOf"), *([(kreis.iri, "partOf")] if kreis else [])}
    return {(town.iri, "point")} if town else set()


def _counted(places: Gazetteer, iri: str) -> list[str]:
    """Return the places whose figures are those of `iri`: itself, or the Kreise of a Land, which are summed."""
    if places[iri].level != LAND:
        return [iri]
    return [iri, *(part for part in places.parts.get(iri, ()) if places[part].level == KREIS)]
