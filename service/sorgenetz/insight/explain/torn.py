"""Names and variables that are torn apart, or whose sign is missing or another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from sorgenetz.insight.explain.mend import Mend, edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens
from sorgenetz.insight.explain.tokens import KEYWORDS, Token, local_part
from sorgenetz.names import PREFIXES

_TORN_ADDRESS = re.compile(r"<[a-z]++://[^<>\"{}|^`\\]{1,300}?>", re.IGNORECASE)
_BREAK = re.compile(r"-?\s*\n\s*")
_NAME = re.compile(r"[\w-]+:[\w.-]+")


def torn_names(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield names and variables with a space or the end of a line in them."""
    variables = {token.text for token in tokens if token.kind == "variable"}
    for at, (one, other) in enumerate(pairwise(tokens)):
        gap = query[one.end : other.start]
        if not gap or not gap.isspace():
            continue
        begins = one.kind == "name" or (one.kind == "variable" and one.text + other.text in variables)
        if begins and _goes_on(other):
            hyphened = one.text.endswith("-") and "\n" in gap
            whole = (one.text[:-1] if hyphened else one.text) + other.text
        elif one.kind == "word" and other.kind == "name" and other.text[0] == ":":
            whole = one.text + other.text
        else:
            continue
        end, third = other.end, tokens[min(at + 2, len(tokens) - 1)]
        if whole.endswith(":") and _goes_on(third):
            end, whole = third.end, whole + third.text
        yield Mistake("torn", (one.start, end), (one.start, end, whole))


def _goes_on(token: Token) -> bool:
    return token.kind in ("word", "number") and token.text not in KEYWORDS


def torn_addresses(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield addresses with the end of a line in them."""
    for token in tokens:
        found = _TORN_ADDRESS.match(query, token.start) if token.text == "<" else None
        if found and "\n" in found[0]:
            yield Mistake("torn", found.span(), (*found.span(), re.sub(r"\s*\n\s*", "", found[0])))
            yield Mistake("torn", found.span(), (*found.span(), _BREAK.sub("", found[0])))


def signs_of_variables(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield variables without their question mark, with two or with another sign, that stand elsewhere rightly."""
    variables = {token.text[1:] for token in tokens if token.kind == "variable"}
    for before, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        start, text = one.start, one.text
        is_signed = before.kind == "sign" and before.text in "?%§~" and start - before.end < 2
        if one.kind in ("language", "name") and text[0] in "@:":
            text = text[1:]
        elif one.kind == "variable" and before.text == "?" and before.end == start:
            start, text = before.start, text[1:]
        elif one.kind == "word" and (is_signed or (other.text != "(" and text.upper() not in KEYWORDS)):
            start = before.start if is_signed else start
        else:
            continue
        if text in variables:
            yield Mistake("unmarked-variable", (start, one.end), (start, one.end, f"?{text}"))


def bare_terms(query: str, tokens: Tokens, called: Callable[[str], list[str]]) -> Iterator[tuple[Token, Mend]]:
    """Yield names without their prefix, where a property or a class stands, each with the terms `called` so."""
    declared = declared_in(tokens)
    for before, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        name = one.text.removeprefix(":")
        is_bare = one.kind == "word" and name.upper() not in KEYWORDS and other.text != "("
        is_place = other.kind == "variable" or before.text in ("a", "/", "|", "^") or other.text in ("/", "|", "*", "+")
        for iri in called(name) if (is_bare and is_place) or (one.text[:1] == ":" and name) else ():
            space = iri.removesuffix(name)
            prefix = next((key for key, value in declared.items() if value == space), "")
            known = prefix or next((key for key, value in PREFIXES.items() if value == space), "")
            if known and (prefix or known not in declared):
                yield one, Mend((one.start, one.end, f"{known}:{name}"), iri=iri, prefixes=() if prefix else (known,))


def declared_in(tokens: Tokens) -> dict[str, str]:
    """Return the prefixes that are declared, be it as in Turtle, with their addresses."""
    return {
        local_part(name.text)[0]: iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if name.kind == "name" and (word.says("PREFIX") or word.text.lower() == "@prefix")
    }


def quoted_names(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield names and addresses in quotation marks, in the place of a property or of the address of a prefix."""
    for before, one in pairwise(tokens):
        inside = one.text[1:-1] if one.kind == "string" else ""
        if "://" in inside and not re.search(r"\s", inside):
            yield Mistake("quoted-name", (one.start, one.end), (one.start, one.end, f"<{inside}>"))
        elif _NAME.fullmatch(inside) and before.text != "^^":
            yield Mistake("quoted-name", (one.start, one.end), (one.start, one.end, inside))


def torn_languages(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield language tags with a space, quotation marks or an underscore in them."""
    for before, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        tag = other.text.strip("\"'")
        if before.kind == "string" and one.text == "@" and other.kind in ("word", "string") and tag.isalpha():
            yield Mistake("torn", (one.start, other.end), (one.start, other.end, f"@{tag}"))
        elif before.kind == "string" and one.kind == "language" and other.text[:1] == "_" and other.start == one.end:
            yield Mistake("torn", (one.start, other.end), (one.start, other.end, one.text))


def keywords_with_colon(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield words of SPARQL with a colon behind them."""
    edits = [
        (one.end - 1, one.end, "")
        for one in tokens
        if one.kind == "name" and one.text[-1] == ":" and one.text[:-1].upper() in KEYWORDS and len(one.text) > 2
    ]
    if edits:
        start = edits[0][0]
        yield Mistake("too-much", (start, start + 1), edits_as_one(query, edits), "without")


TORN: tuple[Finder, ...] = (
    torn_names,
    torn_addresses,
    signs_of_variables,
    torn_languages,
    quoted_names,
    keywords_with_colon,
)
