"""What a reader typed, as the index is asked for it: stems, parts of compounds, beginnings, and near spellings."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.german.words import folded, query_words, stems
from sorgenetz.insight.searching.index import Index

# A misspelt word is one letter in four away at most, and shorter ones have no neighbours.
LEAST_ALIKE = 0.74
SHORTEST_MISSPELT = 4
SHORTEST_BEGINNING = 3
NEIGHBOURS = 4
MOST_AROUND = 40
AS_GOOD = 0.02


@dataclass(frozen=True)
class Sought:
    """One word: as typed, the terms that stand for it (each a set that must all be there), and what was meant."""

    word: str
    terms: tuple[tuple[str, ...], ...]
    beginning: str = ""
    meant: tuple[str, ...] = ()

    @property
    def expression(self) -> str:
        """Return the FTS5 expression."""
        sets = [" AND ".join(f'"{term}"' for term in of) for of in self.terms]
        found = [f"({one})" for one in sets] + ([f'"{self.beginning}"*'] if self.beginning else [])
        return f"({' OR '.join(found)})"

    def is_in(self, terms: set[str]) -> bool:
        """Tell whether the terms of a piece of text hold this word."""
        if any(terms.issuperset(of) for of in self.terms):
            return True
        return bool(self.beginning) and any(term.startswith(self.beginning) for term in terms)


def sought(index: Index, query: str) -> list[Sought]:
    """Return what to look for, a word at a time."""
    return [_one(index, word) for word in query_words(query)]


def _one(index: Index, word: str) -> Sought:
    own = tuple((term,) for term in stems(word))
    parts = index.compounds.parts(word)
    beginning = folded(word) if len(word) >= SHORTEST_BEGINNING else ""
    found = Sought(word, (*own, parts) if parts else own, beginning)
    if index.holds(found.expression) or len(word) < SHORTEST_MISSPELT:
        return found
    meant = _around(index, folded(word)) or _near(index, folded(word))
    return Sought(word, tuple((term,) for neighbour in meant for term in stems(neighbour)) or own, "", meant)


def _around(index: Index, plain: str) -> tuple[str, ...]:
    """Return the words that hold the typed letters in their middle or at their end."""
    around = (word for form, word in index.vocabulary.items() if plain in form)
    return tuple(word for word, _ in zip(around, range(MOST_AROUND), strict=False))


def _near(index: Index, plain: str) -> tuple[str, ...]:
    """Return the words that are spelt most nearly so (optimal string alignment)."""
    near = process.extract(
        plain, list(index.vocabulary), scorer=OSA.normalized_similarity, limit=NEIGHBOURS, score_cutoff=LEAST_ALIKE
    )
    return tuple(index.vocabulary[form] for form, alike, _ in near if alike > near[0][1] - AS_GOOD)
