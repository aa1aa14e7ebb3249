"""What a reader has chosen, as an address says it: read, checked against the release, and written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from rapidfuzz import process

from sorgenetz.insight.given import MOST_GIVEN, number_given, pairs_given
from sorgenetz.insight.lists import collated
from sorgenetz.insight.selection.catalogue import PLACE_KEY, Catalogue
from sorgenetz.names import ID

UNKNOWN = "unknown"
LONGEST_TEXT = 200
YEARS = range(1000, 3000)


@dataclass(frozen=True)
class Problem:
    """One part of an address that cannot be followed: `kind` says why, `near` what may be meant instead."""

    kind: str
    key: str
    given: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Words, values of facets, places, the years in which something began, and how sure a source must be."""

    text: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    confidence: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.values or self.since or self.until or self.confidence)

    def pairs(self, catalogue: Catalogue) -> list[tuple[str, str]]:
        """Return the parameters of the address that says this, in a stable order."""
        found = [("q", self.text)] if self.text else []
        for key in sorted(self.values):
            found += [(key, token(catalogue, key, value)) for value in self.values[key]]
        found += [(name, str(year)) for name, year in (("since", self.since), ("until", self.until)) if year]
        return found + ([("confidence", self.confidence.removeprefix(f"{ID}confidence/"))] if self.confidence else [])

    def address(self, catalogue: Catalogue, **others: str) -> str:
        """Return the query string of the address, with other parameters after it."""
        return urlencode([*self.pairs(catalogue), *((name, value) for name, value in others.items() if value)])

    def with_value(self, key: str, value: str) -> Choice:
        """Return the choice with one more value of a facet."""
        return replace(self, values={**self.values, key: (*self.values.get(key, ()), value)})

    def without(self, key: str, value: str = "") -> Choice:
        """Return the choice without one value of a facet, or without any of it; also without q, since and the like."""
        if key in ("since", "until"):
            return replace(self, **{key: None})
        if key in ("q", "confidence"):
            return replace(self, **{"text" if key == "q" else key: ""})
        left = tuple(other for other in self.values.get(key, ()) if value and other != value)
        others = {name: values for name, values in self.values.items() if name != key}
        return replace(self, values={**others, key: left} if left else others)


def token(catalogue: Catalogue, key: str, value: str) -> str:
    """Return how an address names a value."""
    facet = catalogue.facet(key)
    return value if value == UNKNOWN else facet.token(value) if facet else value.removeprefix(ID)


def read_choice(given: Iterable[tuple[str, str]], catalogue: Catalogue) -> tuple[Choice, tuple[Problem, ...]]:
    """Return the choice that the parameters say, and the parts that cannot be followed."""
    problems: list[Problem] = []
    values: dict[str, tuple[str, ...]] = {}
    simple: dict[str, object] = {}
    for place, (key, text) in enumerate(pairs_given(given)):
        if place == MOST_GIVEN:
            problems.append(Problem("too-much", key, text))
        elif key == "q":
            if len(text) > LONGEST_TEXT:
                problems.append(Problem("too-long", key, text[:40]))
            simple["text"] = text[:LONGEST_TEXT]
        elif key in ("since", "until"):
            year = number_given(text, YEARS)
            if year is None:
                problems.append(Problem("year", key, text))
            else:
                simple[key] = year
        elif key == "confidence":
            iri = f"{ID}confidence/{text}"
            if iri in catalogue.names:
                simple[key] = iri
            else:
                problems.append(_unknown(catalogue, key, text))
        elif key == PLACE_KEY or catalogue.facet(key):
            meant = _meant(catalogue, key, text)
            if len(meant) == 1:
                values[key] = tuple(dict.fromkeys((*values.get(key, ()), *meant)))
            else:
                problems.append(Problem("several", key, text, meant) if meant else _unknown(catalogue, key, text))
        else:
            keys = [facet.key for facet in catalogue.facets] + [PLACE_KEY]
            near = process.extractOne(key, keys, score_cutoff=70)
            problems.append(Problem("parameter", key, text, (near[0],) if near else ()))
    if simple.get("since") and simple.get("until") and simple["since"] > simple["until"]:  # type: ignore[operator]
        problems.append(Problem("years-turned", "since", f"{simple['since']}–{simple['until']}"))
        simple["since"], simple["until"] = simple["until"], simple["since"]
    return Choice(values=values, **simple), tuple(problems)  # type: ignore[arg-type]


def _meant(catalogue: Catalogue, key: str, text: str) -> tuple[str, ...]:
    """Return the values that `text` may mean: the one that it is the token of, else those with this very name."""
    facet = catalogue.facet(key)
    value = text if text == UNKNOWN else facet.value(text) if facet else text if ":" in text else ID + text
    known = catalogue.said.get(key, {})
    if value == UNKNOWN or value in known:
        return (value,)
    name = collated(text)
    return tuple(sorted(iri for iri in known if collated(catalogue.names[iri].label) == name))


def _unknown(catalogue: Catalogue, key: str, text: str) -> Problem:
    """Return the problem of a value that the release does not have here, with the nearest that it has."""
    known = [level.iri for level in catalogue.confidences] if key == "confidence" else catalogue.said.get(key, ())
    by_words = {iri: f"{collated(catalogue.names[iri].label)} {iri.rpartition('/')[2]}" for iri in known}
    near = process.extract(collated(text.rpartition("/")[2]), by_words, limit=3, score_cutoff=75)
    return Problem("value", key, text, tuple(iri for _, _, iri in near))
