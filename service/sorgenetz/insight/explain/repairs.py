"""The smallest changes where a query cannot be read on: a token less, a sign more, or another sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sorgenetz.insight.explain.clauses import TERMS
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens

MOST_DOUBLED = 12
OTHER_SIGNS = {",": (";", "&&", "."), ";": ("&&", ".", ","), ".": (";", ","), ":": (".", ";"), "|": ("||",)}
# How often a step is gone, as regular expressions say it.
_OFTEN = re.compile(r"\{\s*([01])\s*,\s*(1?)\s*\}")
_TIMES = {("0", ""): "*", ("1", ""): "+", ("0", "1"): "?", ("1", "1"): ""}
PATH_SIGNS = ("\\", ".", ">", "->", "::", "//")


def doubled(query: str, tokens: Tokens, at: int) -> Iterator[Mistake]:
    """Yield what stands twice, one behind the other, that which is nearest to `at` first."""
    twice = [
        (one, other) for one, other in pairwise(tokens)
        if one.text.upper() == other.text.upper() and one.kind in ("sign", "word", "variable", "name")
    ]  # fmt: skip
    for one, other in sorted(twice, key=lambda pair: abs(pair[1].start - at))[:MOST_DOUBLED]:
        yield Mistake("doubled", (one.start, other.end), (one.end, other.end, ""), "once-only")


def path_signs(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield other signs than / between two names of a path or none, and {0,} for *."""
    for at, one in enumerate(tokens[:-3]):
        if one.kind != "name":
            continue
        end = at + 1
        while end < len(tokens) - 1 and tokens[end].kind == "sign" and tokens[end].start == tokens[end - 1].end:
            end += 1
        sign = query[one.end : tokens[end].start]
        if sign in PATH_SIGNS and tokens[end].kind == "name":
            yield Mistake("other-sign", (one.end, tokens[end].start), (one.end, tokens[end].start, "/"))
        other, behind = tokens[at + 1 : at + 3]
        leads = tokens[at - 1].kind == "variable" or tokens[at - 1].text == ";"
        if (
            leads
            and other.kind == "name"
            and other.text != one.text
            and (behind.kind == "variable" or behind.text in ("*", "+"))
        ):
            yield Mistake(
                "sign-missing", (tokens[at + 1].start, tokens[at + 1].end), (one.end, tokens[at + 1].start, "/")
            )
        often = _OFTEN.match(query, one.end)
        if often:
            yield Mistake("other-sign", often.span(), (*often.span(), _TIMES[often[1], often[2]]))


def at_the_place(query: str, tokens: Tokens, at: int) -> Iterator[Mistake]:
    """Yield changes of one token where the query cannot be read on, or just before."""
    here = next((index for index, token in enumerate(tokens) if token.end > at), len(tokens) - 1)
    for index in range(here, here - 4, -1):
        token = tokens[max(0, index)]
        for new in OTHER_SIGNS.get(token.text, ()) if index >= 0 else ():
            yield Mistake("other-sign", (token.start, token.end), (token.start, token.end, new))
    for index in (here, here - 1, here + 1):
        token = tokens[min(max(0, index), len(tokens) - 2)]
        # Without its name, what stands in the brackets of a function means something else.
        is_called = token.kind == "word" and query[token.end :].lstrip()[:1] == "("
        if (token.kind in ("sign", "word", "language") and not is_called) or token.text == ":":
            yield Mistake("too-much", (token.start, token.end), (token.start, token.end, ""), "without")
    token, before = tokens[here], tokens[here - 1]
    if here and before.text == ")" and token.kind == "variable":
        yield Mistake("sign-missing", (token.start, token.end), (before.end, before.end, " AS"), "added")
    if here and before.kind in TERMS and token.kind in TERMS:
        yield Mistake("sign-missing", (token.start, token.end), (before.end, before.end, ","), "added")


REPAIRS: tuple[Finder, ...] = (path_signs, doubled, at_the_place)
