"""How dark a number is shown, on the map and in the matrix alike."""


def warmth(count: int) -> int:
    """Return a step from 1 to 4: for 1, 2, 3 to 5, and more.

    >>> [warmth(count) for count in (1, 2, 5, 6)]
    [1, 2, 3, 4]
    """
    return next((step for step, most in ((1, 1), (2, 2), (3, 5)) if count <= most), 4)
