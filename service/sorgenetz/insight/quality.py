"""What the gate found on a release, by rule and by source, in a form that a page can show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from sorgenetz.errors import NothingHere
from sorgenetz.insight.reader import Named, Reader, Row
from sorgenetz.names import BASE, ID, short
from sorgenetz.releases.report import SEVERITIES, Remark

CHECK = BASE + "check/"
# Findings of one rule that are listed; the report as a file has all of them.
MOST = 200
# Things that are asked about together.
AT_ONCE = 500
_OURS = re.compile(re.escape(ID) + r"[\w-]+/[\w-]+", re.ASCII)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")
_LONG = 120


@dataclass(frozen=True)
class Found:
    """One finding: the thing, and the value that is objected to, if there is one."""

    thing: Named
    value: Named | str = ""


@dataclass(frozen=True)
class Rule:
    """A rule that objects, what to do (of the first finding if they differ), on how many things, and the first."""

    severity: str
    name: str
    title: str
    remedy: str
    count: int
    found: tuple[Found, ...]
    by_example: bool = False

    @property
    def first(self) -> tuple[Found, ...]:
        """Return the findings that stand on the page at once; one more would not be worth unfolding."""
        return self.found if len(self.found) <= 6 else self.found[:5]

    @property
    def further(self) -> tuple[Found, ...]:
        """Return the findings to unfold."""
        return self.found[len(self.first) :]


@dataclass(frozen=True)
class OfSource:
    """A source, how many findings concern what it says, warnings of the release before, statements by confidence."""

    source: Named
    warnings: int
    notes: int
    statements: dict[str, int]
    before: int | None = None


@dataclass(frozen=True)
class OfConfidence:
    """A level of confidence, and how many graphs and statements have it."""

    confidence: Named
    graphs: int
    statements: int


def rules_of(reader: Reader, remarks: Iterable[Remark]) -> tuple[Rule, ...]:
    """Return the rules that object to something, the most severe first, then those with most findings."""
    grouped: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        grouped.setdefault((remark.severity, remark.shape), []).append(remark)
    mentioned = set()
    for found in grouped.values():
        for remark in found[:MOST]:
            mentioned |= {remark.thing, remark.value, *_OURS.findall(remark.text(reader.language))}
    names = reader.names(iri for iri in mentioned if _is_iri(iri))
    rules = [_rule(reader, severity, shape, found, names) for (severity, shape), found in grouped.items()]
    return tuple(sorted(rules, key=lambda rule: (_rank(rule.severity), -rule.count, rule.title)))


def sources_of(
    reader: Reader, remarks: Iterable[Remark], before: Iterable[Remark] | None = None
) -> tuple[tuple[OfSource, ...], tuple[OfConfidence, ...], int]:
    """Return the sources that findings concern, the levels of confidence, and how many sources no finding concerns.

    A finding concerns the sources that say something of its thing today; ourselves only when nobody else does. What
    was found `before`, on the release before, is counted in the same way; None when nobody looked then.
    """
    graphs = reader.ask("quality-graphs")
    counts = _by_source(reader, remarks)
    earlier = None if before is None else _by_source(reader, before)
    names = reader.names({row[name].value for row in graphs for name in ("source", "confidence")})
    statements: dict[str, Counter] = {}
    levels: dict[str, list[int]] = {}
    for row in graphs:
        source, level, n = row["source"].value, row["confidence"].value, int(row["n"].value)
        statements.setdefault(source, Counter())[level.rsplit("/", 1)[-1]] += n
        levels.setdefault(level, []).append(n)
    sources = [
        OfSource(
            names[iri],
            counts[iri]["Warning"],
            counts[iri]["Info"],
            dict(statements[iri]),
            None if earlier is None else earlier.get(iri, Counter())["Warning"],
        )
        for iri in statements
        if iri in counts
    ]
    sources.sort(key=lambda one: (-one.warnings, -one.notes, one.source.label.casefold()))
    confidences = [OfConfidence(names[iri], len(found), sum(found)) for iri, found in levels.items()]
    confidences.sort(key=lambda one: (one.confidence.order, one.confidence.label))
    return tuple(sources), tuple(confidences), len(statements) - len(sources)


def asked_of(reader: Reader, page: str, things: Iterable[str]) -> Iterator[Row]:
    """Return the rows of a page query about many things."""
    wanted = sorted({thing for thing in things if _is_iri(thing)})
    for at in range(0, len(wanted), AT_ONCE):
        yield from reader.ask(page, thing=wanted[at : at + AT_ONCE])


def _by_source(reader: Reader, remarks: Iterable[Remark]) -> dict[str, Counter]:
    remarks = list(remarks)
    others: dict[str, set[str]] = {}
    ours: dict[str, set[str]] = {}
    for row in asked_of(reader, "quality-sources", (remark.thing for remark in remarks)):
        side = ours if row["own"].value in ("true", "1") else others
        side.setdefault(row["thing"].value, set()).add(row["source"].value)
    found: dict[str, Counter] = {}
    for remark in remarks:
        for source in others.get(remark.thing) or ours.get(remark.thing, ()):
            found.setdefault(source, Counter())[remark.severity] += 1
    return found


def _rule(reader: Reader, severity: str, shape: str, found: list[Remark], names: dict[str, Named]) -> Rule:
    before, after = ("“", "”") if reader.language == "en" else ("„", "“")
    text = _OURS.sub(lambda iri: before + names[iri[0]].label + after, found[0].text(reader.language))
    title, *more = _SENTENCE.split(text, maxsplit=1)
    remedy = more[0] if more else ""
    if shape.startswith(CHECK):
        with suppress(NothingHere):
            title, remedy = reader.library.check(shape.removeprefix(CHECK)).title(reader.language), text
    shown = [Found(names[one.thing], _value(one, names)) for one in found[:MOST] if one.thing in names]
    shown.sort(key=lambda one: (one.thing.label.casefold(), one.thing.iri))
    return Rule(
        severity, short(shape).removeprefix(BASE), title, remedy, len(found), tuple(shown), shape.startswith(CHECK)
    )


def _value(remark: Remark, names: dict[str, Named]) -> Named | str:
    if remark.value in names:
        return names[remark.value] if remark.value != remark.thing else ""
    if remark.thing in names and remark.value == names[remark.thing].label:
        return ""
    return remark.value if len(remark.value) <= _LONG else remark.value[: _LONG - 2] + " …"


def _is_iri(text: str) -> bool:
    return re.match(r"(https?|urn):[^\s<>\"{}|\\^`]+$", text) is not None


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
