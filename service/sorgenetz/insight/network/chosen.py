"""The part of the network that a choice leaves, with times that are known told from those that are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sorgenetz.insight.network.choice import NetworkChoice
from sorgenetz.insight.network.known import Known
from sorgenetz.insight.selection.choice import UNKNOWN
from sorgenetz.releases.network.ties import FUNDER, Tie, actor_graph, participation_graph

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Chosen:
    """The ties that are left; of `undated` it is not known whether they hold at the time asked for."""

    known: Known
    choice: NetworkChoice
    ties: tuple[Tie, ...]
    undated: frozenset[Tie]
    without_funding: int

    @cached_property
    def actors(self) -> nx.Graph:
        """Return who works with whom."""
        return actor_graph(self.ties)

    @cached_property
    def parts(self) -> nx.Graph:
        """Return actors and what they take part in."""
        return participation_graph(self.ties)

    @cached_property
    def things(self) -> frozenset[str]:
        """Return what actors take part in, without actors themselves."""
        return frozenset(self.parts) - frozenset(self.actors)


def choose(known: Known, choice: NetworkChoice, *always: str) -> Chosen:
    """Return what a choice leaves; kinds and communities never leave out the actors named in `always`."""
    left = [tie for tie in known.ties if not choice.roles or tie.role in choice.roles]
    working = [tie for tie in left if choice.counts_funding or tie.role != FUNDER]
    times = {tie: in_year(tie, choice.year) for tie in working}
    outside = {iri for iri in known.actors if iri not in always and not _is_chosen(known, choice, iri)}
    kept = tuple(
        tie
        for tie in working
        if (times[tie] or times[tie] is None and not choice.dated)
        and tie.actor not in outside
        and not (tie.direct and not tie.joint and tie.thing in outside)
    )
    undated = frozenset(tie for tie in kept if times[tie] is None)
    return Chosen(known, choice, kept, undated, len(left) - len(working))


def in_year(tie: Tie, year: int | None) -> bool | None:
    """Tell whether a tie holds in a year, None when that is not known; without a year, whether any time is known.

    Where sources differ the widest span counts.
    """
    starts, ends = _years(tie.starts), _years(tie.ends)
    if year is None:
        return True if starts or ends else None
    if starts and year < starts[0] or ends and year > ends[-1]:
        return False
    begun = bool(starts) or bool(ends) and year == ends[-1]
    lasting = bool(ends) or bool(starts) and year == starts[0]
    return True if begun and lasting else None


def _years(texts: Iterable[str]) -> list[int]:
    return sorted(int(text[:4]) for text in texts if text[:4].isdecimal())


def _is_chosen(known: Known, choice: NetworkChoice, actor: str) -> bool:
    if choice.kinds:
        kinds = known.kinds.get(actor, (UNKNOWN,))
        if not set(kinds) & set(choice.kinds):
            return False
    return not choice.group or known.communities.get(actor, ("",))[0] == choice.group
