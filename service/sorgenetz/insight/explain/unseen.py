"""Letters that nobody sees: between the parts of a query, which then cannot be read, and within a name or a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sorgenetz.insight.explain.mend import Mend, edits_as_one, tried
from sorgenetz.insight.explain.mistakes import Mistake, Tokens
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import read_all

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NO_BREAK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_COMMENT = re.compile(r"#[^\n]*")


def unseen_letters(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield letters that nobody sees between the tokens: of no width, or spaces that SPARQL does not know."""
    edits, at = [], 0
    for token in tokens:
        gap = _COMMENT.sub(lambda found: " " * len(found[0]), query[at : token.start])
        edits += [(at + found.start(), at + found.end(), " ") for found in _NO_BREAK.finditer(gap)]
        edits += [(at + found.start(), at + found.end(), "") for found in _UNSEEN.finditer(gap)]
        if token.kind == "sign" and _UNSEEN.fullmatch(token.text):
            edits.append((token.start, token.end, ""))
        at = token.end
    if edits:
        yield Mistake("unseen-letter", edits[0][:2], edits_as_one(query, sorted(edits)), "unseen")


def unseen_within(terms: Terms) -> Diagnosis | None:
    """Return the diagnosis that names or texts hold letters that nobody sees, when there are rows without these."""
    query = terms.sketch.source
    held = [token for token in read_all(query) if _UNSEEN.search(token.text)]
    if not held:
        return None
    edit = edits_as_one(query, [(token.start, token.end, _UNSEEN.sub("", token.text)) for token in held])
    mend = Mend(edit, says="unseen")
    return Diagnosis("unseen-letter", (held[0].start, held[0].end), [mend]) if tried(terms.probes, [mend]) else None
