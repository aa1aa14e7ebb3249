"""What SQL says in other words: BETWEEN, LIKE, JOIN, CASE WHEN, TOP, NULL, AND between patterns, COUNTDISTINCT."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sorgenetz.insight.explain.clauses import AGGREGATES, closing
from sorgenetz.insight.explain.mend import Edit, edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens
from sorgenetz.insight.explain.tokens import Token

_GLUED = re.compile(rf"(?P<f>{'|'.join(AGGREGATES)})_?DISTINCT|DISTINCT_?(?P<g>{'|'.join(AGGREGATES)})", re.IGNORECASE)
JOINING = ("LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL", "JOIN")
# In tokens, so that nothing is looked for from end to end again and again.
LONGEST_CASE, LONGEST_VALUE = 200, 50
MOST_CASES = 12


def glued_distinct(_: str, tokens: Tokens, __: int) -> Iterator[Mistake]:
    """Yield an aggregate that is one word with DISTINCT."""
    for token, other in zip(tokens, tokens[1:], strict=False):
        found = _GLUED.fullmatch(token.text) if token.kind == "word" and other.text == "(" else None
        if found:
            word = (found["f"] or found["g"]).upper()
            yield Mistake("keyword-misspelt", (token.start, token.end), (token.start, other.end, f"{word}(DISTINCT "))


def between(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield x BETWEEN a AND b."""
    for at, token in enumerate(tokens[1:-2], 1):
        if not token.says("BETWEEN"):
            continue
        begin = _begin_of_value(tokens, at - 1)
        also = next((i for i in range(at + 2, min(at + 10, len(tokens))) if tokens[i].says("AND", "UND")), 0)
        end = _end_of_value(tokens, also + 1) if also else 0
        if end:
            one = query[tokens[begin].start : tokens[at - 1].end]
            least = query[tokens[at + 1].start : tokens[also - 1].end]
            most = query[tokens[also + 1].start : tokens[end].end]
            edit = (tokens[begin].start, tokens[end].end, f"{one} >= {least} && {one} <= {most}")
            yield Mistake("other-operator", (token.start, token.end), edit)


def _begin_of_value(tokens: Tokens, at: int) -> int:
    """Return the index where a variable or the call of a function begins that ends at `at`."""
    depth = 0
    for index in range(at, max(0, at - LONGEST_VALUE), -1):
        depth += (tokens[index].text == ")") - (tokens[index].text == "(")
        if depth == 0:
            is_called = tokens[index].text == "(" and tokens[index - 1].kind in ("word", "name")
            return index - is_called
    return at


def _end_of_value(tokens: Tokens, at: int) -> int:
    """Return the index where a literal or the call of a function ends that begins at `at`."""
    if at + 1 < len(tokens) and tokens[at + 1].text == "(":
        return at + closing(tokens[at : at + LONGEST_VALUE], 1)
    return at + 2 if at + 2 < len(tokens) and tokens[at + 1].text == "^^" else min(at, len(tokens) - 1)


def joins(_: str, tokens: Tokens, __: int) -> Iterator[Mistake]:
    """Yield JOIN before patterns: OPTIONAL where it is LEFT, else nothing."""
    for at, token in enumerate(tokens):
        if not token.says("JOIN") or tokens[at + 1].text != "{":
            continue
        begin = at
        while begin and tokens[begin - 1].says(*JOINING):
            begin -= 1
        span = (tokens[begin].start, token.end)
        is_optional = any(one.says("LEFT") for one in tokens[begin:at])
        yield Mistake(
            "other-operator", span, (*span, "OPTIONAL" if is_optional else ""), "instead" if is_optional else "without"
        )


