"""What the search page shows: hits with their lines, kinds to narrow to, and what was read for misspelt words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sorgenetz.insight.kinds import KINDS, kind_of
from sorgenetz.insight.lists import Item, items
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.searching.hits import Hit, find
from sorgenetz.insight.searching.index import index_of

MOST = 200
PAGE = 20
SUGGESTED = 8


@dataclass(frozen=True)
class Found:
    """One page of hits; `kinds` counts all of them by kind, `partly` says that nothing has all the words."""

    query: str
    hits: tuple[tuple[Hit, Item], ...]
    kinds: tuple[tuple[str, int], ...]
    total: int
    page: int
    partly: bool
    meant: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the pages."""
        return tuple(range(1, self.pages + 1))


def search(reader: Reader, query: str, kind: str = "", page: int = 1) -> Found:
    """Return what has the words of `query`, the best first, and at most two hundred; `kind` narrows it."""
    hits = find(index_of(reader), query, MOST)
    kinds = Counter(kind_of(hit.iri) for hit in hits.hits)
    chosen = [hit for hit in hits.hits if not kind or kind_of(hit.iri) == kind]
    page = min(max(page, 1), max(1, -(-len(chosen) // PAGE)))
    shown = chosen[(page - 1) * PAGE : page * PAGE]
    lines = items(reader, [hit.iri for hit in shown])
    counted = tuple((one, kinds[one]) for one in KINDS if kinds[one])
    return Found(query, tuple(zip(shown, lines, strict=True)), counted, len(chosen), page, hits.partly, hits.meant)


def suggest(reader: Reader, query: str) -> list[Named]:
    """Return the few things that are most likely meant while someone is still typing."""
    found = find(index_of(reader), query, SUGGESTED)
    names = reader.names(hit.iri for hit in found.hits)
    return [names[hit.iri] for hit in found.hits] if not found.partly else []
