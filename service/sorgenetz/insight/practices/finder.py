"""The practices that fit a wish, the best first, with every reason that counted and how much it counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sorgenetz.insight.practices.evidence import Evidence, Practice, Practices, practices
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.terms import Term

WEIGHTS = {"barrier": 4.0, "group": 3.0, "place": 1.0, "means": 1.0, "sources": 1.0}
HEAVIEST = 10.0
# A near match counts half; what a less sure source says counts less.
NEAR = 0.5
SURE = {1.0: 1.0, 2.0: 0.7, 3.0: 0.4}
ENOUGH_SOURCES = 3


@dataclass(frozen=True)
class Wish:
    """What a reader looks for: barriers, groups, sizes of places, and how much each kind of reason counts."""

    barriers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)


@dataclass(frozen=True)
class Means:
    """By what a barrier is lowered, and which sources say so."""

    text: Term
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One reason: what was asked, what is said and by whom, whether it is near or exact, and by what means."""

    kind: str
    points: float
    evidence: tuple[Evidence, ...] = ()
    asked: str = ""
    near: bool = False
    means: tuple[Means, ...] = ()
    count: int = 0

    @property
    def best(self) -> Evidence:
        """Return the surest piece of evidence."""
        return min(self.evidence, key=lambda one: (one.rank, one.source))

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the sources that say so, the surest first."""
        return tuple(dict.fromkeys(one.source for one in sorted(self.evidence, key=lambda one: one.rank)))


@dataclass(frozen=True)
class Suggestion:
    """One practice with its reasons, those that count most first."""

    thing: Named
    points: float
    reasons: tuple[Reason, ...]

    @property
    def exact(self) -> bool:
        """Tell whether everything that was found is what was asked for, and not only near it."""
        return not any(reason.near for reason in self.reasons)


def find_practices(reader: Reader, wish: Wish) -> list[Suggestion]:
    """Return the practices that lower a barrier or are for a group of the wish, the best first; none for no wish."""
    if not wish.barriers and not wish.groups:
        return []
    of = practices(reader)
    found = {iri: reasons for iri, practice in of.all.items() if (reasons := _reasons(reader, of, practice, wish))}
    names = reader.names(found)
    suggestions = [
        Suggestion(
            names[iri],
            round(sum(reason.points for reason in reasons), 2),
            tuple(sorted(reasons, key=lambda reason: -reason.points)),
        )
        for iri, reasons in found.items()
    ]
    return sorted(suggestions, key=lambda one: (-one.points, one.thing.label.casefold(), one.thing.iri))


def _reasons(reader: Reader, of: Practices, practice: Practice, wish: Wish) -> list[Reason]:
    weights = wish.weights
    barriers = [_match("barrier", asked, practice.barriers, of.above, weights["barrier"]) for asked in wish.barriers]
    groups = [_match("group", asked, practice.groups, of.above, weights["group"]) for asked in wish.groups]
    matched = [_with_means(reader, practice, reason) for reason in (*barriers, *groups) if reason]
    # Whoever asks for barriers does not look for what has only the group in common.
    if not any(reason.kind == ("barrier" if wish.barriers else "group") for reason in matched):
        return []
    if any(reason.means for reason in matched):
        matched.append(Reason("means", weights["means"]))
    fitting = tuple(one for one in practice.places if one.size in wish.sizes)
    if fitting:
        matched.append(Reason("place", weights["place"], fitting))
    count = len({source for reason in matched for source in reason.sources if reason.kind in ("barrier", "group")})
    points = weights["sources"] * min(count, ENOUGH_SOURCES) / ENOUGH_SOURCES
    matched.append(Reason("sources", points, count=count))
    return [reason for reason in matched if reason.points > 0 or reason.evidence]


def _with_means(reader: Reader, practice: Practice, reason: Reason) -> Reason:
    """Return the reason with the means by which its barriers are lowered, in the reader's words."""
    if reason.kind != "barrier":
        return reason
    lowered = {one.value for one in reason.evidence}
    said: dict[Term, list[str]] = {}
    for one in practice.means:
        if one.value in lowered and one.means:
            said.setdefault(one.means, []).append(one.source)
    own = [text for text in said if text.lang == reader.language] or list(said)
    return replace(reason, means=tuple(Means(text, tuple(dict.fromkeys(said[text]))) for text in own))


def _match(
    kind: str, asked: str, said: Iterable[Evidence], above: Mapping[str, frozenset[str]], weight: float
) -> Reason | None:
    """Return why what is said fits what was asked: the same concept or one below it; near is what stands above it."""
    said = tuple(said)
    exact = tuple(one for one in said if one.value == asked or asked in above.get(one.value, ()))
    near = tuple(one for one in said if one.value in above.get(asked, ()))
    held = exact or near
    if not held:
        return None
    surest = min(one.rank for one in held)
    return Reason(kind, weight * SURE.get(surest, min(SURE.values())) * (1 if exact else NEAR), held, asked, not exact)
