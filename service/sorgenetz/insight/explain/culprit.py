"""Which part of a query emptied it: the patterns are asked one by one, then together, then the conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sorgenetz.insight.explain.mend import absolute
from sorgenetz.insight.explain.probes import Probes
from sorgenetz.insight.explain.sketch import Clause, Piece, Sketch

REQUIRED = ("triple", "graph", "union", "select")
MOST_ALONE = 24
MOST_PAIRS = 12


@dataclass(frozen=True)
class Finding:
    """What emptied a query.

    `how` is alone (nothing matches the piece), together (nothing matches it with `others`), filter, removes, graph
    (there is no such graph), elsewhere (it holds, but not in this graph, or in no single one) or clause. `before` is
    what held without it.
    """

    how: str
    piece: Piece | None
    others: tuple[Piece, ...] = ()
    before: tuple[Piece, ...] = ()
    around: str = "{}"
    graph: Piece | None = None
    clause: Clause | None = None


def find_culprit(probes: Probes, sketch: Sketch) -> Finding | None:
    """Return what emptied the query or subquery `sketch`; None when nothing there does."""
    return in_group(probes, sketch.where, "{}", None) or _in_clauses(probes, sketch)


def in_group(probes: Probes, pieces: Sequence[Piece], around: str, graph: Piece | None) -> Finding | None:
    """Return what emptied a group of patterns; None when they match."""
    required = [piece for piece in pieces if piece.kind in REQUIRED]
    if len(required) <= MOST_ALONE:
        for piece in required:
            if not probes.holds([piece], around):
                return _inside(probes, piece, around, graph)
    ordered = [piece for piece in pieces if piece.kind != "filter"] + [
        piece for piece in pieces if piece.kind == "filter"
    ]
    if not ordered or probes.holds(ordered, around):
        return None
    first = _first_that_empties(probes, ordered, around)
    piece, before = ordered[first], tuple(ordered[:first])
    if piece.kind == "filter":
        how = "removes" if piece.refuses else "filter"
        return Finding(how, piece, (), before, around, graph)
    if piece.kind == "minus":
        return Finding("removes", piece, (), before, around, graph)
    if not before:
        return _inside(probes, piece, around, graph)
    others = _smallest(probes, piece, before, around)
    found = Finding("together", piece, others, before, around, graph)
    return _elsewhere(probes, found) or found


def _first_that_empties(probes: Probes, ordered: Sequence[Piece], around: str) -> int:
    """Return the index of the first piece with which nothing is left; the whole of `ordered` is known to be empty."""
    low, high = 0, len(ordered) - 1
    while low < high:
        middle = (low + high) // 2
        if probes.holds(ordered[: middle + 1], around):
            low = middle + 1
        else:
            high = middle
    return low


def _smallest(probes: Probes, piece: Piece, before: Sequence[Piece], around: str) -> tuple[Piece, ...]:
    """Return as few of `before` as leave nothing together with `piece`."""
    able = [other for other in before if other.kind in (*REQUIRED, "values", "bind")]
    shared = [other for other in able if other.variables & piece.variables]
    for other in shared[:MOST_PAIRS]:
        if not probes.holds([other, piece], around):
            return (other,)
    kept = list(before)
    for other in list(before):
        fewer = [one for one in kept if one is not other]
        if not probes.holds([*fewer, piece], around):
            kept = fewer
    return tuple(kept)


def _inside(probes: Probes, piece: Piece, around: str, graph: Piece | None) -> Finding:
    """Return what emptied `piece`, which has no match by itself."""
    if piece.kind == "graph":
        head = f"GRAPH {piece.nodes[0].text} {{ {{}} }}"
        name = piece.nodes[0].name
        if name and not probes.page("graph-exists", graph=absolute(probes.sketch, name)):
            return Finding("graph", piece)
        found = in_group(probes, piece.groups[0], around.replace("{}", head, 1), piece)
        if found and found.how == "alone":
            found = _elsewhere(probes, found) or found
        return found or Finding("alone", piece, (), (), around, piece)
    if piece.kind == "union":
        found = next(filter(None, (in_group(probes, group, around, graph) for group in piece.groups)), None)
        return found or Finding("alone", piece, (), (), around, graph)
    if piece.kind == "select" and piece.select:
        found = in_group(probes, piece.select.where, around, graph) or _in_clauses(probes, piece.select)
        return found or Finding("alone", piece, (), (), around, graph)
    return Finding("alone", piece, (), (), around, graph)


def _elsewhere(probes: Probes, found: Finding) -> Finding | None:
    """Return the finding that a graph does not say what others do, or several do together, when that is so."""
    pieces = [*found.others, found.piece]
    if found.graph is None or (found.graph.nodes[0].is_variable and len(pieces) < 2):
        return None
    return replace(found, how="elsewhere") if probes.holds(pieces, everywhere=True) else None


def _in_clauses(probes: Probes, sketch: Sketch) -> Finding | None:
    """Return the clause behind the patterns that left nothing."""
    for word in ("HAVING", "LIMIT", "OFFSET"):
        clause = sketch.clause(word)
        if clause and (word == "HAVING" or (clause.number == 0) == (word == "LIMIT")):
            without = sketch.source[: clause.start] + sketch.source[clause.end :]
            outcome = probes.outcome(without) if sketch is probes.sketch else None
            if sketch is not probes.sketch or (outcome and outcome.rows):
                return Finding("clause", None, clause=clause)
    return None
