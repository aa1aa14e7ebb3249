"""What a request asks of the network, and the addresses of its views."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from sorgenetz.insight.network.choice import NetworkChoice, read_network_choice
from sorgenetz.insight.network.known import Known, known_network, token
from sorgenetz.insight.reader import Named
from sorgenetz.insight.selection.choice import Problem
from sorgenetz.names import ID
from sorgenetz.web.pages import reader

PATH = "network"


def network() -> Known:
    """Return the network of the release in the reader's language."""
    return known_network(reader())


def choice_asked(*beside: str) -> tuple[NetworkChoice, tuple[Problem, ...]]:
    """Return the choice of the address, which may hold other things beside it, and what of it cannot be followed."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in beside]
    return read_network_choice(pairs, network())


@dataclass(frozen=True)
class Links:
    """Addresses from one view of the network to others; `centre` is empty for the whole, `walk` where no walk is."""

    language: str
    choice: NetworkChoice
    centre: str = ""
    walk: str = ""

    def of(self, choice: NetworkChoice, **others: str) -> str:
        """Return the address of another choice in this view."""
        return self._path(self.centre) + choice.query(walk=self.walk, **others)

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
