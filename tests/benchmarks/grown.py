"""A larger graph of the shape of the real one: the same places and terms, more initiatives, actors and sources."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

# What grows when the field is better known. Municipalities, Kreise, Länder and concepts stay as many as they are.
GROWING = ("initiative", "organisation", "participation", "measure", "figure", "programme", "source", "event",
           "example", "network", "finding", "publication", "person", "quarter", "place")  # fmt: skip
_NAME = re.compile(rf"<https://w3id\.org/sorgenetz/(?:id/(?:{'|'.join(GROWING)})|graph)/[^>]+")
_SUBJECT = re.compile(rf"<https://w3id\.org/sorgenetz/id/(?:{'|'.join(GROWING)})/")


def grow(dump: Path, quads: int, output: Path) -> int:
    """Write at least `quads` statements into `output` (N-Quads) and return how many.

    `dump` (N-Quads, gzip) stands in it as it is; what grows is written again, under names of its own, as often as
    needed. Its sources and graphs are copied with it, so that a source says no more than before.
    """
    with gzip.open(dump, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    growing = [line for line in lines if _SUBJECT.match(line)]
    written = len(lines)
    with output.open("w", encoding="utf-8") as out:
        out.writelines(lines)
        copy = 0
        while written < quads:
            copy += 1
            out.writelines(_NAME.sub(rf"\g<0>-copy-{copy}", line) for line in growing)
            written += len(growing)
    return written
