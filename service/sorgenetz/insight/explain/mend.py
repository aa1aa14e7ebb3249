"""A query with one place changed, and the check that it then has an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sorgenetz.engine.iri_reference import resolve
from sorgenetz.insight.explain.probes import BudgetSpent, Probes
from sorgenetz.insight.explain.sketch import Piece, Sketch
from sorgenetz.insight.explain.tokens import Token, local_part, read_all
from sorgenetz.names import PREFIXES

MOST_OFFERED = 3
MOST_TRIED = 12
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*\w)?", re.ASCII)

Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Mend:
    """A change that may help: `new` stands for the text from `start` to `end`.

    `reason` is what was wrong if it does help; `iri` the term it brings in; `says` names the sentence about it.
    `parts` are the changes that this is made of, when it is several.
    """

    edit: Edit
    reason: str = ""
    iri: str = ""
    uses: int = 0
    says: str = "replace"
    prefixes: tuple[str, ...] = ()
    parts: tuple[Mend, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A mended query that was run: `rows` is what it came to; `old` and `new` are the texts that differ."""

    query: str
    old: str
    new: str
    rows: int
    mend: Mend
    counted: int | None = None


def written(sketch: Sketch, iri: str, as_iri: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return `iri` as this query would write it, and the prefixes it has to declare for that."""
    for prefix, space in () if as_iri else (*sketch.prefixes.items(), *PREFIXES.items()):
        fits = iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :])
        if fits and sketch.prefixes.get(prefix, space) == space:
            return f"{prefix}:{iri[len(space) :]}", () if prefix in sketch.prefixes else (prefix,)
    return f"<{iri}>", ()


def term_mend(sketch: Sketch, token: Token, iri: str, **more: object) -> Mend:
    """Return the change that writes `iri` in the place of `token`, in the way that was written."""
    text, prefixes = written(sketch, iri, token.kind == "iri")
    return Mend((token.start, token.end, text), iri=iri, prefixes=prefixes, **more)


def absolute(sketch: Sketch, token: Token) -> str:
    """Return the IRI that a token stands for; empty when its prefix is not declared."""
    if token.kind == "iri":
        return resolve(token.text[1:-1], sketch.base)
    prefix, local = local_part(token.text)
    return sketch.prefixes[prefix] + local if prefix in sketch.prefixes else ""


def edits_as_one(query: str, edits: list[Edit]) -> Edit:
    """Return several changes as one, from the first of them to the last.

    >>> edits_as_one("a, b, c", [(1, 2, ""), (4, 5, "")])
    (1, 5, ' b')
    """
    text, at = "", edits[0][0]
    for start, end, new in edits:
        text += query[at:start] + new
        at = end
    return edits[0][0], at, text


def mended(query: str, mend: Mend) -> str:
    """Return the query with this one change, and with the prefixes that it needs."""
    start, end, new = mend.edit
    text = query[:start] + new + query[end:]
    if not mend.prefixes:
        return text
    lines = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in mend.prefixes)
    first = read_all(text)[0].start
    return text[:first] + lines + text[first:]


def tried(probes: Probes, mends: Iterable[Mend], most: int = MOST_OFFERED) -> tuple[Suggestion, ...]:
    """Return those of `mends` that bring rows, in their order."""
    found: dict[str, Suggestion] = {}
    query, seen = probes.sketch.source, set()
    for mend in mends:
        text = mended(query, mend)
        if text in seen or text == query:
            continue
        seen.add(text)
        try:
            outcome = probes.outcome(text)
        except BudgetSpent:
            if not found:
                raise
            probes.spent.left_open = True
            break
        if outcome and outcome.rows:
            start, end, new = mend.edit
            found[text] = Suggestion(text, query[start:end], new, outcome.rows, mend, outcome.counted)
        if len(found) == most or len(seen) == MOST_TRIED:
            break
    return tuple(found.values())


def because(mend: Mend, reason: str) -> Mend:
    """Return the same change for another reason."""
    return replace(mend, reason=reason)


def left_out(sketch: Sketch, piece: Piece) -> Mend:
    """Return the change that leaves out a condition or a pattern."""
    source, start, end = sketch.source, piece.start, piece.end
    before = source[:start].rstrip()
    if piece.kind != "filter":
        return Mend((start, end, ""), says="left-out")
    if before.endswith("(") and source[end:].lstrip().startswith(")"):
        before, end = before[:-1].rstrip(), source.index(")", end) + 1
    if before[-6:].upper() == "FILTER":
        return Mend((len(before) - 6, end, ""), says="left-out")
    return Mend((piece.start, piece.end, "true"), says="left-out")
