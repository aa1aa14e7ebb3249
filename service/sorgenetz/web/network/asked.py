"""What a request asks of the network: which actor, and which part."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from rapidfuzz import process

from sorgenetz.insight.lists import folded
from sorgenetz.insight.network.choice import NetworkChoice, read_network_choice, role_token
from sorgenetz.insight.network.known import Known, known_network, meant, token
from sorgenetz.insight.reader import Named
from sorgenetz.insight.selection.choice import UNKNOWN, Problem
from sorgenetz.names import ID
from sorgenetz.web.pages import reader

LANGUAGE = "/<any(de,en):language>"
PATH = "network"
# What an address holds beside the choice itself.
ABOUT_THE_VIEW = ("sort", "page", "actor", "from", "to")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Meant:
    """Who is meant by a name: one actor, or those who may be."""

    given: str
    actor: str = ""
    near: tuple[str, ...] = ()


def network() -> Known:
    """Return the network of the release in the reader's language."""
    return known_network(reader())


def choice_asked() -> tuple[NetworkChoice, tuple[Problem, ...]]:
    """Return the choice of the address, and what of it cannot be followed."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in ABOUT_THE_VIEW]
    return read_network_choice(pairs, network())


def actor_meant(text: str) -> Meant:
    """Return the actor that is named by its address or by its name, else those with a name like it."""
    known, given = network(), text.strip()[:LONGEST_NAME]
    if not given:
        return Meant("")
    if meant(given) in known.names and meant(given) in known.actors:
        return Meant(given, meant(given))
    called = known.by_name.get(folded(given), ())
    if len(called) == 1:
        return Meant(given, called[0])
    if called:
        return Meant(given, near=called)
    words = {actor: folded(known.names[actor].label) for actor in known.actors}
    inside = [actor for actor, name in words.items() if len(given) > 2 and folded(given) in name]
    alike = process.extract(folded(given.rpartition("/")[2].replace("-", " ")), words, limit=5, score_cutoff=60)
    return Meant(given, near=tuple(dict.fromkeys([*inside[:5], *(actor for _, _, actor in alike)]))[:6])


@dataclass(frozen=True)
class Links:
    """Addresses from one view of the network to others; `centre` is empty for the whole."""

    language: str
    choice: NetworkChoice
    centre: str = ""

    def of(self, choice: NetworkChoice, **others: str) -> str:
        """Return the address of another choice in this view."""
        return self._path(self.centre) + choice.query(**others)

    def here(self, **others: str) -> str:
        """Return the address of this view."""
        return self.of(self.choice, **others)

    def around(self, actor: Named | str) -> str:
        """Return the address of the neighbourhood of another actor, under the same choice."""
        iri = actor if isinstance(actor, str) else actor.iri
        choice = self.choice.without_filters() if self.choice.group else self.choice
        return self._path(iri) + choice.query()

    def steps(self, steps: int) -> str:
        """Return the address of this neighbourhood with so many steps."""
        return self.of(self.choice.with_steps(steps))

    def toggled(self, key: str, actor: Named) -> str:
        """Return the address with an actor opened further or pinned, or no longer."""
        return self.of(self.choice.toggled(key, actor.iri))

    def group(self, member: str) -> str:
        """Return the address of a community by one of its members."""
        return f"/{self.language}/{PATH}{NetworkChoice(group=member, funding=self.choice.funding).query()}"

    def ways(self, start: str, end: str = "", choice: NetworkChoice | None = None) -> str:
        """Return the address of the ways between two actors, each named by IRI or as it was given."""
        query = (choice or self.choice).query(**{"from": token(start), "to": token(end)})
        return f"/{self.language}/paths{query}"

    def file(self, ending: str) -> str:
        """Return the address of what is shown as a file."""
        query = self.choice.query(actor=token(self.centre) if self.centre else "")
        return f"/{self.language}/{PATH}.{ending}{query}"

    @property
    def path(self) -> str:
        """Return the address of this view without any choice."""
        return self._path(self.centre)

    def _path(self, centre: str) -> str:
        return f"/{self.language}/{PATH}" + (f"/{token(centre)}" if centre.startswith(ID) else "")


@dataclass(frozen=True)
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
