"""Brackets that are left open, closed by another or never opened, and where the missing one may belong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sorgenetz.insight.explain.clauses import CLOSING, OPENING, ORDER, closing
from sorgenetz.insight.explain.mend import edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens
from sorgenetz.insight.explain.tokens import Token

MOST_PLACES = 24
# What a bracket of either kind stands behind.
BEFORE_BRACES = ("WHERE", "OPTIONAL", "MINUS", "EXISTS", "UNION", "ASK", "CONSTRUCT")
BEFORE_BRACKETS = ("FILTER", "BIND", "HAVING", "IN", "DESC", "ASC")
FUNCTIONS = (
    "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "REGEX", "CONTAINS", "STRSTARTS", "STRENDS", "LANG",
    "LANGMATCHES", "DATATYPE", "BOUND", "STR", "LCASE", "UCASE", "COALESCE", "IF", "CONCAT", "SUBSTR", "STRLEN", "YEAR",
)  # fmt: skip
COMPARING = ("=", "!=", "<", ">", "<=", ">=", "&&", "||", ",")


def other_brackets(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield conditions in other brackets than round ones, and the bracket that closes what another has opened."""
    behind = 0
    for at, (word, token) in enumerate(pairwise(tokens)):
        if at >= behind and word.says(*BEFORE_BRACKETS, *FUNCTIONS) and token.text in ("[", "{"):
            behind = closing(tokens, at + 1)
            end = tokens[behind]
            edits = [(token.start, token.end, "("), (end.start, end.end, ")")]
            yield Mistake("other-bracket", (token.start, token.end), edits_as_one(query, edits))
            yield Mistake("other-bracket", (token.start, token.end), (token.start, token.end, "("))
    pair = next(((opener, closer) for opener, closer in _pairs(tokens) if _differ(opener, closer)), None)
    if pair:
        opener, closer = pair
        right, left = CLOSING[OPENING.index(opener.text)], OPENING[CLOSING.index(closer.text)]
        yield Mistake("other-bracket", (closer.start, closer.end), (closer.start, closer.end, right))
        yield Mistake("other-bracket", (opener.start, opener.end), (opener.start, opener.end, left))


def left_open(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield the bracket that is never closed, with each place where its end may belong, the likeliest first."""
    pairs, opened = _pairs(tokens), _never_closed(tokens)
    end, inside = tokens[-1], opened[-1:] if opened else []
    wrong = next((pair for pair in pairs if _differ(*pair)), None)
    if wrong:
        inside, end = [wrong[0]], wrong[1]
    for token in [*(_misplaced(query, pairs) if inside else ()), *inside]:
        sign = CLOSING[OPENING.index(token.text)]
        for place in _places(query, tokens, token, end):
            edit = (place, place, f" {sign}" if sign == "}" else sign)
            yield Mistake("not-closed", (token.start, token.end), edit, "added")
    if inside:
        signs = " ".join(CLOSING[OPENING.index(token.text)] for token in reversed(inside if wrong else opened))
        place = len(query[: end.start].rstrip())
        token = inside[0]
        yield Mistake("not-closed", (token.start, token.end), (place, place, f" {signs}"), "closing")


def _pairs(tokens: Tokens) -> list[tuple[Token, Token]]:
    """Return each bracket with the one that closes it, be it of its kind or not, in the order of their ends."""
    found, opened = [], []
    for token in tokens:
        if token.kind == "sign" and token.text in OPENING:
            opened.append(token)
        elif token.kind == "sign" and token.text in CLOSING and opened:
            found.append((opened.pop(), token))
    return found


def _never_closed(tokens: Tokens) -> Tokens:
    ends = {opener.start for opener, _closer in _pairs(tokens)}
    return [one for one in tokens if one.kind == "sign" and one.text in OPENING and one.start not in ends]


def _differ(opener: Token, closer: Token) -> bool:
    return OPENING.index(opener.text) != CLOSING.index(closer.text)


def _misplaced(query: str, pairs: list[tuple[Token, Token]]) -> list[Token]:
    """Return the braces that are closed in a line which is indented otherwise than theirs: another's end was taken."""
    return [
        opener
        for opener, closer in pairs
        if opener.text == "{"
        and "\n" in query[opener.start : closer.start]
        and (_indent(query, opener.start) != _indent(query, closer.start) or not _ends_its_line(query, opener))
    ][:3]


def _ends_its_line(query: str, token: Token) -> bool:
    return query[token.end :].split("\n", 1)[0].strip()[:1] in ("", "#")


def _indent(query: str, at: int) -> int:
    line = query[query.rfind("\n", 0, at) + 1 :]
    return len(line) - len(line.lstrip())


def _places(query: str, tokens: Tokens, opener: Token, end: Token) -> list[int]:
    """Return the places where what `opener` begins may end, none behind `end`."""
    inside = [token for token in tokens if opener.end < token.end and token.start <= end.start]
    found = []
    for one, other in zip(inside, inside[1:], strict=False):
        breaks = "\n" in query[one.end : other.start]
        if opener.text == "{":
            fits = breaks and _indent(query, other.start) <= _indent(query, opener.start)
            fits = fits or other.says(*ORDER, "UNION")
        else:
            fits = breaks or other.text in (*COMPARING, *"{})(.;") or other.says("AS", "WHERE", "FROM")
            fits = fits or one.kind == other.kind == "variable"
        if fits:
            found.append(one.end)
    return found[:MOST_PLACES]


def never_opened(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield words that want a bracket behind them, and have none, where there is one closed that nothing opened."""
    pairs = _pairs(tokens)
    closers = sum(1 for token in tokens if token.kind == "sign" and token.text in CLOSING)
    is_missing = len(pairs) < closers or any(_differ(*pair) for pair in pairs)
    for at, token in enumerate(tokens[:-1]) if is_missing else ():
        other, behind = tokens[at + 1], token
        if token.says("GRAPH", "VALUES") and other.kind in ("name", "iri", "variable"):
            behind, other = other, tokens[min(at + 2, len(tokens) - 1)]
        sign = "{" if token.says(*BEFORE_BRACES, "GRAPH", "VALUES") else "("
        wants = token.says(*BEFORE_BRACES, *BEFORE_BRACKETS, *FUNCTIONS, "GRAPH", "VALUES")
        if wants and other.text not in ("{", "("):
            edit = (behind.end, behind.end, f" {sign}" if sign == "{" else sign)
            yield Mistake("not-opened", (token.start, behind.end), edit, "added")
        elif token.says(*FUNCTIONS) and tokens[at - 1].text != "(":
            yield Mistake("not-opened", (token.start, token.end), (token.start, token.start, "("), "added")
        first = next((one for one in BEFORE_BRACKETS if token.text.upper().removeprefix(one) in FUNCTIONS), "")
        if first and token.kind == "word" and not token.says(*FUNCTIONS):
            place = token.start + len(first)
            yield Mistake("not-opened", (token.start, token.end), (place, place, "("), "added")


def closed_too_often(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield the bracket that closes nothing."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "sign" and token.text in OPENING:
            opened.append(token)
        elif token.kind == "sign" and token.text in CLOSING:
            if opened and OPENING.index(opened[-1].text) == CLOSING.index(token.text):
                opened.pop()
            else:
                yield Mistake("closes-nothing", (token.start, token.end), (token.start, token.end, ""), "left-away")
                return


BRACKETS: tuple[Finder, ...] = (other_brackets, never_opened, closed_too_often, left_open)
