"""The network of a release as a file: positions, standings and communities, worked out when the release is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from sorgenetz.layout import Place, Sheet, laid_out
from sorgenetz.library.registry import Library
from sorgenetz.releases.network.measures import Measure, Standing, communities, standings
from sorgenetz.releases.network.ties import PAGE, Tie, actor_graph, participation_graph, read_ties, working

NETWORK = "network.json"
Ask = Callable[[str], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Drawing:
    """Where everything is drawn, and the size of the whole."""

    places: Mapping[str, Place]
    width: float
    height: float


@dataclass(frozen=True)
class NetworkIndex:
    """What is worked out once per release; `drawings` are without those who only fund, and with them."""

    standings: Mapping[str, Standing]
    communities: tuple[tuple[str, ...], ...]
    drawings: tuple[Drawing, Drawing]


def write_network(path: Path, ask: Ask, library: Library) -> None:
    """Write the network to `path`; `ask` gives the rows of a query text, each value with `.value`."""
    found = index_of_ties(read_ties(ask(library.page(PAGE).query)))
    text = json.dumps(asdict(found), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", "utf-8")


def read_network(path: Path) -> NetworkIndex:
    """Return what write_network has written."""
    held = json.loads(path.read_text("utf-8"))
    found = {
        actor: Standing(Measure(**one.pop("degree")), Measure(**one.pop("between")), **one)
        for actor, one in held["standings"].items()
    }
    drawings = [
        Drawing({iri: tuple(place) for iri, place in one.pop("places").items()}, **one) for one in held["drawings"]
    ]
    return NetworkIndex(found, tuple(map(tuple, held["communities"])), tuple(drawings))  # type: ignore[arg-type]


def index_of_ties(ties: Sequence[Tie]) -> NetworkIndex:
    """Return all that is worked out of ties."""
    together = working(ties)
    return NetworkIndex(
        standings(together),
        tuple(map(tuple, communities(actor_graph(together)))),
        (_drawing(together), _drawing(ties)),
    )


def _drawing(ties: Sequence[Tie]) -> Drawing:
    graph = participation_graph(ties)
    width = max(300.0, 30.0 * sqrt(len(graph)))
    sheet = Sheet(width, margin=16.0, across=18.0, down=18.0, names=16.0, gap=16.0, grows=0.62)
    places, height = laid_out(sorted(graph), sorted(map(sorted, graph.edges)), sheet)  # type: ignore[arg-type]
    return Drawing(places, round(width, 1), round(height, 1))  # type: ignore[arg-type]
