"""Why a query failed, told by its text alone: a word misspelt, a bracket left open, patterns without connection."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.errors import QueryOutOfMemory, QuerySyntaxError, QueryTimedOut, ResultTooLarge, SorgenetzError
from sorgenetz.insight.explain.clauses import CLAUSES, CLOSING, OPENING
from sorgenetz.insight.explain.mend import Mend, Suggestion, mended
from sorgenetz.insight.explain.mistakes import SIGNS
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.reading import offset
from sorgenetz.insight.explain.sketch import Sketch, unconnected
from sorgenetz.insight.explain.slips import SLIPS
from sorgenetz.insight.explain.tokens import KEYWORDS, NotReadable, Token, local_part, read_all
from sorgenetz.names import PREFIXES

TOO_MUCH = (QueryTimedOut, QueryOutOfMemory, ResultTooLarge)
# Changes that are tried on a query that cannot be read, and for how long.
MOST_TRIED, SECONDS = 12, 1.0
# What holds of such a query, even if no change was found that would do.
TRUE_ALONE = ("prefix-unknown", "prefix-missing", "keyword-misspelt", "not-closed")
# Words of other languages, and those of SPARQL for the same.
FOREIGN = {"SORT": "ORDER"}
_LONG_PATH = re.compile(r"[*+]\s*\)?\s*$")


@dataclass(frozen=True)
class Failure:
    """The reason and place of a failure, and changes that the text itself suggests; they were not run."""

    reason: str
    culprit: tuple[int, int] = (0, 0)
    suggestions: tuple[Suggestion, ...] = ()
    details: dict[str, object] = field(default_factory=dict)
    iri: str = ""


def failing(query: str, error: SorgenetzError, how_far: Callable[[str], int]) -> Failure | None:
    """Return why `query` failed with `error`; None when the error itself is all there is to say.

    `how_far` tells up to which place a text can be read: what is offered can be read further.
    """
    try:
        if isinstance(error, QuerySyntaxError):
            return _syntax(query, error, how_far)
        if isinstance(error, TOO_MUCH):
            return _too_much(read_sketch(query), error)
    except NotReadable:
        return None
    return None


def _syntax(query: str, error: QuerySyntaxError, how_far: Callable[[str], int]) -> Failure | None:
    tokens, at = read_all(query), offset(query, error)
    tried, likeliest = 0, None
    began = time.monotonic()
    for found in _likely(query, tokens, at):
        likeliest = likeliest or replace(found, suggestions=())
        if not found.suggestions:
            continue
        tried += 1
        if tried > MOST_TRIED or time.monotonic() - began > SECONDS:
            break
        one = found.suggestions[0]
        if len(one.query) - how_far(one.query) < len(query) - max(at, one.mend.edit[1]) or _reads(one.query, how_far):
            return found
    return likeliest if likeliest and likeliest.reason in TRUE_ALONE else None


def _reads(query: str, how_far: Callable[[str], int]) -> bool:
    return how_far(query) == len(query)


def _likely(query: str, tokens: list[Token], at: int) -> Iterator[Failure]:
    """Yield what may be wrong with a query that cannot be read at `at`, the likeliest first."""
    word = _misspelt(tokens)
    if word:
        token, keyword = word
        yield _with(query, "keyword-misspelt", token, Mend((token.start, token.end, keyword), says="keyword"))
    missing = _undeclared(tokens)
    if missing:
        yield _without_prefix(query, tokens, missing)
    opened = _left_open(tokens)
    if opened:
        token, place, closed_by = opened
        end = len(query[:place].rstrip())
        yield _with(query, "not-closed", token, Mend((end, end, f" {closed_by}"), says="closing"))
    for finder in (*SLIPS, *SIGNS, *CLAUSES):
        for mistake in finder(query, tokens, at):
            mend = Mend(mistake.edit, says=mistake.says, prefixes=mistake.prefixes)
            yield _with(query, mistake.reason, Token("", query[slice(*mistake.culprit)], mistake.culprit[0]), mend)


def _without_prefix(query: str, tokens: list[Token], missing: Token) -> Failure:
    prefix = local_part(missing.text)[0]
    near = process.extractOne(prefix, _declared(tokens) or PREFIXES, scorer=OSA.normalized_similarity) or ("", 0)
    span = (missing.start, missing.start + len(prefix) + 1)
    if prefix in PREFIXES:
        mend = Mend((missing.start, missing.start, ""), prefixes=(prefix,), says="prefix")
    elif near[1] >= 0.5:
        mend = Mend((*span, f"{near[0]}:"))
    else:
        return Failure("prefix-unknown", span)
    found = _with(query, "prefix-missing", missing, mend)
    return Failure(found.reason, span, found.suggestions, {"prefix": prefix})


def _with(query: str, reason: str, token: Token, mend: Mend) -> Failure:
    text = mended(query, mend)
    start, end, new = mend.edit
    return Failure(reason, (token.start, token.end), (Suggestion(text, query[start:end], new, -1, mend),))


def _misspelt(tokens: list[Token]) -> tuple[Token, str] | None:
    """Return the first word that is no keyword, with the keyword nearest to it."""
    for token in tokens:
        if token.kind == "word" and token.text.upper() not in KEYWORDS:
            foreign = FOREIGN.get(token.text.upper())
            if foreign:
                return token, foreign
            near = process.extractOne(token.text.upper(), KEYWORDS, scorer=OSA.normalized_similarity)
            if near and near[1] >= 0.6:
                return token, near[0] if token.text.isupper() or not token.text.islower() else near[0].lower()
    return None


def _declared(tokens: list[Token]) -> list[str]:
    """Return the prefixes that are declared, be it as in Turtle."""
    pairs = zip(tokens, tokens[1:], strict=False)
    return [
        local_part(name.text)[0]
        for word, name in pairs
        if name.kind == "name" and (word.says("PREFIX") or word.text.lower() == "@prefix")
    ]


def _undeclared(tokens: list[Token]) -> Token | None:
    declared = _declared(tokens)
    # An address without its bracket looks like a name.
    known = (*declared, "http", "https")
    return next((one for one in tokens if one.kind == "name" and local_part(one.text)[0] not in known), None)


def _left_open(tokens: list[Token]) -> tuple[Token, int, str] | None:
    """Return the bracket that is never closed, or closed by another, and where its end belongs, with what closes it."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "sign" and token.text in OPENING:
            opened.append(token)
        elif token.kind == "sign" and token.text in CLOSING:
            if not opened:
                return None
            last = opened.pop()
            if OPENING.index(last.text) != CLOSING.index(token.text):
                return last, token.start, _closed_by([last])
    return (opened[-1], tokens[-1].end, _closed_by(opened)) if opened else None


def _closed_by(opened: list[Token]) -> str:
    return " ".join(CLOSING[OPENING.index(token.text)] for token in reversed(opened))


def _too_much(sketch: Sketch, error: SorgenetzError) -> Failure:
    """Return what makes the query large: patterns that share nothing, paths without end, nothing that narrows."""
    apart = unconnected(sketch.where)
    if apart:
        first, second = apart
        return Failure("unconnected", (second.start, second.end), details={"with": [(first.start, first.end)]})
    for piece in sketch.where:
        if piece.kind == "triple" and piece.nodes[0].is_variable and piece.nodes[2].is_variable:
            step = piece.nodes[1]
            if _LONG_PATH.search(step.text):
                return Failure("path-from-everywhere", (step.start, step.end))
    if isinstance(error, ResultTooLarge):
        return Failure("result-too-large")
    for piece in sketch.where:
        if piece.kind == "triple" and all(node.is_variable for node in piece.nodes):
            return Failure("all-statements", (piece.start, piece.end))
    for piece in sketch.where:
        if piece.kind == "filter" and any(token.says("REGEX") for token in piece.tokens):
            return Failure("regex-heavy", (piece.start, piece.end))
    return Failure("too-broad")
