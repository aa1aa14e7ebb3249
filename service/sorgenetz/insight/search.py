"""A simple search over the names of all things; every word must occur in one of a thing's names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sorgenetz.insight.kinds import KINDS
from sorgenetz.insight.lists import Item, items
from sorgenetz.insight.reader import Reader
from sorgenetz.names import GRAPH, ID, SHAPES, SN
from sorgenetz.terms import literal

MOST = 100
LEAVE_OUT = tuple(ID + kind + "/" for kind in ("participation", "measure", "figure", "example")) + (SN, SHAPES, GRAPH)
SMALL_WORDS = frozenset(
    (
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "in", "im", "am", "an", "auf", "und"),
        *("oder", "für", "fuer", "von", "vom", "zu", "zum", "zur", "mit", "bei", "gegen"),
        *("the", "a", "of", "for", "on", "and", "or", "to", "with", "at", "against"),
    )
)


@dataclass(frozen=True)
class Found:
    """What a search came to: groups of one kind each; `partly` when no thing has all the words."""

    query: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    total: int
    partly: bool

    @property
    def shown(self) -> int:
        """Return how many lines there are."""
        return sum(len(group) for _, group in self.groups)


def words_of(query: str) -> list[str]:
    """Return the words to look for, folded, without small words unless there is nothing else.

    >>> words_of("Kümmerei in Köln")
    ['kummerei', 'koln']
    """
    words = list(dict.fromkeys(re.findall(r"\w+", query.casefold()[:200])))[:8]
    return [folded(word) for word in ([word for word in words if word not in SMALL_WORDS] or words)]


def folded(text: str) -> str:
    """Return a text as the search compares it: ä, ae and a are the same.

    >>> folded("Kuemmerei") == folded("Kümmerei")
    True
    """
    text = text.casefold()
    for pattern, letter in (("ä|ae", "a"), ("ö|oe", "o"), ("ü|ue", "u"), ("ß", "ss")):
        text = re.sub(pattern, letter, text)
    return text


def search(reader: Reader, query: str) -> Found:
    """Return the things whose names hold the words of `query`, the best first within each kind."""
    words = words_of(query)
    if not words:
        return Found(query, (), 0, False)
    matched: dict[str, set[str]] = {}
    exact: dict[str, int] = {}
    for row in reader.ask("search", word=[literal(word) for word in words]):
        iri = row["thing"].value
        if iri.startswith(LEAVE_OUT):
            continue
        matched.setdefault(iri, set()).add(row["word"].value)
        label = folded(row["label"].value)
        rank = 0 if label == " ".join(words) else 1 if label.startswith(words[0]) else 2
        exact[iri] = min(exact.get(iri, 9), rank)
    best = max((len(found) for found in matched.values()), default=0)
    hits = [iri for iri, found in matched.items() if len(found) == best]
    hits.sort(key=lambda iri: (iri.startswith(ID + "source/"), exact[iri], len(iri), iri))
    groups: dict[str, list[Item]] = {}
    for item in items(reader, hits[:MOST]):
        groups.setdefault(item.thing.kind, []).append(item)
    # A kind with a name that is just what was typed comes first, then the order of the kinds, sources at the end.
    order = [kind for kind in KINDS if kind != "source"] + ["source"]
    best_rank = {kind: min(exact[item.thing.iri] for item in group) for kind, group in groups.items()}
    ranked = sorted(groups, key=lambda kind: (best_rank[kind] > 0, order.index(kind)))
    return Found(query, tuple((kind, tuple(groups[kind])) for kind in ranked), len(hits), 0 < best < len(words))
