"""An aggregate that comes to nothing though its patterns match: of no value, of no numbers, or of an IF never true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sorgenetz.insight.explain.clauses import AGGREGATES, closing
from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.filter_literals import arguments
from sorgenetz.insight.explain.filter_reasons import filter_reason
from sorgenetz.insight.explain.sketch import Piece, Sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, read_all
from sorgenetz.insight.explain.variable_reasons import never_optional, unnamed
from sorgenetz.names import XSD

COMPUTING = ("SUM", "AVG")
NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"))


def aggregate_reason(terms: Terms, sketch: Sketch) -> Diagnosis | None:
    """Return why the only row of an answer counts nothing."""
    if not sketch.counts_one_row:
        return None
    for call in _calls(sketch):
        found = _of_variables(terms, sketch, call) or _of_condition(terms, sketch, call)
        if found:
            return found
    return None


def _calls(sketch: Sketch) -> Iterator[list[Token]]:
    """Yield the aggregates of SELECT, each as its tokens."""
    tokens = [token for token in read_all(sketch.source) if sketch.start <= token.start < sketch.projection_end]
    for at, token in enumerate(tokens[:-1]):
        if token.says(*AGGREGATES) and tokens[at + 1].text == "(":
            yield tokens[at : closing(tokens, at + 1) + 1]


def _of_variables(terms: Terms, sketch: Sketch, call: Sequence[Token]) -> Diagnosis | None:
    bound = {name for piece in sketch.where if piece.kind not in ("filter", "minus") for name in piece.variables}
    span = (call[0].start, call[-1].end)
    for token in (one for one in call if one.kind == "variable"):
        name = token.text[1:]
        if name not in bound:
            return unnamed(terms, token, bound)
        if not terms.probes.holds([*sketch.where, f"FILTER(BOUND(?{name}))"]):
            plain = Diagnosis("aggregate-unbound", span, [], {"variable": name})
            return never_optional(terms, name, sketch.where, "{}") or plain
    alone = [one.text[1:] for one in call[2:-1] if not one.says("DISTINCT") and one.kind == "variable"]
    if call[0].says(*COMPUTING) and len(alone) == 1 and len(call) <= 5:
        values = terms.probes.values(alone[0], sketch.where)
        if values and not any(term.datatype in NUMBERS for term, _count in values):
            return Diagnosis("aggregate-of-texts", span, [], {"variable": alone[0], "values": {alone[0]: values[:5]}})
    return None


def _of_condition(terms: Terms, sketch: Sketch, call: Sequence[Token]) -> Diagnosis | None:
    """Return why the condition of an IF is never true."""
    for at, token in enumerate(call):
        condition = arguments(call, at)[0] if token.says("IF") else []
        if condition:
            start, end = condition[0].start, condition[-1].end
            piece = Piece("filter", f"FILTER({sketch.source[start:end]})", start, end, tuple(condition))
            if not terms.probes.holds([*sketch.where, piece]):
                found = filter_reason(terms, Finding("filter", piece, (), sketch.where))
                # Without the condition, everything would be counted.
                mends = [mend for mend in found.mends if mend.says != "left-out"]
                return Diagnosis(found.reason, found.culprit, mends, found.details, found.iri)
    return None
