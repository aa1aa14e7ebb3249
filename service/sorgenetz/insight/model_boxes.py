"""What stands in the picture of the model: a box per class, a line of text per class below it or relation from it."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 198


@dataclass(frozen=True)
class Line:
    """One line of text in a box: a class below it, a scheme, or a relation that leaves from it."""

    local: str
    label: str
    y: int
    depth: int = 0
    relation: bool = False
    returns: bool = False
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """A class in its place."""

    name: str
    label: str
    kind: str
    x: int
    y: int
    height: int
    lines: tuple[Line, ...]

    @property
    def right(self) -> int:
        return self.x + WIDTH
