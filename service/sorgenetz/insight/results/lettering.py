"""Words in a picture: each is written where it covers neither another word nor a mark, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
# Room for a letter, so that hardly any name is wider than thought; a capital M is, but none is made of them.
LETTER = 7.4
_LINE, _SPACE = 15.0, 3.0
MOST_WORDS = 150
LONGEST = 28


def shortened(text: str, most: int = LONGEST) -> str:
    """Return a text of at most `most` letters, with an ellipsis where it was longer.

    Words stay whole, so that who says what they see is understood (WCAG 2.5.3), except a first one that is too long.

    >>> shortened("Im Alter IN FORM – mitten im Leben", 20), shortened("Nachbarschaftshilfe", 12)
    ('Im Alter IN FORM…', 'Nachbarscha…')
    >>> shortened("Alt – aber trotzdem … jung", 24)
    'Alt – aber trotzdem…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[: most - 1]).rstrip(" .…,:;–-") + "…"


@dataclass(frozen=True)
class Words:
    """Some words in a picture: where they begin, or where they end when they stand left of their mark."""

    text: str = ""
    x: float = 0.0
    y: float = 0.0
    is_left: bool = False


class Lettering:
    """Keeps account of what is taken in a picture of this size."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._marks: list[Box] = []
        self._words: list[Box] = []

    def block(self, x: float, y: float, radius: float) -> None:
        """Take the place of a mark."""
        self._marks.append((x - radius, y - radius, x + radius, y + radius))

    def place(self, text: str, x: float, y: float, radius: float, over_marks: bool = False) -> Words:
        """Return the words beside the mark at `x` and `y`, right of it or else left; no text where there is no room.

        What matters most may stand over other marks, never over other words.
        """
        words = shortened(text)
        length = LETTER * len(words)
        for is_left, start in ((False, x + radius + _SPACE), (True, x - radius - _SPACE - length)):
            box = (start, y - _LINE / 2, start + length, y + _LINE / 2)
            if self._has_room(box, over_marks):
                self._words.append(box)
                at = start + length if is_left else start
                return Words(words, round(at, 1), round(y + 4.5, 1), is_left)
        return Words()

    def _has_room(self, box: Box, over_marks: bool) -> bool:
        within = box[0] >= 0 and box[1] >= 0 and box[2] <= self._width and box[3] <= self._height
        taken = self._words if over_marks else self._words + self._marks
        return within and len(self._words) < MOST_WORDS and not any(_meet(box, other) for other in taken)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
