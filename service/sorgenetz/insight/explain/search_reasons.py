"""A REGEX whose pattern or flags nobody can read: an error in each row, so that its condition is never true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sorgenetz.insight.explain.clauses import closing
from sorgenetz.insight.explain.filter_literals import arguments
from sorgenetz.insight.explain.mend import Mend
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, string_value

FLAGS = "imsxq"


def unreadable_search(terms: Terms, tokens: Sequence[Token]) -> Diagnosis | None:
    """Return what is wrong with the first search that cannot be read (XPath and XQuery Functions 3.1, 5.6)."""
    for start, end, (text, pattern, *more) in _searches(tokens):
        sought, flags = pattern[0], more[0][0] if more and len(more[0]) == 1 else None
        if not _is_read(terms, sought.text):
            searched = terms.sketch.source[text[0].start : text[-1].end]
            plain = f"CONTAINS(LCASE(STR({searched})), {sought.text.lower()})"
            mend = Mend((start, end, plain), says="plain-search")
            return Diagnosis("search-unreadable", (sought.start, sought.end), [mend])
        if flags and flags.kind == "string" and not _is_read(terms, f"{sought.text}, {flags.text}"):
            known = "".join(one for one in dict.fromkeys(string_value(flags).lower()) if one in FLAGS)
            place = (flags.start, flags.end)
            return Diagnosis("search-flags", place, [Mend((*place, f'"{known}"'))])
    return None


def _is_read(terms: Terms, pattern_and_flags: str) -> bool:
    return terms.probes.holds([f'BIND(REGEX("", {pattern_and_flags}) AS ?read) FILTER(BOUND(?read))'])


def _searches(tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[list[Token]]]]:
    """Yield begin, end and arguments of each call of REGEX for a pattern that is written down."""
    for at, token in enumerate(tokens):
        if not token.says("REGEX"):
            continue
        given = arguments(tokens, at)
        has_pattern = len(given) in (2, 3) and [one.kind for one in given[1]] == ["string"]
        if has_pattern and given[0]:
            yield token.start, tokens[closing(tokens, at + 1)].end, given
