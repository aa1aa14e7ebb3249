"""Compounds: "Nachbarschaftshilfe" is found by "Hilfe" and "Nachbarschaft", and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sorgenetz.german.words import folded, stem

SHORTEST_PART = 4
LONGEST_WORD = 48
LINKS = ("", "s", "es", "n", "en", "er", "e")


class Compounds:
    """Takes compounds apart into the words of a lexicon, which are given folded or not."""

    def __init__(self, lexicon: Iterable[str]) -> None:
        self._known = {word for word in map(folded, lexicon) if len(word) >= SHORTEST_PART and not word.isdecimal()}
        self._split = lru_cache(maxsize=50_000)(self._find)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts of a compound, nothing for a word that is none of known words.

        >>> Compounds(["Nachbarschaft", "Hilfe"]).parts("Nachbarschaftshilfe")
        ('nachbarschaft', 'hilf')
        """
        plain = folded(word)
        if not 2 * SHORTEST_PART <= len(plain) <= LONGEST_WORD:
            return ()
        found = self._split(plain)
        return tuple(stem(part) for part in found) if len(found) > 1 else ()

    def _find(self, word: str) -> tuple[str, ...]:
        """Return the fewest known words that make up `word`, the longest first part among equals."""
        best: tuple[str, ...] = ()
        for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            left = word[:end]
            if left not in self._known:
                continue
            for link in LINKS:
                rest = word[end + len(link) :]
                if len(rest) < SHORTEST_PART or not word[end:].startswith(link):
                    continue
                tail = (rest,) if self._is_known(rest) else self._split(rest)
                if tail and (not best or len(tail) + 1 < len(best)):
                    best = (left, *tail)
        return best

    def _is_known(self, word: str) -> bool:
        """Tell whether a last part is a word of the lexicon, in this form or without an ending."""
        return word in self._known or any(
            word.endswith(ending) and word[: -len(ending)] in self._known for ending in ("n", "en", "s", "e")
        )
