"""A graph in the one way it can be written: N-Triples in order, blank nodes named by RDFC-1.0.

It is written in a worker, since there are small graphs whose blank nodes take hours to name: a worker can be ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pyoxigraph as ox

CANONICAL = "canonical"


class Output(Protocol):
    """What takes the lines."""

    def write(self, piece: bytes) -> int: ...


def write_canonical(statements: Iterable[ox.Triple], output: Output) -> None:
    """Write each statement as one line; the same graph gives the same bytes."""
    lines = [f"{statement} .\n" for statement in statements]
    if any("_:" in line for line in lines):
        dataset = ox.Dataset(ox.Quad(*statement) for statement in statements)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        lines = [f"{quad.triple} .\n" for quad in dataset]
    for line in sorted(lines):
        output.write(line.encode())
