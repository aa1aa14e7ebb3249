"""What empties an answer besides patterns and conditions: clauses, templates, descriptions of nothing."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.literal_reasons import unquoted
from sorgenetz.insight.explain.mend import Mend, edits_as_one, tried
from sorgenetz.insight.explain.probes import Probes
from sorgenetz.insight.explain.sketch import Clause, Sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, read_all

CLAUSES = {"LIMIT": "limit-zero", "OFFSET": "offset-too-far", "HAVING": "having"}


def clause_reason(terms: Terms, clause: Clause) -> Diagnosis:
    """Return what LIMIT, OFFSET or HAVING has done."""
    span = (clause.start, clause.end)
    without = Mend((*span, ""), says="left-out")
    if clause.word == "LIMIT":
        return Diagnosis("limit-zero", span, [Mend((*span, "LIMIT 10")), without])
    details: dict[str, object] = {}
    edits = [mend.edit for mend in map(unquoted, clause.tokens) if mend and clause.word == "HAVING"]
    as_numbers = [Mend(edits_as_one(terms.sketch.source, edits), says="instead")] if edits else []
    if tried(terms.probes, as_numbers):
        return Diagnosis("filter-type", span, as_numbers)
    computed = _computed(terms.sketch) if clause.word == "HAVING" else {}
    early = [token for token in clause.tokens if token.kind == "variable" and token.text[1:] in computed]
    if early:
        start, end = span
        named = [(token.start, token.end, computed[token.text[1:]]) for token in early]
        wholes = [
            edits_as_one(terms.sketch.source, [(start, start, ""), *sorted(one), (end, end, "")])
            for one in (named, [*named, *edits])
        ]
        mends = [Mend(whole, says="instead") for whole in wholes]
        return Diagnosis("having-name", span, mends, {"variable": early[0].text[1:]})
    if clause.word == "OFFSET":
        details["rows"] = _rows_without(terms.probes, terms.sketch, span)
        details["offset"] = clause.number
    return Diagnosis(CLAUSES[clause.word], span, [without], details)


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


def _computed(sketch: Sketch) -> dict[str, str]:
    """Return what SELECT computes, as it is written, by the names that AS gives it."""
    found, opened = {}, []
    tokens = [token for token in read_all(sketch.source) if sketch.start <= token.start < sketch.projection_end]
    for at, token in enumerate(tokens):
        if token.text == "(":
            opened.append(token)
        elif token.text == ")" and opened:
            begin = opened.pop()
            if not opened and tokens[at - 2].says("AS"):
                found[tokens[at - 1].text[1:]] = sketch.source[begin.end : tokens[at - 2].start].strip()
    return found


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
