"""Why a query failed, told by its text alone: a word misspelt, a bracket left open, patterns without connection."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.errors import QueryOutOfMemory, QuerySyntaxError, QueryTimedOut, ResultTooLarge, SorgenetzError
from sorgenetz.insight.explain.brackets import BRACKETS
from sorgenetz.insight.explain.clauses import CLAUSES
from sorgenetz.insight.explain.forms import FOREIGN, FORMS
from sorgenetz.insight.explain.mend import MOST_OFFERED, Mend, Suggestion, mended
from sorgenetz.insight.explain.mistakes import SIGNS, Finder
from sorgenetz.insight.explain.pasted import PASTED
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.reading import offset
from sorgenetz.insight.explain.repairs import REPAIRS
from sorgenetz.insight.explain.sketch import Sketch, unconnected
from sorgenetz.insight.explain.slips import SLIPS
from sorgenetz.insight.explain.tokens import KEYWORDS, NotReadable, Token, local_part, read_all
from sorgenetz.insight.explain.torn import TORN, bare_terms, declared_in
from sorgenetz.names import PREFIXES

TOO_MUCH = (QueryTimedOut, QueryOutOfMemory, ResultTooLarge)
# Changes that are tried on a query that cannot be read, and for how long.
MOST_TRIED, SECONDS = 80, 1.0
# What holds of such a query, even if no change was found that would do.
TRUE_ALONE = ("prefix-unknown", "prefix-missing", "keyword-misspelt", "not-closed", "swallowed")
# These are likely only where nothing else is wrong.
ONLY_WHOLE = ("doubled", "other-sign", "too-much", "sign-missing", "swallowed", "around", "torn", "not-opened")
MOST_WORDS = 4
Called = Callable[[str], list[str]]
_LONG_PATH = re.compile(r"[*+]\s*\)?\s*$")


@dataclass(frozen=True)
class Failure:
    """The reason and place of a failure, and changes that the text itself suggests; they were not run."""

    reason: str
    culprit: tuple[int, int] = (0, 0)
    suggestions: tuple[Suggestion, ...] = ()
    details: dict[str, object] = field(default_factory=dict)
    iri: str = ""


def failing(
    query: str, error: SorgenetzError, how_far: Callable[[str], int], called: Called = lambda _: []
) -> Failure | None:
    """Return why `query` failed with `error`; None when the error itself is all there is to say.

    `how_far` tells up to which place a text can be read: what is offered can be read further. `called` gives the terms
    of the vocabulary by their names.
    """
    try:
        if isinstance(error, QuerySyntaxError):
            return _syntax(query, error, how_far, called)
        if isinstance(error, TOO_MUCH):
            return _too_much(read_sketch(query), error)
    except NotReadable:
        return None
    return None


def _syntax(query: str, error: QuerySyntaxError, how_far: Callable[[str], int], called: Called) -> Failure | None:
    """Return the first change with which all can be read, and others there, else the first with which more can."""
    tokens, at = read_all(query), offset(query, error)
    tried, likeliest, better, whole = set(), None, None, []
    began = time.monotonic()
    for found in _likely(query, tokens, at, called):
        if likeliest is None and found.reason in TRUE_ALONE:
            likeliest = replace(found, suggestions=())
        one = found.suggestions[0] if found.suggestions else None
        if whole and (found.reason, found.culprit) != (whole[0].reason, whole[0].culprit):
            break
        if one is None or one.query in tried:
            continue
        tried.add(one.query)
        if len(tried) > MOST_TRIED or time.monotonic() - began > SECONDS or len(whole) == MOST_OFFERED:
            break
        left = len(one.query) - how_far(one.query)
        if not left:
            whole.append(found)
        elif better is None and found.reason not in ONLY_WHOLE and left < len(query) - max(at, one.mend.edit[1]):
            better = found
    if whole:
        return replace(whole[0], suggestions=tuple(found.suggestions[0] for found in whole))
    return better or likeliest


def _likely(query: str, tokens: list[Token], at: int, called: Called) -> Iterator[Failure]:
    """Yield what may be wrong with a query that cannot be read at `at`, the likeliest first."""
    yield from _mistakes(PASTED, query, tokens, at)
    for token, keyword in _misspelt(tokens):
        yield _with(query, "keyword-misspelt", token, Mend((token.start, token.end, keyword), says="keyword"))
    for token, mend in bare_terms(query, tokens, called):
        yield _with(query, "prefix-left-out", token, mend)
    yield from _mistakes(TORN, query, tokens, at)
    missing = _undeclared(tokens)
    if missing:
        yield _without_prefix(query, tokens, missing)
    yield from _mistakes((*FORMS, *BRACKETS, *SLIPS, *SIGNS, *CLAUSES, *REPAIRS), query, tokens, at)


def _mistakes(finders: tuple[Finder, ...], query: str, tokens: list[Token], at: int) -> Iterator[Failure]:
    for finder in finders:
        for mistake in finder(query, tokens, at):
            mend = Mend(mistake.edit, says=mistake.says, prefixes=mistake.prefixes)
            yield _with(query, mistake.reason, Token("", query[slice(*mistake.culprit)], mistake.culprit[0]), mend)


def _without_prefix(query: str, tokens: list[Token], missing: Token) -> Failure:
    prefix = local_part(missing.text)[0]
    known = list(declared_in(tokens) or PREFIXES)
    near = process.extractOne(prefix, known, scorer=OSA.normalized_similarity, processor=str.lower) or ("", 0)
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


def _misspelt(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the first words that are no keywords, each with the keyword nearest to it."""
    words = [token for token in tokens if token.kind == "word" and token.text.upper() not in KEYWORDS]
    for token in words[:MOST_WORDS]:
        near = FOREIGN.get(token.text.upper(), "")
        if not near:
            found = process.extractOne(token.text.upper(), KEYWORDS, scorer=OSA.normalized_similarity)
            near = found[0] if found and found[1] >= 0.6 else ""
        if near:
            yield token, near if token.text.isupper() or not token.text.islower() else near.lower()


def _undeclared(tokens: list[Token]) -> Token | None:
    declared = declared_in(tokens)
    # An address without its bracket looks like a name.
    known = (*declared, "http", "https")
    return next((one for one in tokens if one.kind == "name" and local_part(one.text)[0] not in known), None)


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
