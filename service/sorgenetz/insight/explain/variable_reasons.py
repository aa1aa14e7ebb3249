"""A variable that has no value where it is asked: no pattern names it, or only an OPTIONAL one that never matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.culprit import REQUIRED, in_group
from sorgenetz.insight.explain.mend import Mend, written
from sorgenetz.insight.explain.pair_reasons import together_reason, triple_reason
from sorgenetz.insight.explain.services import LABEL
from sorgenetz.insight.explain.sketch import Piece
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, read_all
from sorgenetz.names import RDFS

LEAST_LIKE = 0.6
MOST_OTHERS = 6


def unnamed(terms: Terms, token: Token, bound: Iterable[str], place: int = 0) -> Diagnosis:
    """Return that no pattern names the variable `token`; the name of ?x is added at `place` where it is ?xLabel."""
    name = token.text[1:]
    others = sorted(bound, key=lambda other: -OSA.normalized_similarity(name.lower(), other.lower()))
    mends = [Mend((token.start, token.end, token.text[0] + other), says="variable") for other in others[:MOST_OTHERS]]
    named = name.removesuffix(LABEL)
    if place and named != name and named in others:
        text, prefixes = written(terms.sketch, RDFS + "label")
        before = terms.sketch.source[:place].rstrip()
        stop = "" if before.endswith((".", "{", "}")) else ". "
        mends.insert(0, Mend((place, place, f"{stop}?{named} {text} ?{name} . "), says="added", prefixes=prefixes))
    mends = [*_named_otherwise(terms, name, others[:1]), *mends]
    return Diagnosis("unknown-variable", (token.start, token.end), mends, {"variable": name})


def _named_otherwise(terms: Terms, name: str, others: list[str]) -> Iterator[Mend]:
    """Yield the change of a variable that stands only once, where it was likely to bind `name`."""
    tokens = [token for token in read_all(terms.sketch.source) if token.kind == "variable"]
    for other in others:
        once = [token for token in tokens if token.text[1:] == other]
        if len(once) == 1 and OSA.normalized_similarity(name.lower(), other.lower()) >= LEAST_LIKE:
            yield Mend((once[0].start, once[0].end, once[0].text[0] + name), says="variable-there")


def never_optional(terms: Terms, name: str, before: Sequence[Piece], around: str) -> Diagnosis | None:
    """Return why the OPTIONAL patterns that name a variable never match."""
    required = [piece for piece in before if piece.kind in (*REQUIRED, "values", "bind")]
    for optional in before:
        if optional.kind != "optional" or name not in optional.variables:
            continue
        found = in_group(terms.probes, [*required, *optional.groups[0]], around, None)
        if found and found.how == "alone" and found.piece.kind == "triple":
            return terms.unknown(found.piece) or triple_reason(terms, found.piece)
        if found and found.how == "together":
            return together_reason(terms, found)
    return None
