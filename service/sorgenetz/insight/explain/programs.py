"""What a text brings along from the program it was copied from: gaps that were never filled, and escaped signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sorgenetz.insight.explain.mistakes import Finder, Mistake, Span, Tokens

# What Python, JavaScript, shells and templates put a value in the place of: {year}, {{ year }}, ${year}, %s, %(year)s.
_FIELD = r"[A-Za-z_][\w.]*(?:\[[^\]{}\n]{0,40}\])?(?:![rsa])?(?::[^{}?<\s]{0,20})?"
_GAP = re.compile(rf"\{{\{{[ ]?{_FIELD}[ ]?\}}\}}|\$?\{{(?:{_FIELD}|\d?)\}}|%\([A-Za-z_]\w*\)[sdif]|%[sdif]\b")
_ESCAPED = re.compile(r"\\([ntr\"'/])")
_UNESCAPED = {"n": "\n", "t": "\t", "r": ""}
_MARK = re.compile(r"[fr]{0,2}(\"{3}|'{3}|[\"'])")
_BEHIND = " \t\r\n;,"


def unfilled(query: str, tokens: Tokens, at: int) -> Span | None:
    """Return the first gap that a program was to fill; `{}` and `{0}` count only where the query cannot be read on."""
    signs = {token.start for token in tokens if token.text in ("{", "%", "$")}
    variables = {token.text[1:] for token in tokens if token.kind == "variable"}
    for found in _GAP.finditer(query):
        is_named = any(letter.isalpha() for letter in found[0])
        # Where a query cannot be read on, the brace or what is in it is named.
        is_place = is_named or found.start() <= at <= found.end()
        if found.start() in signs and is_place and found[0][1:] not in variables:
            return found.span()
    return None


def is_gap(text: str) -> bool:
    """Tell whether a text is nothing but a gap that a program was to fill.

    >>> is_gap("{ags}"), is_gap("%s"), is_gap("Haus {A}")
    (True, True, False)
    """
    return bool(_GAP.fullmatch(text)) and text not in ("{}", "")


def escaped_signs(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    r"""Yield a whole query that is written as a text of a program, with \n for the end of a line."""
    whole = tokens[0] if tokens[0].kind == "string" and len(tokens) < 4 else None
    stray = next((token for token in tokens if token.text == "\\"), None)
    first = _ESCAPED.search(query, whole.start if whole else stray.start if stray else len(query))
    if first:
        plain = _ESCAPED.sub(lambda found: _UNESCAPED.get(found[1], found[1]), _unwrapped(query))
        yield Mistake("escaped", first.span(), (0, len(query), plain), "around")


def _unwrapped(text: str) -> str:
    """Return a text of a program without its quotation marks.

    >>> _unwrapped("  f'ASK {}';")
    'ASK {}'
    """
    text = text.strip().rstrip(_BEHIND)
    mark = _MARK.match(text)
    return text[mark.end() :].removesuffix(mark[1]) if mark else text


PROGRAMS: tuple[Finder, ...] = (escaped_signs,)
