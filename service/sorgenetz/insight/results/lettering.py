"""Words in a picture: each is written where it covers neither another word nor a mark, or not at all."""

from __future__ import annotations

_LETTER, _LINE = 6.4, 15.0
MOST_WORDS = 60
LONGEST = 28


def shortened(text: str, most: int = LONGEST) -> str:
    """Return a text of at most `most` letters, with an ellipsis where it was longer.

    >>> shortened("Nachbarschaftshilfe", 12)
    'Nachbarscha…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class Lettering:
    """Keeps account of what is taken in a picture of this size."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._taken: list[tuple[float, float, float, float]] = []
        self._words = 0

    def block(self, x: float, y: float, radius: float) -> None:
        """Take the place of a mark."""
        self._taken.append((x - radius, y - radius, x + radius, y + radius))

    def place(self, text: str, x: float, y: float) -> str:
        """Return the words to write from `x` on, their middle at `y`; empty where there is no room."""
        words = shortened(text)
        box = (x, y - _LINE / 2, x + _LETTER * len(words), y + _LINE / 2)
        outside = box[0] < 0 or box[1] < 0 or box[2] > self._width or box[3] > self._height
        if outside or self._words >= MOST_WORDS or any(_meet(box, other) for other in self._taken):
            return ""
        self._taken.append(box)
        self._words += 1
        return words


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
