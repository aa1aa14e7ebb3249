"""A condition that is never true: what its variables really hold, and how the condition could be meant."""

from __future__ import annotations

from collections.abc import Sequence

from sorgenetz.insight.explain.clauses import closing
from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.filter_ideas import COMPARING, ideas
from sorgenetz.insight.explain.filter_literals import as_numbers
from sorgenetz.insight.explain.mend import Mend, left_out, tried
from sorgenetz.insight.explain.pair_reasons import all_triples, turned_round
from sorgenetz.insight.explain.search_reasons import unreadable_search
from sorgenetz.insight.explain.sketch import Piece
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token
from sorgenetz.insight.explain.variable_reasons import never_optional, unnamed

MOST_VARIABLES = 3
# These are wrong at one place of the condition, not in all of it.
AT_ONE_PLACE = ("other-spelling", "listed-value", "quoted-name")


def filter_reason(terms: Terms, found: Finding) -> Diagnosis:
    """Return why the condition `found.piece` leaves nothing."""
    piece = found.piece
    within = next(filter(None, map(terms.inside, piece.groups)), None)
    within = within or (None if piece.refuses else turned_round(terms, all_triples([piece])))
    if within:
        return within
    unreadable = unreadable_search(terms, piece.tokens)
    if unreadable:
        return unreadable
    asked = sorted(piece.variables)[:MOST_VARIABLES] if not piece.groups else []
    for name in asked:
        unbound = _unbound(terms, found, name)
        if unbound:
            return unbound
    values = {name: terms.probes.values(name, found.before, found.around) for name in asked}
    names = [token for token in _not_functions(piece.tokens) if token.kind in ("iri", "name")]
    for token, uses in terms.uses(names).items():
        diagnosis = terms.thing(token, uses, None)
        if diagnosis:
            return diagnosis
    span = (piece.start, piece.end)
    told = {name: [(term, n) for term, n in kept[:5]] for name, kept in values.items() if kept}
    meant = list(ideas(terms, found, values))
    helpful = next((mend for mend in meant if tried(terms.probes, [mend], 1)), None)
    if not helpful and any(other.kind == "filter" and other.start > piece.start for other in terms.sketch.where):
        # Another condition may be wrong as well.
        helpful = next((mend for mend in meant if _is_true_then(terms, found, mend)), None)
    if helpful:
        same = [one for one in meant if one.reason == helpful.reason]
        # Another spelling is one of the text alone.
        place = helpful.edit[:2] if helpful.reason in AT_ONE_PLACE else span
        details = {"with": [span]} if helpful.reason == "listed-value" else {"values": told}
        return Diagnosis(helpful.reason, place, same[same.index(helpful) :], details)
    details: dict[str, object] = {"values": told}
    if len(asked) == 1 and any(token.text in COMPARING for token in piece.tokens):
        details["range"] = terms.probes.least_and_most(asked[0], found.before, found.around)
    return Diagnosis("filter-never-true", span, [left_out(terms.sketch, piece)], details)


def _is_true_then(terms: Terms, found: Finding, mend: Mend) -> bool:
    """Tell whether the condition is true for what is before it, when it is changed so."""
    piece, (start, end, new), source = found.piece, mend.edit, terms.sketch.source
    condition = source[piece.start : start] + new + source[end : piece.end]
    return not piece.groups and terms.probes.holds([*found.before, f"FILTER({condition})"], found.around)


def _unbound(terms: Terms, found: Finding, name: str) -> Diagnosis | None:
    """Return what is wrong with a variable that has no value when the condition is asked."""
    token = next(token for token in found.piece.tokens if token.kind == "variable" and token.text[1:] == name)
    bound = {variable for piece in found.before for variable in piece.variables}
    if name not in bound:
        return unnamed(terms, token, bound, _begin(terms, found.piece))
    if terms.probes.holds([*found.before, f"FILTER(BOUND(?{name}))"], found.around):
        return None
    bind = next((piece for piece in found.before if piece.kind == "bind" and piece.tokens[-2].text[1:] == name), None)
    if bind:
        mends = list(as_numbers(list(bind.tokens)))
        return Diagnosis("bind-fails", (bind.start, bind.end), mends, {"variable": name})
    never = never_optional(terms, name, found.before, found.around)
    if never and tried(terms.probes, never.mends, 1):
        return never
    mends = [left_out(terms.sketch, found.piece)]
    return Diagnosis("filter-unbound", (found.piece.start, found.piece.end), mends, {"variable": name})


def _begin(terms: Terms, piece: Piece) -> int:
    """Return the place of the word FILTER before a condition, 0 where it belongs to something else."""
    at = terms.sketch.source.upper().rfind("FILTER", 0, piece.start)
    return at if at >= 0 and piece in terms.sketch.where else 0


def _not_functions(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without names of functions, what is within the brackets of these, and without datatypes."""
    found, behind = [], 0
    for index, token in enumerate(tokens):
        is_called = token.kind in ("iri", "name") and tokens[index + 1 : index + 2] and tokens[index + 1].text == "("
        if is_called:
            behind = max(behind, closing(tokens, index + 1))
        elif index >= behind and (not index or tokens[index - 1].text != "^^"):
            found.append(token)
    return found