def cases(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield CASE WHEN … THEN … ELSE … END."""
    for at, token in enumerate(tokens):
        if not token.says("CASE"):
            continue
        end = next((i for i in range(at, min(at + LONGEST_CASE, len(tokens))) if tokens[i].says("END")), 0)
        marks = [i for i in range(at + 1, end) if tokens[i].says("WHEN", "THEN", "ELSE")]
        words = [tokens[i].text.upper() for i in marks]
        if not end or words[:2] != ["WHEN", "THEN"] or len(marks) > MOST_CASES or marks[0] != at + 1:
            continue
        parts = [query[tokens[i].end : tokens[j].start].strip() for i, j in zip(marks, [*marks[1:], end], strict=True)]
        edit = (token.start, tokens[end].end, _as_ifs(words, parts))
        yield Mistake("other-operator", (token.start, token.end), edit)


def _as_ifs(words: Sequence[str], parts: Sequence[str]) -> str:
    """Return the parts behind WHEN, THEN and ELSE as IF within IF.

    >>> _as_ifs(["WHEN", "THEN", "ELSE"], ["?n > 5", '"many"', '"few"'])
    'IF(?n > 5, "many", "few")'
    """
    if not words:
        return '""'
    if words[0] == "ELSE":
        return parts[0]
    return f"IF({parts[0]}, {parts[1]}, {_as_ifs(words[2:], parts[2:])})"


def patterns_with_and(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield AND and commas between patterns, where a full stop belongs."""
    edits: list[Edit] = []
    first: Token | None = None
    for at, token in enumerate(tokens[1:-2], 1):
        subject, step, value = tokens[at + 1 : at + 4] if at + 3 < len(tokens) else (token, token, token)
        is_pattern = subject.kind in ("variable", "name", "iri") and step.kind in ("name", "iri", "variable", "word")
        if value.text in (",", "", "}", ")") or step.says("AND", "IN", "NOT", "IS", "LIKE") or not is_pattern:
            continue
        if token.says("AND", "UND") or (token.text == "," and step.kind != "variable" and subject.kind == "variable"):
            edits.append((token.start, token.end, "."))
            first = first or token
    if first:
        reason = "other-sign" if first.text == "," else "other-operator"
        yield Mistake(reason, (first.start, first.end), edits_as_one(query, edits))


def searches(_: str, tokens: Tokens, __: int) -> Iterator[Mistake]:
    """Yield LIKE."""
    for before, one, text in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if one.says("LIKE") and before.kind == "variable" and text.kind == "string":
            new = f"CONTAINS({before.text}, {text.text.replace('%', '')})"
            yield Mistake("other-operator", (one.start, one.end), (before.start, text.end, new))


def limits(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield TOP 10, LIMIT 10, 20 and LIMIT -1."""
    for at, token in enumerate(tokens[:-2]):
        first, second = tokens[at + 1 : at + 3]
        if token.text.upper() == "TOP" and first.kind == "number":
            span = (token.start, first.end)
            end = len(query.rstrip())
            edit = edits_as_one(query, [(*span, ""), (end, end, f" LIMIT {first.text}")])
            yield Mistake("limit-of-sql", span, edit)
        if token.says("LIMIT") and first.text == "-" and second.kind == "number":
            yield Mistake("limit-below-zero", (first.start, second.end), (token.start, second.end, ""), "without")
        if token.says("LIMIT") and first.kind == "number" and second.text == "," and tokens[at + 3].kind == "number":
            span = (token.start, tokens[at + 3].end)
            yield Mistake("limit-of-sql", span, (*span, f"LIMIT {tokens[at + 3].text} OFFSET {first.text}"))
        elif _is_limit(token) and (first.kind != "number" or not first.text.isdecimal()):
            near = range(at + 1, min(at + 4, len(tokens) - 1))
            end = next((i for i in near if tokens[i].text.strip("\"'").isdecimal()), 0)
            if end:
                span = (token.start, tokens[end + (tokens[end + 1].text == ")")].end)
                number = tokens[end].text.strip("\"'")
                yield Mistake("limit-wants-number", span, (*span, f"{token.text.rstrip(':')} {number}"))
            span = (token.start, max(token.end, first.end) if first.text != "}" else token.end)
            yield Mistake("limit-wants-number", span, (*span, ""), "without")


def _is_limit(token: Token) -> bool:
    return token.text.upper().rstrip(":") in ("LIMIT", "OFFSET")


def nulls(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield comparisons with NULL, which SPARQL does not have."""
    for at, token in enumerate(tokens):
        if token.text.upper() != "NULL" or at < 2:
            continue
        words = [one.text.upper() for one in tokens[max(0, at - 2) : at]]
        is_not = words in (["IS", "NOT"], ["!", "="]) or words[-1] in ("!=", "<>")
        one = tokens[at - 3 if words[0] in ("IS", "!", "=") else at - 2]
        if one.kind == "variable" and words[-1] in ("IS", "NOT", "=", "!=", "<>"):
            span = (one.start, token.end)
            yield Mistake("no-null", span, (*span, f"{'' if is_not else '!'}BOUND({one.text})"))


SQL: tuple[Finder, ...] = (glued_distinct, between, joins, cases, patterns_with_and, searches, limits, nulls)
