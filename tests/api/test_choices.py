"""What can be chosen for a parameter is listed where there is little of it, and not read where there is much."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.insight.choices import MOST, MOST_NAMED, choices_of
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.shelf import Shelf
from sorgenetz.library.registry import Library
from sorgenetz.terms import Term

PARAMETER = SimpleNamespace(scheme="", of_class="https://w3id.org/sorgenetz/ontology#Municipality")


class World:
    """A graph with so many municipalities, which keeps how often it was asked for their names."""

    release = SimpleNamespace(name="one")

    def __init__(self, number: int) -> None:
        self._number = number
        self.named = 0

    def rows(self, query: str) -> list[dict[str, Term]]:
        if "LIMIT 501" in query:
            return [{"thing": Term("uri", f"urn:{number}")} for number in range(min(self._number, 501))]
        self.named += "?order" in query
        return []


@pytest.mark.parametrize(
    ("number", "most", "found"),
    [(3, MOST, 3), (500, MOST, 500), (501, MOST, 0), (40, MOST_NAMED, 40), (41, MOST_NAMED, 0)],
)
def test_too_many_are_not_listed_and_not_named(number: int, most: int, found: int) -> None:
    world = World(number)
    reader = Reader(world, Library(find_bundle().queries), Shelf(), "de")
    assert len(choices_of(reader, PARAMETER, most)) == found
    assert bool(world.named) == bool(found)
