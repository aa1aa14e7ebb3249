"""What the picture that one walks through needs: every actor and thing with its place, and every tie in words."""

from __future__ import annotations

from collections.abc import Callable

from sorgenetz.insight.network.chosen import Chosen
from sorgenetz.insight.network.known import token
from sorgenetz.insight.network.overview import drawing_of


def walk_of(chosen: Chosen, page_about: Callable[[str], str]) -> dict[str, list]:
    """Return nodes as [name in addresses, label, kind, x, y, page] and ties as [from, to, roles] by their numbers."""
    places = drawing_of(chosen).places
    names = chosen.known.names
    order = sorted(iri for iri in chosen.parts if iri in places)
    number = {iri: at for at, iri in enumerate(order)}
    roles: dict[tuple[int, int], list[str]] = {}
    for tie in chosen.ties:
        if tie.actor in number and tie.thing in number:
            held = roles.setdefault((number[tie.actor], number[tie.thing]), [])
            if names[tie.role].label not in held:
                held.append(names[tie.role].label)
    return {
        "nodes": [[token(iri), names[iri].label, names[iri].kind, *places[iri], page_about(iri)] for iri in order],
        "ties": [[start, end, ", ".join(of)] for (start, end), of in roles.items()],
    }
