"""From what a reader typed to an actor of the network; those with the same name are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process

from sorgenetz.insight.lists import collated
from sorgenetz.insight.network.known import Known, meant

LONGEST = 200


@dataclass(frozen=True)
class ActorMeant:
    """Who is meant by a name: one actor, or those who may be."""

    given: str
    actor: str = ""
    near: tuple[str, ...] = ()


def actor_meant(known: Known, text: str) -> ActorMeant:
    """Return the actor that is named by its address or by its name, else those with a name like it."""
    given = text.strip()[:LONGEST]
    if not given:
        return ActorMeant("")
    if meant(given) in known.names and meant(given) in known.actors:
        return ActorMeant(given, meant(given))
    called = known.by_name.get(collated(given), ())
    if len(called) == 1:
        return ActorMeant(given, called[0])
    if called:
        return ActorMeant(given, near=called)
    words = {actor: collated(known.names[actor].label) for actor in known.actors}
    inside = [actor for actor, name in words.items() if len(given) > 2 and collated(given) in name]
    alike = process.extract(collated(given.rpartition("/")[2].replace("-", " ")), words, limit=5, score_cutoff=60)
    return ActorMeant(given, near=tuple(dict.fromkeys([*inside[:5], *(actor for _, _, actor in alike)]))[:6])
