"""A chart of a result: bars for one number to each row, a line where the rows are times."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import Tally, number_of, time_of
from sorgenetz.insight.results.labels import Label, label_columns, row_label
from sorgenetz.insight.results.lettering import LETTER, shortened
from sorgenetz.insight.results.place_map import NOT_MEASURED
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]
Names = Callable[[Iterable[Row]], Mapping[str, Named]]
MOST_BARS = 60
WIDTH = 720
_MOST_LABELS, _LEAST_BARS, _BAR, _GAP = 250.0, 260.0, 18, 8
LONGEST_LABEL = 34
# Room for a digit in any common font, and between a number and what it stands beside.
_DIGIT, _BESIDE = 8.7, 12.0
# Numbers closer together than this are drawn alike.
_LEAST = 1e-200
_RIGHT, _TOP, _FOOT, _HEIGHT = 20, 16, 40, 340


@dataclass(frozen=True)
class Mark:
    """One bar or one point, its value as the result writes it."""

    label: Label
    value: Term
    x: float
    y: float
    length: float = 0.0


@dataclass(frozen=True)
class Tick:
    """One value on an axis."""

    value: float
    at: float


@dataclass(frozen=True)
class Chart:
    """Bars or a line: which column it measures and which it could, its marks and axes, and what it leaves out."""

    form: str
    measure: str
    measures: tuple[str, ...]
    by: tuple[str, ...]
    marks: tuple[Mark, ...]
    width: float
    height: float
    zero: float = 0.0
    across: tuple[Tick, ...] = ()
    up: tuple[Tick, ...] = ()
    path: str = ""
    total: int = 0
    empty: int = 0
    margin: float = 0.0


def measures_of(tallies: tuple[Tally, ...]) -> tuple[int, ...]:
    """Return the columns that hold nothing but numbers to measure: no year, no longitude, no latitude."""
    return tuple(
        at for at, tally in enumerate(tallies)
        if tally.only("number") and tally.filled > 1 and tally.name.lower() not in NOT_MEASURED
    )  # fmt: skip


def can_chart(tallies: tuple[Tally, ...]) -> bool:
    """Tell whether there is a number to measure, and something else that says of what."""
    measures = measures_of(tallies)
    return bool(measures) and any(
        at not in measures and tally.filled and not tally.sorts["point"] for at, tally in enumerate(tallies)
    )


def chart_of(tallies: tuple[Tally, ...], rows: tuple[Row, ...], names: Names, wanted: str = "") -> Chart:
    """Return the chart of the measure `wanted`, or of the first one."""
    columns = tuple(tally.name for tally in tallies)
    measures = measures_of(tallies)
    at = next((at for at in measures if columns[at] == wanted), measures[0])
    measured = tuple(row for row in rows if row[at] is not None)
    time_at = _time_column(tallies, measured, measures)
    about = (columns[at], tuple(columns[one] for one in measures))
    if time_at is not None and _can_have_ticks([number_of(row[at]) or 0.0 for row in measured]):
        return _line(about, columns[time_at], measured, at, time_at, len(rows) - len(measured))
    by = label_columns(tallies, measured, set(measures))
    return _bars(about, by, columns, measured, at, names, len(rows) - len(measured))


def _time_column(tallies: tuple[Tally, ...], rows: tuple[Row, ...], measures: tuple[int, ...]) -> int | None:
    """Return the column of times that has each of its times once, so that a line can lead through them."""
    for at, tally in enumerate(tallies):
        if at not in measures and tally.filled > 2:
            times = [_moment(row[at], tally.name) for row in rows]
            if None not in times and len(set(times)) == len(times):
                return at
    return None


def _can_have_ticks(values: list[float]) -> bool:
    """Tell whether round numbers can stand beside the values: neither all but nothing nor beyond all measure."""
    span = max(0.0, *values) - min(0.0, *values)
    return span == 0.0 or 1e-9 < span < 1e18


def _moment(term: Term | None, column: str) -> float | None:
    """Return a time as a year with fraction; in a column called year, also a number of four digits."""
    if column.lower() in ("year", "jahr"):
        number = number_of(term)
        return number if number is not None and 1000 <= number <= 2999 else time_of(term)
    return time_of(term)


def _bars(about: tuple, by: tuple[int, ...], columns: tuple[str, ...], rows: tuple[Row, ...], at: int, names: Names,
          empty: int) -> Chart:  # fmt: skip
    shown = rows[:MOST_BARS]
    named = names(tuple(row[one] for one in by) for row in shown)
    values = [number_of(row[at]) or 0.0 for row in shown]
    low, high = min(0.0, *values), max(0.0, *values)
    labels = [row_label(row, by, named) for row in shown]
    margin = min(_MOST_LABELS, 16 + LETTER * max(len(shortened(label.text, LONGEST_LABEL)) for label in labels))
    room = _room(values)
    length = max(WIDTH - _MOST_LABELS - room, _LEAST_BARS)
    scale = length / max(high - low, _LEAST)
    zero = margin - low * scale
    marks = tuple(
        Mark(
            label, row[at], round(zero + min(value, 0.0) * scale, 1),  # type: ignore[arg-type]
            number * (_BAR + _GAP) + _GAP, round(abs(value) * scale, 1),
        )
        for number, (row, label, value) in enumerate(zip(shown, labels, values, strict=True))
    )  # fmt: skip
    height = len(marks) * (_BAR + _GAP) + _GAP
    return Chart(
        "bars", *about, tuple(columns[one] for one in by), marks, round(margin + length + room, 1), height,
        round(zero, 1), total=len(rows), empty=empty, margin=round(margin, 1),
    )  # fmt: skip


def _line(about: tuple, by: str, rows: tuple[Row, ...], at: int, time_at: int, empty: int) -> Chart:
    points = sorted(
        ((_moment(row[time_at], by) or 0.0, number_of(row[at]) or 0.0, row) for row in rows), key=lambda one: one[0]
    )
    start, end = points[0][0], points[-1][0]
    ticks = nice_ticks(min(0.0, *(value for _, value, _ in points)), max(0.0, *(value for _, value, _ in points)))
    low, high = ticks[0], ticks[-1]
    margin = round(_room(ticks), 1)
    length = max(WIDTH - margin - _RIGHT, _LEAST_BARS)

    def x(time: float) -> float:
        return round(margin + (time - start) / (end - start) * length, 1)

    def y(value: float) -> float:
        return round(_HEIGHT - _FOOT - (value - low) / (high - low) * (_HEIGHT - _FOOT - _TOP), 1)

    marks = tuple(Mark(Label(row[time_at].value), row[at], x(time), y(value)) for time, value, row in points)  # type: ignore[union-attr, arg-type]
    years = [year for year in nice_ticks(start, end) if start <= year <= end and year == int(year)]
    return Chart(
        "line", *about, (by,), marks, round(margin + length + _RIGHT, 1), _HEIGHT, y(0.0),
        tuple(Tick(year, x(year)) for year in years),
        tuple(Tick(value, y(value)) for value in ticks), "M" + "L".join(f"{mark.x:g} {mark.y:g}" for mark in marks),
        len(rows), empty, margin,
    )  # fmt: skip


def _room(values: Iterable[float]) -> float:
    """Return how wide the longest of the numbers may be, written with the digits and separators of a page."""
    return _BESIDE + _DIGIT * max(len(f"{value:,.3f}".rstrip("0").rstrip(".")) for value in values)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round values from at most `low` to at least `high`, about as many as `most`.

    >>> nice_ticks(0, 47)
    [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    """
    span = (high - low) or 1.0
    rough = span / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]
