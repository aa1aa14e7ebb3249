"""Why a query cannot be read: likely mistakes are mended one by one, then one after the other, and read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.brackets import BRACKETS
from sorgenetz.insight.explain.clauses import CLAUSES
from sorgenetz.insight.explain.forms import FOREIGN, FORMS
from sorgenetz.insight.explain.mend import MOST_OFFERED, Mend, Suggestion, mended
from sorgenetz.insight.explain.mistakes import SIGNS, Finder
from sorgenetz.insight.explain.pasted import PASTED
from sorgenetz.insight.explain.programs import PROGRAMS, unfilled
from sorgenetz.insight.explain.repairs import REPAIRS
from sorgenetz.insight.explain.several import as_one
from sorgenetz.insight.explain.slips import SLIPS
from sorgenetz.insight.explain.sql import SQL
from sorgenetz.insight.explain.tokens import KEYWORDS, Token, local_part, read_all
from sorgenetz.insight.explain.torn import TORN, bare_terms, declared_in
from sorgenetz.insight.explain.unseen import unseen_letters
from sorgenetz.names import PREFIXES

# Changes that are tried on a query that cannot be read, and for how long.
MOST_TRIED, SECONDS = 80, 1.0
# How many mistakes are mended one after the other, and with how many of the likely ones that is begun.
MOST_MISTAKES, MOST_PURSUED = 3, 3
# What holds of such a query, even if no change was found that would do.
TRUE_ALONE = ("prefix-unknown", "prefix-missing", "keyword-misspelt", "not-closed", "swallowed")
# These are likely only where nothing else is wrong.
ONLY_WHOLE = ("doubled", "other-sign", "too-much", "sign-missing", "swallowed", "around", "torn", "not-opened")
# These are wrong in any case, wherever reading ends.
CERTAIN = ("prefix-missing",)
MOST_WORDS = 4
Called = Callable[[str], list[str]]
HowFar = Callable[[str], int]


@dataclass(frozen=True)
class Failure:
    """The reason and place of a failure, and changes that the text itself suggests; they were not run.

    `further` is what else is wrong, each with the query that is mended up to there.
    """

    reason: str
    culprit: tuple[int, int] = (0, 0)
    suggestions: tuple[Suggestion, ...] = ()
    details: dict[str, object] = field(default_factory=dict)
    iri: str = ""
    further: tuple[tuple[str, Failure], ...] = ()


def unreadable(query: str, at: int, how_far: HowFar, called: Called) -> Failure | None:
    """Return why `query` cannot be read on at `at`."""
    tokens = read_all(query)
    gap = unfilled(query, tokens, at)
    if gap:
        return Failure("placeholder", gap)
    found, _whole = _Search(how_far, called).look(query, at, MOST_MISTAKES)
    if found:
        return found
    form = next((one for one in tokens if one.says("SELECT", "ASK", "CONSTRUCT")), None)
    if form and not any(one.text == "{" for one in tokens):
        return Failure("patterns-missing", (form.start, form.end))
    word = next((one for one in tokens if one.kind == "word" and one.start <= at <= one.end), None)
    is_foreign = word is not None and word.text.upper() not in KEYWORDS
    return Failure("keyword-misspelt", (word.start, word.end)) if is_foreign else None


class _Search:
    """Looks for the changes with which a query can be read, for a second in all."""

    def __init__(self, how_far: HowFar, called: Called) -> None:
        self._how_far = how_far
        self._called = called
        self._until = time.monotonic() + SECONDS

    def look(self, query: str, at: int, mistakes: int) -> tuple[Failure | None, bool]:
        """Return the first change, or the first few together, with which all can be read, and others there.

        Where there are none, the first with which more can be read; and whether all can.
        """
        tried, likeliest, better, whole, onward = {query}, None, None, [], []
        for found in _likely(query, read_all(query), at, self._called):
            if likeliest is None and found.reason in TRUE_ALONE:
                likeliest = replace(found, suggestions=())
            one = found.suggestions[0] if found.suggestions else None
            if whole and (found.reason, found.culprit) != (whole[0].reason, whole[0].culprit):
                break
            if one is None or one.query in tried:
                continue
            tried.add(one.query)
            if len(tried) > MOST_TRIED or time.monotonic() > self._until or len(whole) == MOST_OFFERED:
                break
            left, behind = len(one.query) - self._how_far(one.query), len(query) - max(at, one.mend.edit[1])
            if not left:
                whole.append(found)
            elif (left <= behind and found.reason not in ONLY_WHOLE) or found.reason in CERTAIN:
                better = better or (found if left < behind else None)
                onward.append(found)
        if whole:
            return replace(whole[0], suggestions=tuple(found.suggestions[0] for found in whole)), True
        together = self._together(query, onward[:MOST_PURSUED], mistakes - 1)
        return together or better or likeliest, together is not None

    def _together(self, query: str, begun: list[Failure], mistakes: int) -> Failure | None:
        """Return one of these mistakes with those that are found when it is mended, when all can be read then."""
        for found in begun if mistakes else ():
            first = found.suggestions[0]
            then, whole = self.look(first.query, self._how_far(first.query), mistakes)
            if whole:
                suggestions = tuple(as_one(query, [first.mend], last) for last in then.suggestions)
                return replace(found, suggestions=suggestions, further=((first.query, then), *then.further))
        return None


def _likely(query: str, tokens: list[Token], at: int, called: Called) -> Iterator[Failure]:
    """Yield what may be wrong with a query that cannot be read at `at`, the likeliest first."""
    yield from _mistakes((*PROGRAMS, *PASTED, *SQL), query, tokens, at)
    for token, keyword in _misspelt(tokens):
        yield _with(query, "keyword-misspelt", token, Mend((token.start, token.end, keyword), says="keyword"))
    for token, mend in bare_terms(query, tokens, called):
        yield _with(query, "prefix-left-out", token, mend)
    yield from _mistakes(TORN, query, tokens, at)
    missing = _undeclared(tokens)
    if missing:
        yield _without_prefix(query, tokens, missing)
    yield from _mistakes((*FORMS, *BRACKETS, *SLIPS, unseen_letters, *SIGNS, *CLAUSES, *REPAIRS), query, tokens, at)


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
