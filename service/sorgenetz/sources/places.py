"""The tables of places become quads: keys and names from the official register, points from GeoNames."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import TableBroken
from sorgenetz.names import GEO, GRAPH, ID, RDF, RDFS, SN, XSD
from sorgenetz.text_files import bytes_of, text_of

KEYS = ox.NamedNode(GRAPH + "destatis-regionalstatistik-high")
POINTS = ox.NamedNode(GRAPH + "geonames-medium")
FIGURES = ox.NamedNode(GRAPH + "destatis-gv-isys-2018-high")
OUTLINES = ox.NamedNode(GRAPH + "bkg-vg250-2017-high")

_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")
_WKT = ox.NamedNode(GEO + "wktLiteral")


def _sn(name: str) -> ox.NamedNode:
    return ox.NamedNode(SN + name)


def _place(kind: str, key: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ID}{kind}/{key}")


def _typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def _point(lat: str, lon: str) -> ox.Literal:
    return ox.Literal(f"POINT({lon} {lat})", datatype=_WKT)


def read_places(folder: Path) -> dict[Path, list[ox.Quad]]:
    """Return the quads of each table in `folder`: countries, Länder, Kreise, municipalities, centroids.

    Raises TableBroken with file, line and column name when a value is missing or has the wrong form, and FileNotUtf8.
    """
    readers = {
        "countries.csv": _country,
        "laender.csv": _land,
        "kreise.csv": _kreis,
        "municipalities.csv": _municipality,
        "centroids.csv": _centroid,
    }
    found = {}
    for name, read_row in readers.items():
        path = folder / name
        if path.is_file():
            try:
                found[path] = [quad for row in _rows(path) for quad in read_row(row)]
            except KeyError as missing:
                raise TableBroken(file=path, line=1, column=missing.args[0]) from missing
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(StringIO(text_of(path, bytes_of(path)), newline=""))
    for row in reader:
        for column, value in row.items():
            if column is None or value is None:
                raise TableBroken(file=path, line=reader.line_num, column=column or "?")
            digits = {"ags": (2, 5, 8), "kreis_ags": (5,), "land_ags": (2,)}.get(column)
            if digits and not (value.isascii() and value.isdigit() and len(value) in digits):
                raise TableBroken(file=path, line=reader.line_num, column=column)
        yield row


def _country(row: dict[str, str]) -> Iterator[ox.Quad]:
    country = _place("country", row["code"])
    yield ox.Quad(country, _TYPE, _sn("Country"), KEYS)
    yield ox.Quad(country, _LABEL, ox.Literal(row["name_de"], language="de"), KEYS)
    yield ox.Quad(country, _LABEL, ox.Literal(row["name_en"], language="en"), KEYS)


def _keyed(kind: str, type_name: str, row: dict[str, str], label: str, part_of: ox.NamedNode) -> Iterator[ox.Quad]:
    place = _place(kind, row["ags"])
    yield ox.Quad(place, _TYPE, _sn(type_name), KEYS)
    yield ox.Quad(place, _LABEL, ox.Literal(label, language="de"), KEYS)
    yield ox.Quad(place, _sn("ags"), ox.Literal(row["ags"]), KEYS)
    yield ox.Quad(place, _sn("partOf"), part_of, KEYS)
    if row.get("designation"):
        yield ox.Quad(place, _sn("designation"), ox.Literal(row["designation"], language="de"), KEYS)


def _land(row: dict[str, str]) -> Iterator[ox.Quad]:
    yield from _keyed("land", "Land", row, row["name"], _place("country", row["country"]))


def _kreis(row: dict[str, str]) -> Iterator[ox.Quad]:
    # Twenty-two names are both a city's and a Landkreis's: the label always says which.
    yield from _keyed("kreis", "Kreis", row, f"{row['name']} ({row['designation']})", _place("land", row["land_ags"]))
    kreis = _place("kreis", row["ags"])
    if row["population"]:
        yield ox.Quad(kreis, _sn("population"), _typed(row["population"], "integer"), FIGURES)
    if row["area_km2"]:
        yield ox.Quad(kreis, _sn("areaKm2"), _typed(row["area_km2"], "decimal"), FIGURES)
    if row["nuts"]:
        yield ox.Quad(kreis, _sn("nuts"), ox.Literal(row["nuts"]), FIGURES)


def _municipality(row: dict[str, str]) -> Iterator[ox.Quad]:
    yield from _keyed("municipality", "Municipality", row, row["name"], _place("kreis", row["kreis_ags"]))
    place = _place("municipality", row["ags"])
    if row["lat"] and row["lon"]:
        yield ox.Quad(place, _sn("point"), _point(row["lat"], row["lon"]), POINTS)
    if row["geonames_id"]:
        yield ox.Quad(place, _sn("geonames"), ox.NamedNode(f"https://sws.geonames.org/{row['geonames_id']}/"), POINTS)
    # GeoNames writes 0 where it does not know a population.
    if row["population_geonames"] not in ("", "0") and row["same_name"] == "true":
        yield ox.Quad(place, _sn("population"), _typed(row["population_geonames"], "integer"), POINTS)


def _centroid(row: dict[str, str]) -> Iterator[ox.Quad]:
    yield ox.Quad(_place("municipality", row["ags"]), _sn("point"), _point(row["lat"], row["lon"]), OUTLINES)
