"""Which pages of a long list to offer."""

from __future__ import annotations


def page_numbers(page: int, pages: int) -> tuple[int, ...]:
    """Return the page numbers to offer, 0 for a gap: the first, the last and those around this one.

    >>> page_numbers(10, 20)
    (1, 0, 8, 9, 10, 11, 12, 0, 20)
    """
    wanted = sorted({1, pages, *range(page - 2, page + 3)} & set(range(1, pages + 1)))
    found: list[int] = []
    for number in wanted:
        if found and number - found[-1] > 1:
            found.append(0)
        found.append(number)
    return tuple(found)
