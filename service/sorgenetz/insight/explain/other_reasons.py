"""What empties an answer besides patterns and conditions: clauses, templates, descriptions of nothing."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.mend import Mend, absolute, term_mend
from sorgenetz.insight.explain.probes import Probes
from sorgenetz.insight.explain.sketch import Clause, Sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token

CLAUSES = {"LIMIT": "limit-zero", "OFFSET": "offset-too-far", "HAVING": "having"}


def clause_reason(terms: Terms, clause: Clause) -> Diagnosis:
    """Return what LIMIT, OFFSET or HAVING has done."""
    span = (clause.start, clause.end)
    without = Mend((*span, ""), says="left-out")
    if clause.word == "LIMIT":
        return Diagnosis("limit-zero", span, [Mend((*span, "LIMIT 10"))])
    details: dict[str, object] = {}
    if clause.word == "OFFSET":
        details["rows"] = _rows_without(terms.probes, terms.sketch, span)
        details["offset"] = clause.number
    return Diagnosis(CLAUSES[clause.word], span, [without], details)


def dataset_reason(terms: Terms, found: Finding) -> Diagnosis | None:
    """Return that the graphs which are asked do not say what others do, when that is so."""
    pieces = [*found.others, found.piece]
    if not terms.probes.holds(pieces, found.around, everywhere=True):
        return None
    plain = [(start, end, token) for start, end, token in terms.sketch.dataset if not _is_named(terms.sketch, start)]
    if not plain:
        named = terms.sketch.dataset[:1]
        if not named:
            return Diagnosis("other-graphs", (0, 0))
        start, end, token = named[0]
        return Diagnosis("default-graph-empty", (start, end), [Mend((start, end, f"FROM {token.text}"))])
    name = terms.sketch.hidden + "_graph"
    asked = terms.probes.values(name, pieces, f"GRAPH ?{name} {{ {{}} }}", everywhere=True)
    token = plain[0][2]
    mends = [term_mend(terms.sketch, token, term.value, uses=n) for term, n in asked]
    return Diagnosis("elsewhere", (token.start, token.end), mends, iri=absolute(terms.sketch, token))


def _is_named(sketch: Sketch, start: int) -> bool:
    return sketch.source[start + 4 :].lstrip()[:5].upper() == "NAMED"


def described_reason(terms: Terms, described: list[Token]) -> Diagnosis:
    """Return why DESCRIBE of these things says nothing."""
    for token, uses in terms.uses(described).items():
        found = terms.thing(token, uses, None)
        if found:
            return found
    return Diagnosis("not-stated", (described[0].start, described[-1].end))


def template_reason(terms: Terms, sketch: Sketch) -> Diagnosis | None:
    """Return the variable of the template of CONSTRUCT that no pattern gives a value."""
    bound = {name for piece in sketch.where for name in _names(piece)}
    for piece in sketch.template:
        for token in piece.tokens:
            name = token.text[1:]
            if token.kind == "variable" and name not in bound:
                others = sorted(bound, key=lambda other: -OSA.normalized_similarity(name, other))
                mends = [Mend((token.start, token.end, "?" + other), says="variable") for other in others[:6]]
                return Diagnosis("template-unbound", (token.start, token.end), mends, {"variable": name})
    return None


def _names(piece: object) -> set[str]:
    return {name for name in piece.variables if piece.kind != "filter"}


def _rows_without(probes: Probes, sketch: Sketch, span: tuple[int, int]) -> int:
    """Return how many rows there are before LIMIT and OFFSET."""
    source = sketch.source[: span[0]] + sketch.source[span[1] :]
    limit = sketch.clause("LIMIT")
    if limit:
        source = source.replace(sketch.source[limit.start : limit.end], "", 1)
    outcome = probes.outcome(source)
    return outcome.rows if outcome else 0
