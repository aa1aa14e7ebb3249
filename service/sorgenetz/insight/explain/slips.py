"""Small words and signs that are left out, too many or in another place: BY, AS, ?, other brackets, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sorgenetz.insight.explain.clauses import FORMS, ORDER, closing
from sorgenetz.insight.explain.mend import edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens
from sorgenetz.insight.explain.tokens import KEYWORDS

# What a group of patterns may stand behind.
BEFORE_PATTERNS = ("WHERE", "OPTIONAL", "MINUS", "EXISTS", "UNION", "ASK")


def unmarked_variables(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield variables without their question mark, in SELECT, behind AS and behind BY, and where else they stand."""
    in_head = False
    for before, one in pairwise(tokens):
        in_head = (in_head or before.says("SELECT", "BY")) and before.text not in ("{", "(")
        is_name = one.kind == "word" and one.text.upper() not in KEYWORDS
        if is_name and (before.says("AS") or in_head):
            edits = [(it.start, it.start, "?") for it in tokens if it.kind == "word" and it.text == one.text]
            yield Mistake("unmarked-variable", (one.start, one.end), edits_as_one(query, edits))
            return


def missing_by(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield ORDER and GROUP without BY."""
    for one, other in pairwise(tokens):
        if one.says("ORDER", "GROUP") and not other.says("BY"):
            yield Mistake("by-missing", (one.start, one.end), (one.start, one.end, f"{one.text} BY"))


def bracketed_variables(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield brackets around the variables of SELECT."""
    end = 0
    for at, token in enumerate(tokens[:-1]):
        if at >= end and token.says("SELECT", "DISTINCT", "REDUCED") and tokens[at + 1].text == "(":
            end = closing(tokens, at + 1)
            inside = tokens[at + 2 : end]
            if inside and all(one.kind == "variable" or one.text == "," for one in inside):
                span = (tokens[at + 1].start, tokens[end].end)
                names = " ".join(one.text for one in inside if one.kind == "variable")
                yield Mistake("bracketed-variables", span, (*span, f" {names}" if span[0] == token.end else names))


def bare_renaming(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield ?a AS ?b without brackets."""
    for before, one, word, other in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if word.says("AS") and one.kind == other.kind == "variable" and before.text != "(":
            span = (one.start, other.end)
            yield Mistake("aggregate-without-name", span, (*span, f"({query[slice(*span)]})"))


def named_by_signs(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield what SELECT computes and names with = or -> in place of AS."""
    edits, in_select = [], False
    for at, (one, other) in enumerate(pairwise(tokens)):
        in_select = one.says("SELECT") or (in_select and one.text != "{")
        if in_select and one.kind == "variable" and other.text == ")" and tokens[at - 1].text in ("=", ">", ":"):
            first = at - 2 if tokens[at - 2].text == "-" else at - 1
            sign = query[tokens[first].start : tokens[at - 1].end]
            if sign in ("=", "->", ":") and tokens[first - 1].text == ")":
                edits.append((tokens[first].start, tokens[at - 1].end, "AS"))
    if edits:
        yield Mistake("aggregate-without-name", edits[0][:2], edits_as_one(query, edits))


def round_patterns(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield patterns in round brackets."""
    end = 0
    for at, token in enumerate(tokens[:-1]):
        if at >= end and token.says(*BEFORE_PATTERNS) and tokens[at + 1].text == "(":
            end = closing(tokens, at + 1)
            first, last = tokens[at + 1], tokens[end]
            if last.text == ")":
                edits = [(first.start, first.end, "{"), (last.start, last.end, "}")]
                yield Mistake("bare-pattern", (first.start, last.end), edits_as_one(query, edits))


def bare_unions(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield the sides of UNION that have no braces, each up to the brace around both, or to another UNION."""
    bare, begin = [], 0
    for at, token in enumerate(tokens):
        if token.text in ("{", "}") or token.says("UNION"):
            behind = tokens[begin - 1] if begin else token
            is_side = token.says("UNION") or (behind.says("UNION") and token.text == "}")
            if is_side and begin < at:
                bare.append((tokens[begin].start, tokens[at - 1].end))
            begin = at + 1
    if bare:
        edits = [(*span, f"{{ {query[slice(*span)]} }}") for span in bare]
        yield Mistake("bare-pattern", bare[0], edits_as_one(query, edits))


def clauses_inside(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield what orders or limits the rows where it stands before the last brace, not behind it."""
    start = next((at for at, token in enumerate(tokens) if token.text == "{"), None)
    end = closing(tokens, start) if start is not None else 0
    depth = 0
    for token in tokens[start:end]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 1 and token.says(*ORDER):
            brace = tokens[end]
            clause = query[token.start : brace.start].rstrip()
            edit = (token.start, brace.end, f"}} {clause}")
            yield Mistake("clause-inside", (token.start, token.end), edit)
            return


def clauses_before(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield what orders or limits the rows where it stands before the patterns, not behind them."""
    start = next((at for at, token in enumerate(tokens) if token.text == "{"), 0)
    where = start - tokens[start - 1].says("WHERE") if start else 0
    first = next((at for at in range(where) if tokens[at].says(*ORDER)), None)
    if first is not None:
        begin, behind, end = tokens[first].start, tokens[where].start, len(query.rstrip())
        edit = edits_as_one(query, [(begin, behind, ""), (end, end, f"\n{query[begin:behind].rstrip()}")])
        yield Mistake("clause-before", (begin, tokens[first].end), edit)


def bare_orders(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield DESC and ASC before a variable without brackets."""
    for word, one in pairwise(tokens):
        if word.says("DESC", "ASC") and one.kind == "variable":
            span = (word.start, one.end)
            yield Mistake("order-behind", (word.start, word.end), (*span, f"{word.text}({one.text})"))


def nameless_graphs(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield GRAPH that names no graph."""
    for word, brace in pairwise(tokens):
        if word.says("GRAPH") and brace.text == "{":
            name = "?g" if "?g" not in query else "?graph"
            yield Mistake("graph-nameless", (word.start, word.end), (word.end, word.end, f" {name}"), "added")


def short_forms(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield CONSTRUCT with its patterns alone, and DESCRIBE or SELECT that names nothing."""
    at = next((at for at, token in enumerate(tokens) if token.says(*FORMS)), len(tokens) - 1)
    word, rest = tokens[at], tokens[at + 1 :]
    if not rest or rest[0].text != "{":
        return
    if word.says("CONSTRUCT") and not any(token.says("WHERE") or token.text == "{" for token in rest[1:]):
        yield Mistake("where-missing", (word.start, word.end), (word.end, word.end, " WHERE"), "added")
    named = next((token.text for token in rest if token.kind == "variable"), "")
    if word.says("DESCRIBE", "SELECT") and named:
        yield Mistake("nothing-named", (word.start, word.end), (word.end, word.end, f" {named} WHERE"), "added")


SLIPS: tuple[Finder, ...] = (
    unmarked_variables, missing_by, bracketed_variables, bare_renaming, named_by_signs, round_patterns,
    bare_unions, clauses_inside, clauses_before, bare_orders, nameless_graphs, short_forms,
)  # fmt: skip
