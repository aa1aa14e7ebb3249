"""A condition that is never true: what its variables really hold, and how the condition could be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.clauses import closing
from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.filter_literals import (
    WORN,
    arguments,
    as_numbers,
    compared_with,
    end_of_literal,
    listed,
)
from sorgenetz.insight.explain.literal_reasons import literal_mend, property_of, recast
from sorgenetz.insight.explain.mend import Mend, because, left_out, tried
from sorgenetz.insight.explain.pair_reasons import all_triples, turned_round
from sorgenetz.insight.explain.search_reasons import unreadable_search
from sorgenetz.insight.explain.spelling import like, other_spellings
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, read_all, string_value
from sorgenetz.terms import Term

SEARCHING = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX")
COMPARING = ("<", ">", "<=", ">=")
MOST_VARIABLES = 3
LEAST_LIKE = 0.6
# How many tokens before a text the functions around it are looked for.
AROUND = 12
_WORD = re.compile(r"\w{4,}")


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
    ideas = list(_ideas(terms, found, values))
    helpful = next((mend for mend in ideas if tried(terms.probes, [mend], 1)), None)
    if not helpful and any(other.kind == "filter" and other.start > piece.start for other in terms.sketch.where):
        # Another condition may be wrong as well.
        helpful = next((mend for mend in ideas if _is_true_then(terms, found, mend)), None)
    if helpful:
        same = [one for one in ideas if one.reason == helpful.reason]
        # Another spelling is one of the text alone.
        place = helpful.edit[:2] if helpful.reason in ("other-spelling", "listed-value") else span
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
        others = sorted(bound, key=lambda other: -OSA.normalized_similarity(name.lower(), other.lower()))
        mends = [Mend((token.start, token.end, token.text[0] + other), says="variable") for other in others[:6]]
        mends = [*_named_otherwise(terms, name, others[:1]), *mends]
        return Diagnosis("unknown-variable", (token.start, token.end), mends, {"variable": name})
    if terms.probes.holds([*found.before, f"FILTER(BOUND(?{name}))"], found.around):
        return None
    bind = next((piece for piece in found.before if piece.kind == "bind" and piece.tokens[-2].text[1:] == name), None)
    if bind:
        mends = list(as_numbers(list(bind.tokens)))
        return Diagnosis("bind-fails", (bind.start, bind.end), mends, {"variable": name})
    mends = [left_out(terms.sketch, found.piece)]
    return Diagnosis("filter-unbound", (found.piece.start, found.piece.end), mends, {"variable": name})


def _named_otherwise(terms: Terms, name: str, others: list[str]) -> Iterator[Mend]:
    """Yield the change of a variable that stands only once, where it was likely to bind `name`."""
    tokens = [token for token in read_all(terms.sketch.source) if token.kind == "variable"]
    for other in others:
        once = [token for token in tokens if token.text[1:] == other]
        if len(once) == 1 and OSA.normalized_similarity(name.lower(), other.lower()) >= LEAST_LIKE:
            yield Mend((once[0].start, once[0].end, once[0].text[0] + name), says="variable-there")


def _ideas(terms: Terms, found: Finding, values: dict[str, list[tuple[Term, int]]]) -> Iterator[Mend]:
    """Yield how the condition could be meant, the likeliest first, each with the reason it would be."""
    tokens = list(found.piece.tokens)
    kept = {name: [term for term, _ in many] for name, many in values.items()}
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        is_worn = before == "(" and index > 1 and tokens[index - 2].says(*WORN)
        if token.kind != "variable" or is_worn:
            continue
        if any(term.kind == "uri" for term in kept.get(token.text[1:], ())):
            yield Mend((token.start, token.end, f"STR({token.text})"), "filter-iri-text", says="as-text")
    for index, token in enumerate(tokens):
        if token.kind not in ("string", "number"):
            continue
        name, worn = compared_with(tokens, index)
        end = end_of_literal(tokens, index)
        span, others = (token.start, end), kept.get(name, [])
        if worn == "LANG":
            languages = dict.fromkeys(term.lang for term in others if term.lang)
            for language in sorted(languages, key=lambda one: one[:1] != string_value(token)[:1].lower()):
                yield because(literal_mend(terms.sketch, span, Term("literal", language)), "filter-language")
        elif not worn:
            for mend in recast(terms.sketch, span, token, others):
                tagged = mend.edit[2].rpartition('"')[2].startswith("@")
                yield because(mend, "language-tag" if tagged else "filter-type")
    for mend in as_numbers(tokens):
        yield because(mend, "filter-type")
    yield from listed(found)
    yield from _other_capitals(terms, tokens)
    if not any(token.text in COMPARING for token in tokens):
        yield from _other_words(terms, found, tokens)
        yield from _other_spelling(terms, found, tokens)


def _other_capitals(terms: Terms, tokens: list[Token]) -> Iterator[Mend]:
    for index, token in enumerate(tokens):
        if not token.says(*SEARCHING):
            continue
        first, *others = arguments(tokens, index)
        if token.says("REGEX") and len(others) == 1:
            at = tokens[closing(tokens, index + 1)].start
            yield Mend((at, at, ', "i"'), "filter-case", says="any-case")
        elif not token.says("REGEX") and first and len(others) == 1 and [one.kind for one in others[0]] == ["string"]:
            searched, text = terms.sketch.source[first[0].start : first[-1].end], others[0][0]
            edit = (first[0].start, text.end, f"LCASE({searched}), {text.text.lower()}")
            yield Mend(edit, "filter-case", says="any-case")


def _other_words(terms: Terms, found: Finding, tokens: list[Token]) -> Iterator[Mend]:
    """Yield the words of the texts that are most like the one they are searched for, and its spellings with umlauts."""
    for index, token in enumerate(tokens):
        name, _worn = compared_with(tokens, index)
        is_sought = any(one.says(*SEARCHING) for one in tokens[max(0, index - AROUND) : index])
        if token.kind != "string" or not name or not is_sought:
            continue
        lowered = any(one.says("LCASE") for one in tokens[max(0, index - AROUND) : index])
        texts = [text.lower() if lowered else text for text in _all_values(terms, found, name)]
        sought = string_value(token)
        words = {word for text in texts for word in _WORD.findall(text)}
        other = [one for one in other_spellings(sought) if any(one in text for text in texts)]
        for word in dict.fromkeys([*other, *like(sought, words)]):
            if word != sought and not set(word) & set("\\\"'\n"):
                yield because(Mend((token.start, token.end, f'"{word}"')), "other-spelling")


def _other_spelling(terms: Terms, found: Finding, tokens: list[Token]) -> Iterator[Mend]:
    """Yield the values nearest to a text that is compared."""
    for index, token in enumerate(tokens):
        name, worn = compared_with(tokens, index)
        if token.kind != "string" or not name or worn not in ("", "STR"):
            continue
        given = _all_values(terms, found, name)
        span = (token.start, token.end if worn else end_of_literal(tokens, index))
        for text in like(string_value(token), given, least=0.7):
            value = Term("literal", text) if worn else given[text]
            yield because(literal_mend(terms.sketch, span, value), "other-spelling")


def _all_values(terms: Terms, found: Finding, name: str) -> dict[str, Term]:
    """Return the texts that the property leading to a variable has."""
    triple = next((p for p in found.before if p.kind == "triple" and p.nodes[2].text[1:] == name), None)
    if triple is None or not triple.nodes[1].name:
        return {}
    rows = terms.probes.page("explain-values", property=property_of(terms, triple))
    return {row["value"].value: row["value"] for row in rows if row["value"].kind == "literal"}


def _not_functions(tokens: tuple[Token, ...]) -> list[Token]:
    """Return the tokens without names of functions and of datatypes."""
    return [
        token
        for index, token in enumerate(tokens)
        if (index + 1 == len(tokens) or tokens[index + 1].text != "(") and (not index or tokens[index - 1].text != "^^")
    ]
