"""From text to the terms it is found by: umlauts and capitals folded, endings off, small words left out."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

import Stemmer

LONGEST_QUERY = 200
MOST_WORDS = 8
SMALL_WORDS = frozenset(
    (
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "in", "im", "am", "an", "auf", "und"),
        *("oder", "für", "fuer", "von", "vom", "zu", "zum", "zur", "mit", "bei", "gegen"),
        *("unter", "aus", "nach", "über", "durch", "um", "e", "v"),
        *("the", "a", "of", "for", "on", "and", "or", "to", "with", "at", "against"),
    )
)
_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
_FOLDS = ((re.compile("ä|ae"), "a"), (re.compile("ö|oe"), "o"), (re.compile("ü|ue"), "u"), (re.compile("ß"), "ss"))
# A stemmer is not made for several threads at once.
_GERMAN, _ENGLISH, _STEMMING = Stemmer.Stemmer("german"), Stemmer.Stemmer("english"), Lock()


def folded(text: str) -> str:
    """Return a text as the search compares it: ä, ae and a are the same, capitals do not matter.

    >>> folded("Kuemmerei") == folded("Kümmerei")
    True
    """
    text = text.casefold()
    for pattern, letter in _FOLDS:
        text = pattern.sub(letter, text)
    return text


def words_in(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order; what is hyphenated as one word too.

    >>> words_in("Lern-Werkstatt")
    ['lern', 'werkstatt', 'lernwerkstatt']
    """
    plain = text.casefold()
    return _WORD.findall(plain) + [word.replace("-", "") for word in _HYPHENATED.findall(plain)]


def query_words(query: str) -> list[str]:
    """Return the words to look for, without small words unless there is nothing else.

    >>> query_words("Kümmerei in Köln")
    ['kümmerei', 'köln']
    """
    words = list(dict.fromkeys(words_in(query[:LONGEST_QUERY])))
    return ([word for word in words if word not in SMALL_WORDS] or words)[:MOST_WORDS]


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the folded word and its folded stems in German and English (Snowball), each once.

    >>> stems("nachbarschaftliche")
    ('nachbarschaftliche', 'nachbarschaft', 'nachbarschaftlich')
    """
    with _STEMMING:
        german, english = _GERMAN.stemWord(word), _ENGLISH.stemWord(word)
    return tuple(dict.fromkeys(folded(form) for form in (word, german, english) if form))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the folded German stem of a word."""
    with _STEMMING:
        return folded(_GERMAN.stemWord(word))
