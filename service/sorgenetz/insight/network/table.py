"""The network as a table: a line for each actor with all that the picture says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.insight.reader import Named
from sorgenetz.releases.network.measures import Standing
from sorgenetz.releases.network.ties import Tie


@dataclass(frozen=True)
class Line:
    """One actor: its kinds and roles, what it takes part in, and with how many others it works in this selection.

    `standing` and `community` are those in the whole network; None and nothing for who only funds.
    """

    actor: Named
    kinds: tuple[Named, ...]
    roles: tuple[Named, ...]
    things: tuple[Named, ...]
    works_with: int
    standing: Standing | None
    community: tuple[str, ...]


SORTS = ("name", "kind", "with", "things", "between", "community")


def table_of(chosen: Chosen, ties: tuple[Tie, ...] | None = None) -> list[Line]:
    """Return a line for each actor of these ties, of all chosen ones if none are given, by name."""
    known = chosen.known
    of: dict[str, list[Tie]] = {}
    for tie in chosen.ties if ties is None else ties:
        of.setdefault(tie.actor, []).append(tie)
        if tie.direct:
            of.setdefault(tie.thing, [])
    names = known.names
    return [
        Line(
            names[actor],
            tuple(names[kind] for kind in known.kinds.get(actor, ())),
            known.sorted({tie.role for tie in of[actor]}),
            known.sorted({tie.thing for tie in of[actor]}),
            chosen.actors.degree(actor),
            known.index.standings.get(actor),
            known.communities.get(actor, ()),
        )
        for actor in sorted(of, key=known.order)
    ]


def sorted_lines(lines: list[Line], by: str, names: Mapping[str, Named]) -> list[Line]:
    """Return the lines in another order: numbers from the largest, words from A; equal ones by name."""
    if by == "kind":
        return sorted(lines, key=lambda line: line.kinds[0].label if line.kinds else "\uffff")
    if by == "community":
        return sorted(lines, key=lambda line: names[line.community[0]].label if line.community else "\uffff")
    numbers = {
        "with": lambda line: line.works_with,
        "things": lambda line: len(line.things),
        "between": lambda line: line.standing.between.value if line.standing else -1,
    }
    return sorted(lines, key=numbers[by], reverse=True) if by in numbers else lines
