"""A text, number or date that no statement has: its language, its datatype, or its spelling."""

from __future__ import annotations

import re

from sorgenetz.insight.explain.mend import Mend, absolute, written
from sorgenetz.insight.explain.programs import is_gap
from sorgenetz.insight.explain.sketch import Node, Piece, Sketch
from sorgenetz.insight.explain.spelling import like, spelled
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, string_value
from sorgenetz.names import XSD
from sorgenetz.terms import Term

NUMBERS = {XSD + name for name in ("integer", "decimal", "double")}
MOST_TYPES = 4
MOST_LIKE = 6
NEAR_THINGS = 40
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
# How many characters of a date and time each type has.
_LENGTHS = {XSD + "gYear": 4, XSD + "gYearMonth": 7, XSD + "date": 10, XSD + "dateTime": 19}
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def literal_reason(terms: Terms, node: Node, piece: Piece | None, but_for_this: bool = False) -> Diagnosis:
    """Return why nothing has the literal `node`; `piece` is the triple in which it is the value, if there is one.

    With `but_for_this` the value itself exists, and others like it are looked for.
    """
    token, span = node.tokens[0], (node.start, node.end)
    text = string_value(token) if token.kind == "string" else node.text
    if is_gap(text):
        return Diagnosis("placeholder", span)
    if piece is not None and piece.nodes[1].is_type:
        return _text_for_thing(terms, text, span, None)
    iris = _properties(terms, piece)
    same = [] if but_for_this else _reading_the_same(terms, iris, text)
    if same:
        is_text = any(value.lang for value in same) and token.kind == "string" and len(node.tokens) < 3
        mends = [literal_mend(terms.sketch, span, value) for value in same]
        written_otherwise = same[0].value != text
        reason = "other-spelling" if written_otherwise else "language-tag" if is_text else "datatype"
        return Diagnosis(reason, span, mends, {"value": text})
    others = [row["value"] for row in terms.probes.page("explain-values", property=iris)] if iris else []
    things = {value.value for value in others if value.kind == "uri"}
    by_text: dict[str, list[Term]] = {}
    for value in others:
        if value.kind == "literal":
            by_text.setdefault(value.value, []).append(value)
    if things and not by_text:
        return _text_for_thing(terms, text, span, things)
    found = [one for one in _like(text, by_text) if not (but_for_this and one == text)]
    mends = [literal_mend(terms.sketch, span, value) for one in found for value in by_text[one]]
    return Diagnosis("other-spelling" if mends else "no-such-value", span, mends, {"value": text})


def _reading_the_same(terms: Terms, iris: list[str], text: str) -> list[Term]:
    """Return the values that read like this text, or like it as a date in the order that machines want."""
    rows = terms.probes.page("explain-texts", property=iris or None, text=text)
    day = _GERMAN_DATE.fullmatch(text)
    if day and not rows:
        turned = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
        rows = terms.probes.page("explain-texts", property=iris or None, text=turned)
    return [row["value"] for row in rows]


def _like(text: str, others: dict[str, list[Term]]) -> list[str]:
    """Return the texts that read much the same, begin or end with this one."""
    found = like(text, others)
    word = spelled(text)
    for one in others if word else ():
        other = spelled(one)
        if one not in found and (other.startswith(word) or other.endswith(word)):
            found.append(one)
        if len(found) == MOST_LIKE:
            break
    return found


def _text_for_thing(terms: Terms, text: str, span: tuple[int, int], things: set[str] | None) -> Diagnosis:
    """Return the diagnosis that a text stands where a thing has to: one of `things`, or a class when that is None."""
    index = terms.known.classes if things is None else terms.known.things
    near = index.near(text.rpartition(":")[2] if "/" not in text else text, NEAR_THINGS)
    mends = []
    for one in near:
        if things is None or one.iri in things:
            new, prefixes = written(terms.sketch, one.iri)
            mends.append(Mend((*span, new), iri=one.iri, uses=one.uses, prefixes=prefixes))
    return Diagnosis("text-for-thing", span, mends, {"value": text})


def literal_mend(sketch: Sketch, span: tuple[int, int], value: Term, **more: object) -> Mend:
    """Return the change that writes `value` in this place, with a prefix for its type where there is one."""
    if value.datatype == XSD + "integer":
        return Mend((*span, value.value), **more)
    if value.datatype and value.datatype != XSD + "string":
        name, prefixes = written(sketch, value.datatype)
        return Mend((*span, f"{Term('literal', value.value).n3()}^^{name}"), prefixes=prefixes, **more)
    return Mend((*span, value.n3()), **more)


def property_of(terms: Terms, piece: Piece | None) -> str:
    """Return the IRI of the property of a triple, empty when it is a path or a variable."""
    if piece is None:
        return ""
    step: Node = piece.nodes[1]
    return absolute(terms.sketch, step.name) if step.name else ""


def _properties(terms: Terms, piece: Piece | None) -> list[str]:
    """Return the properties that a triple names, several where it has alternatives."""
    if piece is None:
        return []
    names = [token for token in piece.nodes[1].tokens if token.kind in ("iri", "name")]
    return [iri for iri in (absolute(terms.sketch, token) for token in names) if iri]


def unquoted(token: Token) -> Mend | None:
    """Return the change that takes the quotation marks from a number; None where there are none, or no number."""
    text = string_value(token) if token.kind == "string" else ""
    return Mend((token.start, token.end, text)) if _NUMBER.fullmatch(text) else None


def recast(sketch: Sketch, span: tuple[int, int], token: Token, values: list[Term]) -> list[Mend]:
    """Return the changes that write the same literal in the languages and types which `values` have."""
    text = string_value(token) if token.kind == "string" else token.text
    found: dict[tuple[str | None, str | None], Mend] = {}
    for value in [*_typed_as_written(text, values), *values]:
        kind = (value.lang, value.datatype)
        if value.kind != "literal" or kind in found or len(found) == MOST_TYPES:
            continue
        if value.datatype in NUMBERS and not value.lang:
            if not _NUMBER.fullmatch(text):
                continue
            found[kind] = Mend((*span, text))
        else:
            whole = _like_a_date(text, value.datatype or "")
            lang, datatype = value.lang, None if value.lang else value.datatype
            found[kind] = literal_mend(sketch, span, Term("literal", whole, lang, datatype))
    return list(found.values())


def _typed_as_written(text: str, values: list[Term]) -> list[Term]:
    """Return the literal of the type that fits a date or a part of one as it is written, where `values` have dates."""
    if not text[:4].isdecimal() or not any(value.datatype in _LENGTHS for value in values):
        return []
    return [Term("literal", text, None, datatype) for datatype, length in _LENGTHS.items() if length == len(text)]


def _like_a_date(text: str, datatype: str) -> str:
    """Return a year, month or day written as this type wants it."""
    if datatype not in _LENGTHS or not text[:4].isdecimal():
        return text
    return (text + "0000-01-01T00:00:00"[len(text) :])[: _LENGTHS[datatype]]
