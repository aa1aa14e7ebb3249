"""Where the lines of the picture run: one trunk per class that is pointed at, between the columns or around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from sorgenetz.insight.model_boxes import Box

TRACK, PAD, CHANNEL, MARGIN = 11, 15, 12, 4


@dataclass(frozen=True)
class Net:
    """All lines that lead to one box, its arrow heads, and the dots where lines join, in the path commands of SVG."""

    target: str
    kind: str
    path: str
    arrows: str
    joins: str


@dataclass(frozen=True)
class Wired:
    """The line that leaves from one relation, up to the farthest trunk it joins."""

    local: str
    start: int
    end: int
    y: int


class Wiring:
    """The lines between boxes whose `x` is still the number of their column."""

    def __init__(self, columns: list[list[str]], boxes: Mapping[str, Box], box_width: int) -> None:
        self._boxes, self._column = boxes, {name: n for n, column in enumerate(columns) for name in column}
        self._last = len(columns) - 1
        self._rows: dict[int, list[tuple[int, bool, tuple[str, ...], str]]] = {}
        self._far: dict[str, set[int]] = {}
        self._entries: dict[str, set[int]] = {}
        for box in boxes.values():
            for line in box.lines:
                if line.targets:
                    self._leave(box, line.y, line.targets, line.local)
        self._tracks = {gutter: self._order(gutter) for gutter in range(self._last)}
        self._above = [name for name in self._far if self._is_high(name)]
        self._below = [name for name in self._far if name not in self._above]
        self._down = MARGIN + (CHANNEL * len(self._above) + CHANNEL if self._above else 0)
        bottom = max(box.y + box.height for box in boxes.values()) + self._down
        self.height = bottom + MARGIN + (CHANNEL * len(self._below) + CHANNEL if self._below else 0)
        self._channels = {name: self._down - CHANNEL * (n + 1) - 2 for n, name in enumerate(self._above)}
        self._channels |= {name: bottom + CHANNEL * (n + 1) + 2 for n, name in enumerate(self._below)}
        self._lefts, x = [], MARGIN
        for gutter in range(self._last + 1):
            self._lefts.append(x)
            x += box_width + (self._gutter_width(gutter) if gutter < self._last else 0)
        self.width, self._box_width = x + MARGIN, box_width

    def placed(self) -> tuple[Box, ...]:
        """Return the boxes at their coordinates."""
        return tuple(
            replace(box, x=self._lefts[box.x], y=box.y + self._down,
                    lines=tuple(replace(line, y=line.y + self._down) for line in box.lines))
            for box in self._boxes.values()
        )  # fmt: skip

    def wires(self) -> tuple[Wired, ...]:
        """Return the line of each relation."""
        found = []
        for gutter, rows in self._rows.items():
            for y, leftwards, targets, local in rows:
                tracks = [self._x(gutter, target) for target in targets]
                start = self._lefts[gutter + 1] if leftwards else self._lefts[gutter] + self._box_width
                found.append(Wired(local, start, min(tracks) if leftwards else max(tracks), y + self._down))
        return tuple(found)

    def nets(self) -> tuple[Net, ...]:
        """Return the trunks to each box."""
        return tuple(self._net(target) for target in self._boxes if target in self._entries)

    def _leave(self, box: Box, y: int, targets: tuple[str, ...], local: str) -> None:
        leftwards = box.x == self._last
        gutter = box.x - leftwards
        self._rows.setdefault(gutter, []).append((y, leftwards, targets, local))
        for target in targets:
            column = self._column[target]
            near = [one for one in (column - 1, column) if 0 <= one < self._last]
            entry = gutter if gutter in near else min(near, key=lambda one: abs(one - gutter))
            self._entries.setdefault(target, set()).add(entry)
            if entry != gutter:
                self._far.setdefault(target, set()).update((entry, gutter))

    def _is_high(self, name: str) -> bool:
        """Tell whether a box stands in the upper part, so that lines to it from afar run above."""
        return self._boxes[name].y + self._boxes[name].height / 2 < 0.5 * max(
            box.y + box.height for box in self._boxes.values()
        )

    def _targets(self, gutter: int) -> list[str]:
        here = {target for _, _, targets, _ in self._rows.get(gutter, ()) for target in targets}
        here |= {name for name, gutters in {**self._entries}.items() if gutter in gutters}
        return sorted(here, key=lambda name: (self._boxes[name].y, name))

    def _gutter_width(self, gutter: int) -> int:
        return 2 * PAD + TRACK * max(0, len(self._tracks[gutter]) - 1)

    def _x(self, gutter: int, target: str) -> int:
        return self._lefts[gutter] + self._box_width + PAD + TRACK * self._tracks[gutter].index(target)

    def _entry_y(self, target: str, gutter: int) -> int:
        """Return where in the heading of its box a trunk enters: away from lines that leave at the same height."""
        top = self._boxes[target].y
        taken = [y for y, _, _, _ in self._rows.get(gutter, ())]
        return max(range(top + 9, top + 28, 2), key=lambda y: (min((abs(y - one) for one in taken), default=99), -y))

    def _span(self, target: str, gutter: int) -> list[int]:
        ys = [y for y, _, targets, _ in self._rows.get(gutter, ()) if target in targets]
        if gutter in self._entries.get(target, ()):
            ys.append(self._entry_y(target, gutter))
        if gutter in self._far.get(target, ()):
            ys.append(-999 if self._is_high(target) else 9999)
        return ys

    def _order(self, gutter: int) -> list[str]:
        """Return the trunks of a gutter from left to right with as few crossings as swapping pairs can reach."""
        order = self._targets(gutter)
        best, better = self._crossings(gutter, order), True
        while better:
            better = False
            for one, other in combinations(range(len(order)), 2):
                tried = order.copy()
                tried[one], tried[other] = tried[other], tried[one]
                if (crossings := self._crossings(gutter, tried)) < best:
                    order, best, better = tried, crossings, True
        return order

    def _crossings(self, gutter: int, order: list[str]) -> int:
        spans = {name: self._span(name, gutter) for name in order}
        flat = []
        for y, leftwards, targets, _ in self._rows.get(gutter, ()):
            places = [order.index(target) for target in targets]
            flat.append((y, min(places) if leftwards else -1, len(order) if leftwards else max(places), targets))
        for name in order:
            if gutter in self._entries.get(name, ()):
                at, rightwards = order.index(name), self._column[name] == gutter + 1
                ends = (at, len(order)) if rightwards else (-1, at)
                flat.append((self._entry_y(name, gutter), *ends, (name,)))
        return sum(
            left < place < right and min(spans[name]) < y < max(spans[name]) and name not in joined
            for place, name in enumerate(order)
            for y, left, right, joined in flat
        )

    def _net(self, target: str) -> Net:
        box, parts, arrows, joins = self._boxes[target], [], [], []
        gutters = sorted(self._entries[target] | self._far.get(target, set()))
        for gutter in gutters:
            x = self._x(gutter, target)
            ys = [y + self._down for y, _, targets, _ in self._rows.get(gutter, ()) if target in targets]
            joins += [(x, y) for y in ys]
            if gutter in self._entries[target]:
                y = self._entry_y(target, gutter) + self._down
                rightwards = self._column[target] == gutter + 1
                edge = self._lefts[gutter + 1] if rightwards else self._lefts[gutter] + self._box_width
                back = -7 if rightwards else 7
                parts.append(f"M{x} {y}H{edge + back}")
                arrows.append(f"M{edge} {y}l{back} -4v8z")
                ys.append(y)
            if gutter in self._far.get(target, ()):
                ys.append(self._channels[target])
            if min(ys) != max(ys):
                parts.append(f"M{x} {min(ys)}V{max(ys)}")
        if target in self._far:
            ends = [self._x(gutter, target) for gutter in self._far[target]]
            parts.append(f"M{min(ends)} {self._channels[target]}H{max(ends)}")
        dots = "".join(f"M{x} {y}h0" for x, y in sorted(set(joins)))
        return Net(target, box.kind, "".join(parts), "".join(arrows), dots)
