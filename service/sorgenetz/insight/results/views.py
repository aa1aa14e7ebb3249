"""An answer in the view a reader chose, and the other views that fit it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.answers import Answered, Part, Row, answer, names_in
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.cells import Point, Tally, tallied
from sorgenetz.insight.results.chart import Chart, can_chart, chart_of
from sorgenetz.insight.results.network import Network, Ties, network_of, ties_of
from sorgenetz.insight.results.place_map import PlaceMap, find_points, map_of

VIEWS = ("table", "chart", "map", "network", "raw")
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class Wish:
    """What a reader wants to see: the view, the part of the table, the number a chart shows."""

    view: str = "table"
    part: Part = Part()
    measure: str = ""


@dataclass(frozen=True)
class Shown:
    """The answer, the views that fit it, the one chosen, and what is drawn or written in that one."""

    answered: Answered
    views: tuple[str, ...] = ()
    view: str = "table"
    tallies: tuple[Tally, ...] = ()
    chart: Chart | None = None
    map: PlaceMap | None = None
    network: Network | None = None
    raw: str = ""
    raw_is_cut: bool = False

    @property
    def form(self) -> str:
        """Return select, ask, construct or describe."""
        return self.answered.form


def show(reader: Reader, query: str, wish: Wish = Wish()) -> Shown:
    """Return the answer to `query` in the view of `wish`, as a table where that view does not fit.

    Raises the errors of the engine.
    """
    answered = answer(reader, query, wish.part)
    if answered.form == "ask" or not answered.total:
        return Shown(answered)
    found = _Pictures(reader, answered)
    views = found.views()
    view = wish.view if wish.view in views else "table"
    raw, is_cut = _raw(answered) if view == "raw" else ("", False)
    return Shown(
        answered, views, view, found.tallies,
        found.chart(wish.measure) if view == "chart" else None,
        found.map() if view == "map" else None,
        found.network() if view == "network" else None,
        raw, is_cut,
    )  # fmt: skip


class _Pictures:
    """What can be drawn of an answer that is held as a whole."""

    def __init__(self, reader: Reader, answered: Answered) -> None:
        self._reader = reader
        self._rows = answered.held or ()
        self._is_table = answered.form == "select"
        self.tallies = tallied(answered.columns, self._rows)
        self._points: list[Point | None] = []
        self._looked_up = False
        self._ties: Ties | None = None
        if self._rows:
            self._ties = ties_of(self.tallies, self._rows, are_statements=not self._is_table)
            if self._is_table:
                self._points, self._looked_up = find_points(reader, self.tallies, self._rows)

    def views(self) -> tuple[str, ...]:
        fits = {
            "chart": self._is_table and can_chart(self.tallies),
            "map": any(self._points),
            "network": self._ties is not None,
        }
        return tuple(view for view in VIEWS if fits.get(view, True))

    def chart(self, measure: str) -> Chart:
        return chart_of(self.tallies, self._rows, self._names, measure)

    def map(self) -> PlaceMap:
        return map_of(self._points, self.tallies, self._rows, self._names, self._looked_up)

    def network(self) -> Network:
        assert self._ties is not None
        return network_of(self._ties, self._names)

    def _names(self, rows: Iterable[Row]) -> Mapping[str, Named]:
        return names_in(self._reader, rows)


def _raw(answered: Answered) -> tuple[str, bool]:
    """Return Turtle as it is, JSON with a line for each value, or the beginning of either when it is long."""
    assert answered.given is not None
    beginning = answered.given.file().read(MOST_CHARACTERS + 1)
    if len(beginning) > MOST_CHARACTERS:
        return beginning[:MOST_CHARACTERS].decode("utf-8", "ignore"), True
    text = beginning.decode("utf-8")
    if answered.form == "select":
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return text, False
