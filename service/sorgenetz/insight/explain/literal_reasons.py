"""A text, number or date that no statement has: its language, its datatype, or its spelling."""

from __future__ import annotations

from sorgenetz.insight.explain.known import like, spelled
from sorgenetz.insight.explain.mend import Mend, absolute
from sorgenetz.insight.explain.sketch import Node, Piece, Sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, string_value
from sorgenetz.names import XSD
from sorgenetz.terms import Term

NUMBERS = {XSD + name for name in ("integer", "decimal", "double")}
MOST_TYPES = 4


def literal_reason(terms: Terms, node: Node, piece: Piece | None, kept: tuple[Term, ...] = ()) -> Diagnosis:
    """Return why nothing has the literal `node`; `piece` is the triple in which it is the value, if there is one.

    `kept` are values that stand in its place in the data, where they are known already.
    """
    token, span = node.tokens[0], (node.start, node.end)
    text = string_value(token) if token.kind == "string" else node.text
    same, others = _values(terms, piece, text, kept)
    mends = [literal_mend(terms.sketch, span, value) for value in same]
    if same:
        reason = "language-tag" if any(value.lang for value in same) and token.kind == "string" else "datatype"
        if reason == "language-tag" and len(node.tokens) == 3:
            reason = "datatype"
        return Diagnosis(reason, span, mends, {"value": text})
    by_text: dict[str, list[Term]] = {}
    for value in others:
        by_text.setdefault(value.value, []).append(value)
    near = like(text, by_text)
    ending = [one for one in by_text if spelled(one).endswith(spelled(text)) and one not in near][:2] if text else []
    mends = [literal_mend(terms.sketch, span, value) for one in (*near, *ending) for value in by_text[one]]
    return Diagnosis("other-spelling" if mends else "no-such-value", span, mends, {"value": text})


def literal_mend(sketch: Sketch, span: tuple[int, int], value: Term, **more: object) -> Mend:
    """Return the change that writes `value` in this place, with a prefix for its type where there is one."""
    if value.datatype == XSD + "integer":
        return Mend((*span, value.value), **more)
    if value.datatype and value.datatype.startswith(XSD) and value.datatype != XSD + "string":
        prefix = next((name for name, space in sketch.prefixes.items() if space == XSD), "xsd")
        if sketch.prefixes.get(prefix, XSD) == XSD:
            plain = Term("literal", value.value).n3()
            text = f"{plain}^^{prefix}:{value.datatype.removeprefix(XSD)}"
            return Mend((*span, text), prefixes=() if prefix in sketch.prefixes else ("xsd",), **more)
    return Mend((*span, value.n3()), **more)


def property_of(terms: Terms, piece: Piece | None) -> str:
    """Return the IRI of the property of a triple, empty when it is a path or a variable."""
    if piece is None:
        return ""
    step: Node = piece.nodes[1]
    return absolute(terms.sketch, step.name) if step.name else ""


def _values(terms: Terms, piece: Piece | None, text: str, kept: tuple[Term, ...]) -> tuple[list[Term], list[Term]]:
    """Return the values that read the same, and all others that may stand in this place."""
    if kept:
        return [value for value in kept if value.value == text], list(kept)
    iris = _properties(terms, piece)
    if not iris:
        rows = terms.probes.page("explain-texts", property=None, text=text)
        return [row["value"] for row in rows], []
    rows = terms.probes.page("explain-texts", property=iris, text=text)
    same = [row["value"] for row in rows]
    others = [] if same else terms.probes.page("explain-values", property=iris)
    return same, [row["value"] for row in others if row["value"].kind == "literal"]


def _properties(terms: Terms, piece: Piece | None) -> list[str]:
    """Return the properties that a triple names, several where it has alternatives."""
    if piece is None:
        return []
    names = [token for token in piece.nodes[1].tokens if token.kind in ("iri", "name")]
    return [iri for iri in (absolute(terms.sketch, token) for token in names) if iri]


def recast(sketch: Sketch, span: tuple[int, int], token: Token, values: list[Term]) -> list[Mend]:
    """Return the changes that write the same literal in the languages and types which `values` have."""
    text = string_value(token) if token.kind == "string" else token.text
    found: dict[tuple[str | None, str | None], Mend] = {}
    for value in values:
        kind = (value.lang, value.datatype)
        if value.kind != "literal" or kind in found or len(found) == MOST_TYPES:
            continue
        if value.datatype in NUMBERS and not value.lang:
            if not text.replace(".", "", 1).lstrip("+-").isdecimal():
                continue
            found[kind] = Mend((*span, text))
        else:
            whole = _like_a_date(text, value.datatype or "")
            lang, datatype = value.lang, None if value.lang else value.datatype
            found[kind] = literal_mend(sketch, span, Term("literal", whole, lang, datatype))
    return list(found.values())


def _like_a_date(text: str, datatype: str) -> str:
    """Return a year, month or day written as this type wants it."""
    kind = datatype.removeprefix(XSD)
    lengths = {"gYear": 4, "gYearMonth": 7, "date": 10, "dateTime": 19}
    if kind not in lengths or not text[:4].isdecimal():
        return text
    return (text + "0000-01-01T00:00:00"[len(text) :])[: lengths[kind]] if len(text) < 19 else text[: lengths[kind]]
