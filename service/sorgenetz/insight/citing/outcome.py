"""What came of a query, so that two outcomes can be compared whatever they were written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise

import pyoxigraph as ox

from sorgenetz.engine.canonical import CANONICAL
from sorgenetz.engine.engine import Engine
from sorgenetz.engine.query_text import read_query
from sorgenetz.engine.query_tokens import read_tokens
from sorgenetz.insight.citing.reference import Reference

# Words after which the same release may answer otherwise; the parser takes them also without a space before them.
_MOVING = ("RAND", "NOW", "UUID", "BNODE", "SAMPLE")


@dataclass(frozen=True)
class Outcome:
    """The rows, statements or truth of an answer as lines of text, sorted where no order was asked for."""

    form: str
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    release: str
    seconds: float

    @cached_property
    def fingerprint(self) -> str:
        """Return the SHA-256 over form, columns and lines: the same for every format, process and machine."""
        found = sha256(self.form.encode())
        for line in ("\t".join(self.columns), *self.lines):
            found.update(f"\n{line}".encode())
        return found.hexdigest()


def repeatable(query: str) -> str:
    """Return why a query may give another answer on the same release, or an empty text: moving, part."""
    words = _words(query)
    if any(word.endswith(_MOVING) for word in words):
        return "moving"
    is_part = any(word.startswith(("LIMIT", "OFFSET")) for word in words)
    return "part" if is_part and not _asks_for_an_order(words) else ""


def _words(query: str) -> list[str]:
    return [token.text.upper() for token in read_tokens(query) if token.kind == "word"]


def _asks_for_an_order(words: list[str]) -> bool:
    return any(one + other in ("ORDERBY", "ORDERBYASC", "ORDERBYDESC") for one, other in pairwise((*words, "")))


def outcome(
    engine: Engine,
    query: str,
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
    before_a_large_one: Callable[[], object] = lambda: None,
) -> Outcome:
    """Return what comes of `query`; raises the errors of the engine.

    Rows keep their order where ORDER BY asks for one, and are sorted else; a graph is canonicalized (RDFC-1.0).
    `before_a_large_one` is called before a large answer is read, which takes memory.
    """
    form = read_query(query).form
    given = engine.answer(query, CANONICAL if form in ("construct", "describe") else "json", graphs)
    if given.is_large:
        before_a_large_one()
    columns: tuple[str, ...] = ()
    if given.kind == "graph":
        form, lines = "graph", [line.decode().rstrip("\n") for line in given.file()]
    elif given.kind == "boolean":
        lines = [str(given.truth()).lower()]
    else:
        rows = given.solutions()
        columns = tuple(variable.value for variable in rows.variables)
        lines = ["\t".join(map(_cell, row)) for row in rows]
        if not _asks_for_an_order(_words(query)):
            lines.sort()
    return Outcome(form, columns, tuple(lines), given.release, given.engine_seconds)


def refer(
    engine: Engine,
    query: str,
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
    before_a_large_one: Callable[[], object] = lambda: None,
) -> Reference:
    """Return the reference to the answer that `query` has on the release served now."""
    found = outcome(engine, query, graphs, before_a_large_one)
    return Reference(query, found.release, found.fingerprint, *(graphs or ((), ())))


@dataclass(frozen=True)
class Difference:
    """The lines that only the later outcome has, and those that only the earlier one has."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reordered: bool = False


def difference(earlier: Outcome, later: Outcome) -> Difference:
    """Return what a later outcome has more and less; rows count as often as they stand there."""
    if earlier.lines == later.lines:
        return Difference((), ())
    added, removed = _without(later.lines, earlier.lines), _without(earlier.lines, later.lines)
    return Difference(added, removed, not added and not removed)


def _without(lines: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that `others` do not have, in their order; one count at a time, since there may be a million."""
    left = Counter(others)
    found = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return tuple(found)


def _cell(node: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None) -> str:
    """Return a term as N-Triples writes it; a blank node has no name of its own."""
    if node is None:
        return ""
    return "_:" if isinstance(node, ox.BlankNode) else str(node)
