"""What a reader has chosen to see of the network, as an address says it: read, checked, and written back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from rapidfuzz import process

from sorgenetz.insight.given import MOST_GIVEN, number_given, pairs_given
from sorgenetz.insight.lists import collated
from sorgenetz.insight.network.known import Known, meant, token
from sorgenetz.insight.selection.choice import UNKNOWN, YEARS, Problem
from sorgenetz.names import ID, SN
from sorgenetz.releases.network.ties import FUNDER

STEPS = range(1, 4)
# How many nodes an address may open further, or keep marked.
MOST_MARKED = 40
NUMBERS = {"year": YEARS, "steps": STEPS}
KEYS = ("role", "kind", "year", "dated", "funding", "group", "steps", "further", "pin")


@dataclass(frozen=True)
class NetworkChoice:
    """Roles, kinds, a year, whether unknown times count, whether who only funds counts, one community; how far to go.

    `further` are actors from which one step more is shown, `pinned` those that stay marked.
    """

    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    year: int | None = None
    dated: bool = False
    funding: bool = False
    group: str = ""
    steps: int = 1
    further: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.roles or self.kinds or self.year or self.dated or self.group)

    @property
    def counts_funding(self) -> bool:
        """Tell whether who only funds counts as taking part."""
        return self.funding or FUNDER in self.roles

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address that says this, in a stable order."""
        found = [("role", role_token(role)) for role in sorted(self.roles)]
        found += [("kind", _kind_token(kind)) for kind in sorted(self.kinds)]
        found += [("year", str(self.year))] if self.year else []
        found += [(name, "1") for name in ("dated", "funding") if getattr(self, name)]
        found += [("group", token(self.group))] if self.group else []
        found += [("steps", str(self.steps))] if self.steps != STEPS[0] else []
        found += [("further", token(iri)) for iri in self.further]
        return found + [("pin", token(iri)) for iri in self.pinned]

    def query(self, **others: str) -> str:
        """Return the query string of the address, with its question mark; empty when nothing is chosen."""
        pairs = [*self.pairs(), *((name, value) for name, value in others.items() if value)]
        return f"?{urlencode(pairs, safe='/')}" if pairs else ""

    def with_steps(self, steps: int) -> NetworkChoice:
        """Return the choice with so many steps."""
        return replace(self, steps=steps)

    def toggled(self, key: str, iri: str) -> NetworkChoice:
        """Return the choice with an actor opened further or pinned, or no longer."""
        held: tuple[str, ...] = getattr(self, key)
        return replace(self, **{key: tuple(one for one in held if one != iri) if iri in held else (*held, iri)})

    def without_filters(self) -> NetworkChoice:
        """Return the choice with nothing left out."""
        return replace(self, roles=(), kinds=(), year=None, dated=False, group="")

    def with_funding(self) -> NetworkChoice:
        """Return the choice in which who only funds counts as well."""
        return replace(self, funding=True)


def role_token(role: str) -> str:
    """Return how an address names a role or a membership.

    >>> role_token("https://w3id.org/sorgenetz/id/role/carrier")
    'carrier'
    """
    return role.removeprefix(f"{ID}role/").removeprefix(SN)


def read_network_choice(given: Iterable[tuple[str, str]], known: Known) -> tuple[NetworkChoice, tuple[Problem, ...]]:
    """Return the choice that the parameters say, and the parts that cannot be followed."""
    problems: list[Problem] = []
    roles = {role_token(tie.role): tie.role for tie in known.ties}
    kinds = {_kind_token(kind): kind for of in known.kinds.values() for kind in of} | {UNKNOWN: UNKNOWN}
    actors = {token(actor): actor for actor in known.actors}
    several = {"role": ("roles", roles), "kind": ("kinds", kinds), "further": ("further", actors),
               "pin": ("pinned", actors)}  # fmt: skip
    found: dict[str, object] = {}
    for place, (key, text) in enumerate(pairs_given(given)):
        if place == MOST_GIVEN:
            problems.append(Problem("too-much", key, text))
        elif key in several:
            name, meanings = several[key]
            value = meanings.get(text) or next((v for v in meanings.values() if v == meant(text)), None)
            held = found.setdefault(name, ())
            if value is None:
                problems.append(_unknown(known, key, text, meanings.values()))
            elif len(held) >= MOST_MARKED:  # type: ignore[arg-type]
                problems.append(Problem("too-many", key, text))
            elif value not in held:  # type: ignore[operator]
                found[name] = (*held, value)  # type: ignore[misc]
        elif key in NUMBERS:
            number = number_given(text, NUMBERS[key])
            if number is None:
                problems.append(Problem(key, key, text))
            else:
                found[key] = number
        elif key in ("dated", "funding"):
            if text not in ("0", "1"):
                problems.append(Problem("yes", key, text))
            else:
                found[key] = text == "1"
        elif key == "group":
            if meant(text) in known.communities:
                found["group"] = known.communities[meant(text)][0]
            else:
                problems.append(_unknown(known, key, text, known.communities))
        else:
            near = process.extractOne(key, KEYS, score_cutoff=70)
            problems.append(Problem("parameter", key, text, (near[0],) if near else ()))
    return NetworkChoice(**found), tuple(problems)  # type: ignore[arg-type]


def _kind_token(kind: str) -> str:
    return kind.removeprefix(f"{ID}actor-kind/")


def _unknown(known: Known, key: str, text: str, values: Iterable[str]) -> Problem:
    """Return the problem of a value that the release does not have here, with the nearest that it has."""
    by_words = {
        iri: f"{collated(known.names[iri].label)} {iri.rpartition('/')[2]}" for iri in values if iri in known.names
    }
    near = process.extract(collated(text.rpartition("/")[2]), by_words, limit=3, score_cutoff=75)
    return Problem("value", key, text, tuple(iri for _, _, iri in near))
