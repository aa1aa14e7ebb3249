"""All that is known of the network in one release, in a reader's language; read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sorgenetz.insight.lists import collated
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.names import ID
from sorgenetz.releases.network.index import NETWORK, NetworkIndex, index_of_ties, read_network
from sorgenetz.releases.network.ties import PAGE, Tie, read_ties


@dataclass(frozen=True)
class Known:
    """Ties, names of all that stands in them, kinds of actors, and what was worked out when the release was made.

    `unnamed` counts participations whose holder no source names; they tie nobody.
    """

    ties: tuple[Tie, ...]
    index: NetworkIndex
    names: Mapping[str, Named]
    kinds: Mapping[str, tuple[str, ...]]
    unnamed: int

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Return all who take part in something, by name."""
        acting = {tie.actor for tie in self.ties} | {tie.thing for tie in self.ties if tie.direct}
        return tuple(sorted(acting, key=self.order))

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return all that stand in the network: actors, and what they take part in."""
        return frozenset(iri for tie in self.ties for iri in (tie.actor, tie.thing))

    @cached_property
    def communities(self) -> Mapping[str, tuple[str, ...]]:
        """Return for each actor the community it belongs to, its best connected member first."""
        return {actor: group for group in self.index.communities for actor in group}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Return the actors that are called so, by their folded names."""
        found: dict[str, list[str]] = {}
        for actor in self.actors:
            found.setdefault(collated(self.names[actor].label), []).append(actor)
        return {name: tuple(actors) for name, actors in found.items()}

    def order(self, iri: str) -> tuple[str, str]:
        """Return what things are sorted by: their names as dictionaries sort them."""
        return collated(self.names[iri].label), iri

    def sorted(self, iris: Iterable[str]) -> tuple[Named, ...]:
        """Return things by name."""
        return tuple(self.names[iri] for iri in sorted(iris, key=self.order))


def known_network(reader: Reader) -> Known:
    """Return the network of the served release, read once per release and language."""
    return reader.kept(("network", reader.language), lambda: _known(reader))


def token(iri: str) -> str:
    """Return how an address names an actor or a thing.

    >>> token("https://w3id.org/sorgenetz/id/organisation/kda")
    'organisation/kda'
    """
    return iri.removeprefix(ID)


def meant(text: str) -> str:
    """Return the IRI that such a name in an address stands for."""
    return text if ":" in text else ID + text


def _known(reader: Reader) -> Known:
    ties, index = reader.kept("network ties", lambda: _ties(reader))
    kinds: dict[str, list[str]] = {}
    for row in reader.ask("network-kinds"):
        kinds.setdefault(row["actor"].value, []).append(row["kind"].value)
    wanted = {iri for tie in ties for iri in (tie.actor, tie.thing, tie.role)}
    names = reader.names(wanted | {kind for of in kinds.values() for kind in of})
    unnamed = int(reader.ask("network-unnamed")[0]["count"].value)
    ordered = {
        actor: tuple(sorted(of, key=lambda kind: collated(names[kind].label)))
        for actor, of in kinds.items()
        if actor in names
    }
    return Known(ties, index, names, ordered, unnamed)


def _ties(reader: Reader) -> tuple[tuple[Tie, ...], NetworkIndex]:
    """Return the ties of the release with what its build has worked out; foreign files have it worked out here."""
    ties = read_ties(reader.ask(PAGE))
    path = reader.engine.release.folder / NETWORK  # type: ignore[attr-defined]
    return ties, read_network(path) if path.is_file() else index_of_ties(ties)
