"""What the served release answers to a question in a guided tour."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.answers import Row, ask_for_all, names_in
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.place_map import PlaceMap
from sorgenetz.insight.results.views import Wish, show
from sorgenetz.library.asked_in_text import Asked
from sorgenetz.terms import Term


@dataclass(frozen=True)
class Told:
    """The rows that a tour tells, in its columns: without rows nothing is known, with `error` nothing was answered."""

    asked: Asked
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    names: dict[str, Named] | None = None
    map: PlaceMap | None = None
    error: SorgenetzError | None = None

    @property
    def shown(self) -> tuple[Row, ...]:
        """Return the first rows, as many as the tour wants."""
        return self.rows[: self.asked.most]

    @property
    def number(self) -> int:
        """Return how many different values there are in the first column."""
        return len({row[0] for row in self.rows if row[0]})

    @property
    def value(self) -> Term | None:
        """Return the first value of the first column, or None where nothing is known."""
        return next((row[0] for row in self.rows if row[0]), None)


def told(reader: Reader, asked: Asked) -> Told:
    """Return the answer to a question of a tour, worked out once per release and language."""
    how = (asked.view, asked.columns, asked.most, *asked.where.items())
    key = ("told", reader.language, asked.query(reader.language), how)
    try:
        return reader.kept(key, lambda: _ask(reader, asked))
    except SorgenetzError as error:
        return Told(asked, error=error)


def _ask(reader: Reader, asked: Asked) -> Told:
    query = asked.query(reader.language)
    whole = ask_for_all(reader, query)
    rows = [row for row in whole.rows() if _fits(row, whole.columns, asked.where)]
    columns = asked.columns or _shown(whole.columns)
    at = [whole.columns.index(column) for column in columns]
    drawn = show(reader, query, Wish("map")).map if asked.view == "map" else None
    # Rows that are alike in what is shown are told once.
    picked = tuple(dict.fromkeys(tuple(row[n] for n in at) for row in rows))
    return Told(asked, columns, picked, names_in(reader, picked[: asked.most]), drawn)


def _fits(row: Row, columns: tuple[str, ...], where: dict[str, str]) -> bool:
    return all((term := row[columns.index(name)]) is not None and term.value == value for name, value in where.items())


def _shown(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the name beside a thing, which its link says."""
    return tuple(one for one in columns if not (one.endswith("Name") and one.removesuffix("Name") in columns))
