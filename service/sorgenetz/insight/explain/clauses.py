"""Parts of a query in the wrong place, without their brackets, names or full stops, and how they are likely meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.mend import edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens
from sorgenetz.insight.explain.tokens import Token

LEAST_LIKE = 0.7
AGGREGATES = ("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT")
ORDER = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
TERMS = ("variable", "iri", "name", "string", "number", "blank")
OPENING, CLOSING = "{([", "})]"


def closing(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the bracket that closes the one at `at`; that of the end when none does."""
    depth = 0
    for index in range(at, len(tokens)):
        if tokens[index].kind == "sign":
            depth += (tokens[index].text in OPENING) - (tokens[index].text in CLOSING)
            if depth == 0:
                return index
    return len(tokens) - 1


def closings(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the same for each bracket that opens, found in one go."""
    found, opened = {}, []
    for index, token in enumerate(tokens):
        if token.kind == "sign" and token.text in OPENING:
            opened.append(index)
        elif token.kind == "sign" and token.text in CLOSING and opened:
            found[opened.pop()] = index
    return found | dict.fromkeys(opened, len(tokens) - 1)


def commas(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield commas between the variables of SELECT, GROUP BY and ORDER BY."""
    edits, depth, in_head = [], 0, False
    for token in tokens:
        if token.says("SELECT", "BY"):
            depth, in_head = 0, True
        elif token.text in ("{", "}") or token.says("WHERE", "FROM", *ORDER):
            in_head = False
        elif token.text in ("(", ")"):
            depth += 1 if token.text == "(" else -1
        elif token.text == "," and in_head and not depth:
            edits.append((token.start, token.end, ""))
    if edits:
        yield Mistake("no-commas", edits[0][:2], edits_as_one(query, edits), "without-commas")


def aggregates(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield what SELECT computes without brackets around it, or without a name for it."""
    edits, in_select, behind = [], False, 0
    for at, token in enumerate(tokens[:-1]):
        if token.says("SELECT") or token.text in ("{", "}") or token.says("HAVING", "BY"):
            in_select = token.says("SELECT")
        if not in_select or at < behind or not token.says(*AGGREGATES) or tokens[at + 1].text != "(":
            continue
        behind = end = closing(tokens, at + 1)
        if end + 2 >= len(tokens):
            return
        named = tokens[end + 1].says("AS")
        inside = tokens[at - 1].text == "("
        last = tokens[end + 2 if named else end].end
        name = "" if named else f" AS ?{_free(query, token.text.lower())}"
        if not inside or (not named and tokens[end + 1].text == ")"):
            text = query[token.start : last] + name
            edits.append((token.start, last, text if inside else f"({text})"))
    if edits:
        yield Mistake("aggregate-without-name", edits[0][:2], edits_as_one(query, edits))


def _free(query: str, name: str) -> str:
    return name if f"?{name}" not in query else _free(query, name + "_")


def ungrouped(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield the variables beside an aggregate in SELECT that no GROUP BY names."""
    select = next((at for at, token in enumerate(tokens) if token.says("SELECT")), None)
    start = next((at for at, token in enumerate(tokens) if token.text == "{"), None)
    if select is None or start is None or not any(token.says(*AGGREGATES) for token in tokens[select:start]):
        return
    depth, bare = 0, []
    for token in tokens[select:start]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.kind == "variable":
            bare.append(token)
    end = closing(tokens, start)
    group = next((at for at in range(end, len(tokens) - 1) if tokens[at].says("GROUP")), None)
    named = [] if group is None else _run_of_variables(tokens, group + 2)
    missing = [token for token in bare if token.text[1:] not in {one.text[1:] for one in named}]
    for token, other in ((one, two) for one in missing[:1] for two in named):
        seldom = [one for one in (other, token) if sum(1 for two in tokens if two.text == one.text) == 1]
        if seldom and OSA.normalized_similarity(token.text.lower(), other.text.lower()) >= LEAST_LIKE:
            (one, *_), new = seldom, token.text if seldom[0] is other else other.text
            yield Mistake("once-only-variable", (one.start, one.end), (one.start, one.end, new))
    if missing:
        at = named[-1].end if named else tokens[end].end
        new = " ".join(token.text for token in missing)
        edit = (at, at, f" {new}" if named else f" GROUP BY {new}")
        yield Mistake("not-grouped", (missing[0].start, missing[0].end), edit, "added")


def _run_of_variables(tokens: Tokens, at: int) -> Tokens:
    end = at
    while tokens[min(end, len(tokens) - 1)].kind == "variable":
        end += 1
    return tokens[at:end]


def clause_order(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield clauses behind the patterns in another order than GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET."""
    start = next((at for at, token in enumerate(tokens) if token.text == "{"), None)
    if start is None:
        return
    begins = [token for token in tokens[closing(tokens, start) :] if token.says(*ORDER)]
    ranks = [ORDER.index(one.text.upper()) for one in begins]
    if ranks != sorted(ranks):
        ends = [*(token.start for token in begins[1:]), len(query.rstrip())]
        parts = [(rank, query[one.start : end].strip()) for rank, one, end in zip(ranks, begins, ends, strict=True)]
        late = next(begins[at + 1] for at, (one, other) in enumerate(pairwise(ranks)) if one > other)
        new = " ".join(text for _, text in sorted(parts, key=lambda part: part[0]))
        yield Mistake("clause-order", (late.start, late.end), (begins[0].start, ends[-1], new))


def order_behind(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield DESC and ASC behind the variable or function that they order, as in SQL."""
    opened = {end: begin for begin, end in closings(tokens).items()}
    for at, (one, word) in enumerate(pairwise(tokens)):
        if not word.says("DESC", "ASC") or not (one.kind == "variable" or one.text == ")"):
            continue
        begin = opened.get(at, at)
        named = begin < at and tokens[begin - 1].kind in ("word", "name") and not tokens[begin - 1].says("BY")
        start = tokens[begin - named].start
        ordered = query[start : one.end]
        new = f"{word.text.upper()}{ordered}" if ordered[0] == "(" else f"{word.text.upper()}({ordered})"
        yield Mistake("order-behind", (word.start, word.end), (start, word.end, new))


def bare_conditions(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield conditions without brackets."""
    for at, token in enumerate(tokens[:-1]):
        begins = tokens[at + 1].kind in (*TERMS, "word") or tokens[at + 1].text == "!"
        if token.says("FILTER", "HAVING") and begins:
            end = _end_of_part(tokens, at + 1)
            span = (tokens[at + 1].start, tokens[end - 1].end)
            yield Mistake("bare-condition", span, (*span, f"({query[slice(*span)]})"))


def bare_patterns(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield patterns without braces."""
    for at, token in enumerate(tokens[:-1]):
        if token.says("WHERE", "OPTIONAL", "MINUS", "EXISTS") and tokens[at + 1].kind in TERMS:
            whole = token.says("WHERE")
            end = at + 1
            while tokens[end].kind != "end" and not (tokens[end].says(*ORDER) if whole else tokens[end].text in ".}"):
                end += 1
            span = (tokens[at + 1].start, tokens[end - 1].end)
            yield Mistake("bare-pattern", span, (*span, f"{{ {query[slice(*span)]} }}"))


def _end_of_part(tokens: Tokens, at: int) -> int:
    """Return the index behind a condition: that of a full stop, a brace or a new part at its level."""
    depth = 0
    while tokens[at].kind != "end":
        token = tokens[at]
        if depth == 0 and (token.text in (".", "}", ")", "{") or token.says("OPTIONAL", "FILTER", *ORDER)):
            break
        depth += (token.text == "(") - (token.text == ")")
        at += 1
    return at


def unnamed_bind(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield BIND whose variable does not stand behind AS."""
    ends = closings(tokens)
    for at, token in enumerate(tokens[:-1]):
        if token.says("BIND") and tokens[at + 1].text == "(":
            end = ends[at + 1]
            last = tokens[end - 1]
            if last.kind == "variable" and end - at > 3 and not tokens[end - 2].says("AS"):
                yield Mistake("bind-without-as", (last.start, last.end), (last.start, last.start, "AS "), "added")


def formless(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield patterns alone, without the words that make them a query."""
    if any(token.says(*FORMS) for token in tokens):
        return
    at = max((i + 3 for i, token in enumerate(tokens[:-3]) if token.says("PREFIX")), default=0)
    if tokens[at].kind in TERMS:
        span = (tokens[at].start, tokens[-2].end)
        yield Mistake("form-missing", span, (*span, f"SELECT * WHERE {{ {query[slice(*span)]} }}"))


def missing_stops(query: str, tokens: Tokens, at: int) -> Iterator[Mistake]:
    """Yield the full stop or semicolon that is missing before `at`, or the full stop that should be a semicolon."""
    here = next((index for index, token in enumerate(tokens) if token.start >= at), len(tokens) - 1)
    token, before = tokens[here], tokens[here - 1]
    culprit = (token.start, token.end)
    if token.kind in (*TERMS, "word") and here and before.kind != "end":
        for sign in (" ;", " .") if token.kind in ("iri", "name", "word") else (" .", " ;"):
            yield Mistake("stop-missing", culprit, (before.end, before.end, sign), "added")
    last = here - 1 if before.text == "." else here
    for index in range(last - 1, max(0, last - 5), -1):
        if tokens[index].text == ".":
            start, end = tokens[index + 1].start, tokens[last - 1].end
            yield Mistake("subject-missing", (start, end), (tokens[index].start, tokens[index].end, ";"), "semicolon")
            return


CLAUSES: tuple[Finder, ...] = (
    commas, aggregates, ungrouped, clause_order, order_behind, bare_conditions, bare_patterns, unnamed_bind, formless,
    missing_stops,
)  # fmt: skip
