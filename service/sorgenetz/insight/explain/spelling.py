"""How names and texts are spelled: whether two are much the same, and how one may be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.german.words import folded
from sorgenetz.insight.kinds import local_name

_SIGNS = re.compile(r"[\W_]+")


def spelled(text: str) -> str:
    """Return a name as names are compared: folded, without signs between words, a number without zeros before it.

    >>> spelled("senkt Hürde") == spelled("senktHuerde")
    True
    """
    word = _SIGNS.sub("", folded(text))
    return word.lstrip("0") or word if word.isdecimal() else word


def likeness(iri: str, other: str) -> float:
    """Return how like two terms are called, from 0 to 1."""
    return OSA.normalized_similarity(spelled(local_name(iri)), spelled(local_name(other)))


def like(text: str, others: Iterable[str], most: int = 3, least: float = 0.75) -> list[str]:
    """Return those of `others` that read most like `text`."""
    words = {other: spelled(other) for other in others}
    hits = process.extract(spelled(text), words, scorer=OSA.normalized_similarity, limit=most, score_cutoff=least)
    return [other for _, _, other in hits]


def other_spellings(text: str) -> list[str]:
    """Return a text with its umlauts written the other way.

    >>> other_spellings("Tuebingen"), other_spellings("Lübeck")
    (['Tübingen'], ['Luebeck'])
    """
    pairs = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü"), ("ss", "ß"))
    found = {text, *(text.replace(two, one) for two, one in pairs), *(text.replace(one, two) for two, one in pairs)}
    for turned in (pairs, [(one, two) for two, one in pairs]):
        other = text
        for old, new in turned:
            other = other.replace(old, new)
        found.add(other)
    return sorted(found - {text})
