"""The page about quality: what the gate found on the served release, and how the numbers went from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sorgenetz.insight.quality import OfConfidence, OfSource, Rule, rules_of, sources_of
from sorgenetz.insight.quality_places import Knowledge, knowledge_of
from sorgenetz.insight.reader import Reader
from sorgenetz.releases.chain import Release
from sorgenetz.releases.report import read_report

# What is drawn over time; the first names are keys of a manifest.
SERIES = ("triples", "things", "sources", "Warning")
WIDTH, HEIGHT, EDGE = 240, 72, 5


@dataclass(frozen=True)
class Series:
    """One number over all releases: its picture as points, and its first and latest value."""

    name: str
    points: tuple[tuple[float, float], ...]
    first: int
    latest: int
    most: int


@dataclass(frozen=True)
class AtRelease:
    """A release in the table; a number that nobody counted then is None."""

    number: int
    name: str
    day: str
    message: str
    counts: dict[str, int | None]


@dataclass(frozen=True)
class QualityView:
    """All that the page shows; `counts` is None where no gate was asked."""

    counts: dict[str, int] | None
    rules: tuple[Rule, ...]
    sources: tuple[OfSource, ...]
    confidences: tuple[OfConfidence, ...]
    sources_without: int
    knowledge: Knowledge
    series: tuple[Series, ...]
    releases: tuple[AtRelease, ...]


def quality_view(reader: Reader, lineage: Sequence[Release]) -> QualityView:
    """Return the view of the last of the releases in `lineage`, worked out once per release and language."""
    return reader.kept(("quality", reader.language), lambda: _view(reader, lineage))  # type: ignore[return-value]


def _view(reader: Reader, lineage: Sequence[Release]) -> QualityView:
    release = lineage[-1]
    remarks = read_report(release.folder)
    before = read_report(lineage[-2].folder) if len(lineage) > 1 and lineage[-2].manifest.get("findings") else None
    sources, confidences, without = sources_of(reader, remarks, before)
    rows = tuple(at_release(one) for one in lineage)
    series = tuple(one for name in SERIES if (one := series_of(name, rows)))
    return QualityView(
        release.manifest.get("findings"), rules_of(reader, remarks), sources, confidences, without,
        knowledge_of(reader, remarks, before), series, tuple(reversed(rows)),
    )  # fmt: skip


def at_release(release: Release) -> AtRelease:
    """Return the numbers of one release, as far as they were counted when it was made."""
    about = release.manifest
    counts = {name: about.get(name) for name in ("triples", "things", "sources")}
    for severity in ("Warning", "Info"):
        counts[severity] = (about.get("findings") or {}).get(severity)
    return AtRelease(release.number, release.name, release.created, about.get("message", ""), counts)


def series_of(name: str, rows: Sequence[AtRelease]) -> Series | None:
    """Return a number over time from zero up, as points in a box of WIDTH by HEIGHT; None when nobody counted it.

    >>> row = AtRelease(1, "", "", "", {"things": 4})
    >>> series_of("things", [row, AtRelease(2, "", "", "", {"things": 8})]).points
    ((5.0, 36.0), (235.0, 5.0))
    """
    counted = [(at, row.counts[name]) for at, row in enumerate(rows) if row.counts.get(name) is not None]
    if not counted:
        return None
    values = [value for _, value in counted]
    most, step = max(*values, 1), (WIDTH - 2 * EDGE) / max(len(rows) - 1, 1)
    points = tuple(
        (round(EDGE + at * step, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most, 1))
        for at, value in counted
    )
    return Series(name, points, values[0], values[-1], max(values))
