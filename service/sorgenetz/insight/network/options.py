"""Which roles and kinds of actors can be chosen in the network, and how many ties or actors each has."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.network.choice import NetworkChoice, role_token
from sorgenetz.insight.network.known import Known
from sorgenetz.insight.reader import Named
from sorgenetz.insight.selection.choice import UNKNOWN
from sorgenetz.names import ID


@dataclass(frozen=True, slots=True)
class Option:
    """One role or kind to choose: how addresses name it, its words, how many there are, whether it is chosen."""

    token: str
    thing: Named | None
    count: int
    chosen: bool


def role_options(known: Known, choice: NetworkChoice) -> list[Option]:
    """Return the roles in which someone takes part, the most frequent first."""
    counts: dict[str, int] = {}
    for tie in known.ties:
        counts[tie.role] = counts.get(tie.role, 0) + 1
    ordered = sorted(counts, key=lambda role: (-counts[role], known.order(role)))
    return [Option(role_token(role), known.names[role], counts[role], role in choice.roles) for role in ordered]


def kind_options(known: Known, choice: NetworkChoice) -> list[Option]:
    """Return the kinds of the actors in the network by name, and last those of whom no kind is said."""
    counts: dict[str, int] = {}
    for actor in known.actors:
        for kind in known.kinds.get(actor, (UNKNOWN,)):
            counts[kind] = counts.get(kind, 0) + 1
    unknown = counts.pop(UNKNOWN, 0)
    options = [
        Option(kind.removeprefix(f"{ID}actor-kind/"), known.names[kind], counts[kind], kind in choice.kinds)
        for kind in sorted(counts, key=known.order)
    ]
    return [*options, Option(UNKNOWN, None, unknown, UNKNOWN in choice.kinds)] if unknown else options
