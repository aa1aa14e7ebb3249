"""What an address gives, read within bounds: however long it is, to understand it stays a short work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

# What is not known is compared with all names there are.
MOST_GIVEN = 100
MOST_DIGITS = 9


def pairs_given(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return the different parameters that say something: as many as are read, and one more if there are more.

    >>> list(pairs_given([("q", " a "), ("q", "a"), ("year", " ")]))
    [('q', 'a')]
    """
    said = dict.fromkeys((key, text.strip()) for key, text in pairs)
    return islice((pair for pair in said if pair[1]), MOST_GIVEN + 1)


def number_given(text: str, among: range) -> int | None:
    """Return the whole number that a text says, None when it says none of these.

    >>> number_given("025", range(1, 101)), number_given("9" * 5000, range(1, 101)), number_given("²", range(1, 101))
    (25, None, None)
    """
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        return None
    number = int(text)
    return number if number in among else None
