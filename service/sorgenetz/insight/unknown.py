"""What a planner expects to read of a thing and nobody has said; the page shows it as unknown, never as none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.ties import Tie
from sorgenetz.names import DCT, ID, SN


@dataclass(frozen=True)
class Expected:
    """One expectation: any of these properties, or a participation in any of these roles, or a tie of this kind."""

    name: str
    properties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tie: str = ""


EXPECTED = {
    "Initiative": (
        Expected("place", ("locatedIn", "servesArea")),
        Expected("carrier", roles=("carrier",)),
        Expected("start", ("start",)),
        Expected("barriers", tie="measure"),
        Expected("funding", ("underProgramme",), roles=("funder",)),
    ),
    "Organisation": (Expected("seat", ("basedIn",)),),
    "Network": (Expected("seat", ("basedIn",)),),
    "Event": (
        Expected("place", ("locatedIn", "online")),
        Expected("start", ("start",)),
        Expected("host", roles=("host",)),
    ),
    "Publication": (Expected("issued", ("issued",)), Expected("publisher", ("publisher",), roles=("publisher",))),
    "Programme": (Expected("funder", roles=("funder",)), Expected("legal-basis", ("legalBasis",))),
    "Measure": (Expected("means", ("means",)),),
}
# A talk or workshop stands in the frame of its event: place, host and day are said there.
NOT_EXPECTED = ("Talk", "Workshop")


def unknown_of(classes: Iterable[str], said: Mapping[str, object], ties: Iterable[Tie]) -> tuple[str, ...]:
    """Return the names of the expectations that nothing answers, in their order."""
    local = {name.removeprefix(SN) for name in classes}
    if local & set(NOT_EXPECTED):
        return ()
    ties = list(ties)
    kinds = {one.kind for one in ties if one.side != "actor"}
    roles = {
        role.iri.removeprefix(ID + "role/")
        for one in ties
        if one.kind == "participation" and one.side == "in" and (role := one.thing("role"))
    }
    return tuple(
        expected.name
        for name, expectations in EXPECTED.items()
        if name in local
        for expected in expectations
        if not (
            any(prefix + property in said for property in expected.properties for prefix in (SN, DCT))
            or roles & set(expected.roles)
            or expected.tie in kinds
        )
    )
