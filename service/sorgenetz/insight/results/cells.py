"""What a cell of a result is: a number, a time, a point, a text, a thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sorgenetz.names import GEO, RDF, XSD
from sorgenetz.terms import Term

Point = tuple[float, float]

NUMBERS = frozenset(XSD + name for name in (
    "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
))  # fmt: skip
TIMES = frozenset(XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
TEXTS = frozenset((XSD + "string", RDF + "langString", ""))
_NUMERAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_TIME = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d).*)?)?)?(?:Z|[+-]\d\d:\d\d)?")
_POINT = re.compile(r"\s*(?:<([^>]*)>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)
_EAST_FIRST = ("", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "https://www.opengis.net/def/crs/OGC/1.3/CRS84")
_NORTH_FIRST = tuple(
    f"{scheme}://www.opengis.net/def/crs/EPSG/{version}/{code}"
    for scheme in ("http", "https") for version in ("0", "9.8.15") for code in ("4326", "4258")
)  # fmt: skip


def number_of(term: Term | None) -> float | None:
    """Return the number a literal stands for; None for all else, also for what is infinite or no number."""
    if term is None or term.kind != "literal" or term.datatype not in NUMBERS or not _NUMERAL.fullmatch(term.value):
        return None
    value = float(term.value)
    return value if math.isfinite(value) else None


def time_of(term: Term | None) -> float | None:
    """Return a time as a year with its fraction; None for what is no time between the years 1 and 9999.

    >>> time_of(Term("literal", "2019-07-02", datatype=XSD + "date"))
    2019.49863
    """
    if term is None or term.kind != "literal" or term.datatype not in TIMES:
        return None
    found = _TIME.fullmatch(term.value)
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    start = date(day.year, 1, 1).toordinal()
    length = 366 if day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0) else 365
    hours = (int(found[4]) + int(found[5]) / 60) / 24 if found[4] else 0.0
    return round(day.year + (day.toordinal() - start + hours) / length, 6)


def point_of(term: Term | None) -> Point | None:
    """Return longitude and latitude of a WKT point; None for other shapes, other reference systems, places off Earth.

    >>> point_of(Term("literal", "POINT(7.05 50.95)", datatype=GEO + "wktLiteral"))
    (7.05, 50.95)
    """
    if term is None or term.kind != "literal" or term.datatype != GEO + "wktLiteral":
        return None
    found = _POINT.fullmatch(term.value)
    if not found or not (_NUMERAL.fullmatch(found[2]) and _NUMERAL.fullmatch(found[3])):
        return None
    first, second = float(found[2]), float(found[3])
    if (found[1] or "") in _EAST_FIRST:
        return on_earth(first, second)
    return on_earth(second, first) if found[1] in _NORTH_FIRST else None


def on_earth(east: float | None, north: float | None) -> Point | None:
    """Return the point when there is such a longitude and latitude."""
    if east is None or north is None or abs(east) > 180 or abs(north) > 90:
        return None
    return east, north


def sort_of(term: Term) -> str:
    """Return what a cell holds: iri, bnode, number, time, point, text or other."""
    if term.kind != "literal":
        return "iri" if term.kind == "uri" else "bnode"
    if term.lang or (term.datatype or "") in TEXTS:
        return "text"
    if number_of(term) is not None:
        return "number"
    if time_of(term) is not None:
        return "time"
    return "point" if point_of(term) else "other"


@dataclass
class Tally:
    """What a column holds, counted cell by cell; `example` is the first that is filled."""

    name: str
    sorts: Counter[str] = field(default_factory=Counter)
    datatypes: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    example: Term | None = None

    def add(self, term: Term | None) -> None:
        """Count one cell."""
        if term is None:
            self.empty += 1
            return
        if self.example is None:
            self.example = term
        self.sorts[sort_of(term)] += 1
        if term.lang:
            self.languages[term.lang] += 1
        elif term.kind == "literal":
            self.datatypes[term.datatype or XSD + "string"] += 1

    @property
    def filled(self) -> int:
        """Return how many cells are not empty."""
        return self.sorts.total()

    def only(self, *sorts: str) -> bool:
        """Tell whether there are cells, and all that are filled hold one of these."""
        return self.filled > 0 and set(self.sorts) <= set(sorts)


def tallied(columns: tuple[str, ...], rows: tuple[tuple[Term | None, ...], ...]) -> tuple[Tally, ...]:
    """Return what each column holds."""
    tallies = tuple(Tally(name) for name in columns)
    for row in rows:
        for tally, term in zip(tallies, row, strict=True):
            tally.add(term)
    return tallies
