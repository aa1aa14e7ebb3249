"""How names and texts are spelled: whether two are much the same, and how one may be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.german.words import folded
from sorgenetz.insight.kinds import local_name

# How many words before a name may say what is so called.
MOST_KIND = 3
NEAREST = 0.9
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
    """Return those of `others` that read most like `text`, with the same name without its kind among them."""
    words = {other: spelled(other) for other in others}
    hits = process.extract(spelled(text), words, scorer=OSA.normalized_similarity, limit=most, score_cutoff=least)
    same = [one for one in (*without_kind(text), *other_keys(text)) if one in words]
    nearest = [other for _, score, other in hits if score >= NEAREST]
    return list(dict.fromkeys([*nearest, *same, *(other for _, _, other in hits)]))[:most]


def without_kind(text: str) -> list[str]:
    """Return the name in a text that says before or behind it what is so called.

    >>> without_kind("Stadt Essen"), without_kind("Bonn, Stadt")
    (['Essen'], ['Bonn', 'Stadt'])
    """
    words = text.strip().split()
    name, comma, _kind = text.partition(",")
    return ([name.strip()] if comma else []) + [" ".join(words[at:]) for at in range(1, min(len(words), MOST_KIND + 1))]


def other_keys(text: str) -> list[str]:
    """Return other forms of the key of a place: without zero, with the figures of its association, of its Kreis.

    >>> other_keys("055130000000"), other_keys("5513000"), other_keys("05513")
    (['05513000', '05513'], ['05513000', '05513'], ['05513000'])
    """
    if not re.fullmatch(r"\d{1,2}|\d{4,5}|\d{7,8}|\d{11,12}", text, re.ASCII):
        return []
    key = text.zfill(next(length for length in (2, 5, 8, 12) if len(text) <= length))
    if len(key) == 12:
        key = key[:5] + key[9:]
    forms = {2: (key,), 5: (key, key + "000"), 8: (key, key[:5])}[len(key)]
    return [form for form in forms if form != text]


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
