"""How a condition that is never true could be meant, the likeliest first, each with the reason it would be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sorgenetz.insight.explain.clauses import closing
from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.filter_literals import (
    WORN,
    arguments,
    as_numbers,
    compared_with,
    end_of_literal,
    listed,
)
from sorgenetz.insight.explain.literal_reasons import literal_mend, property_of, recast
from sorgenetz.insight.explain.mend import Mend, absolute, because
from sorgenetz.insight.explain.spelling import like, other_spellings
from sorgenetz.insight.explain.term_reasons import Terms
from sorgenetz.insight.explain.tokens import Token, local_part, string_value
from sorgenetz.names import XSD
from sorgenetz.terms import Term

SEARCHING = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX")
COMPARING = ("<", ">", "<=", ">=")
# How many tokens before a text the functions around it are looked for.
AROUND = 12
_WORD = re.compile(r"\w{4,}")
_NAME = re.compile(r"[\w-]*:[\w.-]+")
_POINT = re.compile(r"(POINT\s*\(\s*)([-\d.]+)\s+([-\d.]+)", re.IGNORECASE)
_TO_NUMBER = tuple(XSD + name for name in ("integer", "int", "decimal", "double", "float"))
Values = dict[str, list[tuple[Term, int]]]


def ideas(terms: Terms, found: Finding, values: Values) -> Iterator[Mend]:
    """Yield how the condition could be meant, the likeliest first, each with the reason it would be."""
    tokens = list(found.piece.tokens)
    kept = {name: [term for term, _ in many] for name, many in values.items()}
    yield from _things(terms, tokens, kept)
    yield from _literals(terms, tokens, kept)
    for mend in as_numbers(tokens):
        yield because(mend, "filter-type")
    yield from _as_functions_want(terms, tokens)
    yield from listed(found)
    yield from _other_capitals(terms, tokens)
    if not any(token.text in COMPARING for token in tokens):
        yield from _other_words(terms, found, tokens)
        yield from _other_spelling(terms, found, tokens)


def _things(terms: Terms, tokens: list[Token], kept: dict[str, list[Term]]) -> Iterator[Mend]:
    """Yield names without the quotation marks around them, and IRIs as texts."""
    for index, token in enumerate(tokens):
        others = kept.get(compared_with(tokens, index)[0], []) if token.kind == "string" else []
        text = string_value(token) if any(term.kind == "uri" for term in others) else ""
        new = f"<{text}>" if re.fullmatch(r"\w+://[^\s<>\"{}|^`\\]+", text) else text
        if new != text or (_NAME.fullmatch(text) and local_part(text)[0] in terms.sketch.prefixes):
            yield Mend((token.start, end_of_literal(tokens, index), new), "quoted-name", says="instead")
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        is_worn = before == "(" and index > 1 and tokens[index - 2].says(*WORN)
        others = kept.get(token.text[1:], []) if token.kind == "variable" and not is_worn else []
        if any(term.kind == "uri" for term in others):
            yield Mend((token.start, token.end, f"STR({token.text})"), "filter-iri-text", says="as-text")


def _literals(terms: Terms, tokens: list[Token], kept: dict[str, list[Term]]) -> Iterator[Mend]:
    """Yield literals in the languages and types that the variables have with which they are compared."""
    for index, token in enumerate(tokens):
        if token.kind not in ("string", "number"):
            continue
        name, worn = compared_with(tokens, index)
        span, others = (token.start, end_of_literal(tokens, index)), kept.get(name, [])
        if worn == "LANG":
            languages = dict.fromkeys(term.lang for term in others if term.lang)
            for language in sorted(languages, key=lambda one: one[:1] != string_value(token)[:1].lower()):
                yield because(literal_mend(terms.sketch, span, Term("literal", language)), "filter-language")
        elif not worn:
            for mend in recast(terms.sketch, span, token, others):
                tagged = mend.edit[2].rpartition('"')[2].startswith("@")
                yield because(mend, "language-tag" if tagged else "filter-type")


def _as_functions_want(terms: Terms, tokens: list[Token]) -> Iterator[Mend]:
    """Yield arguments of the type or order that functions want: LANG in LANGMATCHES, YEAR of dates, texts, points."""
    for token, *others in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_call = others[0].text == "(" and others[1].kind == "variable"
        if is_call and token.says("LANGMATCHES"):
            new = f"LANG({others[1].text})"
            yield Mend((others[1].start, others[1].end, new), "lang-left-out", says="instead")
        if is_call and token.kind in ("name", "iri") and absolute(terms.sketch, token) in _TO_NUMBER:
            yield Mend((token.start, token.end, "YEAR"), "filter-type", says="instead")
    for token in tokens:
        if token.kind == "number":
            yield Mend((token.start, token.end, f'"{token.text}"'), "filter-type")
        point = _POINT.search(token.text) if token.kind == "string" else None
        if point:
            new = token.text[: point.start()] + f"{point[1]}{point[3]} {point[2]}" + token.text[point.end() :]
            yield Mend((token.start, token.end, new), "swapped-point", says="instead")


def _other_capitals(terms: Terms, tokens: list[Token]) -> Iterator[Mend]:
    for index, token in enumerate(tokens):
        if not token.says(*SEARCHING):
            continue
        first, *others = arguments(tokens, index)
        if token.says("REGEX") and len(others) == 1:
            at = tokens[closing(tokens, index + 1)].start
            yield Mend((at, at, ', "i"'), "filter-case", says="any-case")
        elif not token.says("REGEX") and first and len(others) == 1 and [one.kind for one in others[0]] == ["string"]:
            searched, text = terms.sketch.source[first[0].start : first[-1].end], others[0][0]
            edit = (first[0].start, text.end, f"LCASE({searched}), {text.text.lower()}")
            yield Mend(edit, "filter-case", says="any-case")


def _other_words(terms: Terms, found: Finding, tokens: list[Token]) -> Iterator[Mend]:
    """Yield the words of the texts that are most like the one they are searched for, and its spellings with umlauts."""
    for index, token in enumerate(tokens):
        name, _worn = compared_with(tokens, index)
        is_sought = any(one.says(*SEARCHING) for one in tokens[max(0, index - AROUND) : index])
        if token.kind != "string" or not name or not is_sought:
            continue
        lowered = any(one.says("LCASE") for one in tokens[max(0, index - AROUND) : index])
        texts = [text.lower() if lowered else text for text in _all_values(terms, found, name)]
        sought = string_value(token)
        words = {word for text in texts for word in _WORD.findall(text)}
        other = [one for one in other_spellings(sought) if any(one in text for text in texts)]
        for word in dict.fromkeys([*other, *like(sought, words)]):
            if word != sought and not set(word) & set("\\\"'\n"):
                yield because(Mend((token.start, token.end, f'"{word}"')), "other-spelling")


def _other_spelling(terms: Terms, found: Finding, tokens: list[Token]) -> Iterator[Mend]:
    """Yield the values nearest to a text that is compared."""
    for index, token in enumerate(tokens):
        name, worn = compared_with(tokens, index)
        if token.kind not in ("string", "number") or not name or worn not in ("", "STR"):
            continue
        given = _all_values(terms, found, name)
        span = (token.start, token.end if worn else end_of_literal(tokens, index))
        sought = string_value(token) if token.kind == "string" else token.text
        for text in like(sought, given, least=0.7):
            value = Term("literal", text) if worn else given[text]
            yield because(literal_mend(terms.sketch, span, value), "other-spelling")


def _all_values(terms: Terms, found: Finding, name: str) -> dict[str, Term]:
    """Return the texts that the property leading to a variable has."""
    triple = next((p for p in found.before if p.kind == "triple" and p.nodes[2].text[1:] == name), None)
    if triple is None or not triple.nodes[1].name:
        return {}
    rows = terms.probes.page("explain-values", property=property_of(terms, triple))
    return {row["value"].value: row["value"] for row in rows if row["value"].kind == "literal"}
