"""Several mistakes in one query: each is mended in turn, and the query with all of that is offered."""

from __future__ import annotations

from collections.abc import Callable
from os.path import commonprefix

from sorgenetz.insight.explain.mend import Edit, Mend, Suggestion, mended, tried
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Span, Terms

MOST_MISTAKES = 4
MOST_PURSUED = 2
# What is said of these holds by itself, whatever else is wrong in the query.
BY_THEMSELVES = (
    "unknown-property", "unknown-class", "unknown-thing", "unknown-graph", "unknown-variable", "class-as-property",
    "thing-as-class", "class-as-thing", "language-tag", "datatype", "other-spelling", "text-for-thing", "filter-case",
    "filter-iri-text", "filter-language", "filter-type", "wrong-direction", "foreign-property", "other-value-class",
    "no-named-graphs", "default-graph-empty", "graph-not-chosen", "several-graphs", "elsewhere",
)  # fmt: skip
Look = Callable[[Terms], Diagnosis]
# A further mistake, and the query with those before it mended, in which it was found.
Further = tuple[str, Diagnosis]


def mended_together(terms: Terms, first: Diagnosis, look: Look) -> tuple[list[Further], tuple[Suggestion, ...]]:
    """Return the mistakes besides `first`, and the queries without any of them; nothing when none of those has rows."""
    query, mends, further = terms.sketch.source, [], []
    here, found = terms, first
    while len(mends) + 1 < MOST_MISTAKES:
        step = _next(here, found, look)
        if step is None:
            break
        mend, here, found = step
        mends.append(mend)
        further.append((here.sketch.source, found))
        last = tried(here.probes, _likely(found))
        if last:
            return further, tuple(as_one(query, mends, one) for one in last)
    return [], ()


def _next(terms: Terms, found: Diagnosis, look: Look) -> tuple[Mend, Terms, Diagnosis] | None:
    """Return the change that puts this mistake right, and what is found wrong when it is made."""
    for mend in _likely(found)[:MOST_PURSUED] if found.reason in BY_THEMSELVES else ():
        query, text = terms.sketch.source, mended(terms.sketch.source, mend)
        then = terms.about(read_sketch(text))
        other = look(then)
        if other.reason in BY_THEMSELVES and not _is_still_there(query, text, mend, found, other):
            return mend, then, other
    return None


def _likely(found: Diagnosis) -> list[Mend]:
    return [mend for mend in found.mends if mend.says != "left-out"]


def _is_still_there(query: str, text: str, mend: Mend, found: Diagnosis, other: Diagnosis) -> bool:
    """Tell whether what is wrong in `text` stands where something was wrong before `mend` made it out of `query`."""
    start, end, new = mend.edit
    lines = len(text) - len(query) - len(new) + end - start
    at = found.culprit[0] + lines + (len(new) - end + start if found.culprit[0] >= end else 0)
    return _touch(other.culprit, (start + lines, start + lines + len(new))) or _touch(other.culprit, (at, at + 1))


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def as_one(query: str, mends: list[Mend], last: Suggestion) -> Suggestion:
    """Return a suggestion that makes all these changes and a last one."""
    edit = difference(query, last.query)
    parts = (*mends, *(last.mend.parts or (last.mend,)))
    mend = Mend(edit, says="together" if all(map(shown, parts)) else "instead", parts=parts)
    return Suggestion(last.query, query[edit[0] : edit[1]], edit[2], last.rows, mend, last.counted)


def shown(part: Mend) -> str:
    """Return what a change brings into a query, in a line; empty where it only takes away."""
    return part.edit[2].strip() or " ".join(f"PREFIX {prefix}:" for prefix in part.prefixes)


def difference(query: str, other: str) -> Edit:
    """Return the change that makes `other` out of `query`, in whole words.

    >>> difference("?i a sn:A ; sn:b ?c", "?i a sn:AA ; sn:bb ?c")
    (5, 16, 'sn:AA ; sn:bb')
    """
    start = len(commonprefix((query, other)))
    same = len(commonprefix((query[start:][::-1], other[start:][::-1])))
    end = len(query) - same
    while start and not query[start - 1].isspace():
        start -= 1
    while end < len(query) and not query[end].isspace():
        end += 1
    return start, end, other[start : len(other) - (len(query) - end)]
