"""Patterns that match alone and not together: turned round, of another class, one step short, or just so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.literal_reasons import literal_mend, literal_reason, property_of
from sorgenetz.insight.explain.mend import Mend, absolute, left_out, tried, written
from sorgenetz.insight.explain.sketch import Node, Piece, unconnected
from sorgenetz.insight.explain.spelling import likeness, without_kind
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import string_value
from sorgenetz.terms import Term

MOST_BRIDGES = 4
# A property that runs the other way for a handful, and by way of another thing for all: the latter is meant.
MUCH_MORE = 5
NAMED_ALIKE = 0.5
MOST_TURNED = 12
SHORTEST_TEXT = 3


def triple_reason(terms: Terms, piece: Piece) -> Diagnosis:
    """Return why a triple of known terms has no match by itself."""
    subject, step, objekt = piece.nodes
    if objekt.literal:
        return literal_reason(terms, objekt, piece)
    turned = turned_round(terms, [piece])
    if turned:
        return turned
    if subject.name and step.name:
        thing = absolute(terms.sketch, subject.name)
        classes = terms.probes.reader.names([thing])[thing].classes
        for name in classes:
            found = _of_another_class(terms, name, step)
            if found:
                return found
    if objekt.name and step.name and not subject.name:
        thing = absolute(terms.sketch, objekt.name)
        mends = []
        for row in terms.probes.page("explain-leads-to", thing=thing):
            text, prefixes = written(terms.sketch, row["property"].value)
            edit = (step.start, step.end, text)
            mends.append(Mend(edit, iri=row["property"].value, uses=int(row["n"].value), prefixes=prefixes))
        return Diagnosis("foreign-value", (objekt.start, objekt.end), mends, iri=thing)
    iri = property_of(terms, piece)
    return Diagnosis("not-stated", (piece.start, piece.end), [], {"property": iri}, iri=iri)


def together_reason(terms: Terms, found: Finding) -> Diagnosis:
    """Return why `found.piece` and `found.others` have no match together."""
    pieces = [found.piece, *found.others]
    triples = [piece for piece in pieces if piece.kind == "triple"]
    values = next((piece for piece in pieces if piece.kind in ("values", "bind")), None)
    if values:
        listed = values_reason(terms, values, [*triples, *found.before])
        if listed.reason != "values-without-match":
            return listed
        # The list is to blame only where nothing is wrong in what it is joined with.
        joined = [*pieces, *found.before]
        return terms.inside(joined) or turned_round(terms, all_triples(joined)[:MOST_TURNED]) or listed
    unknown = terms.inside(piece for piece in pieces if piece.kind in ("union", "graph"))
    turned = unknown or turned_round(terms, all_triples(pieces))
    classed = next(_about_classes(terms, triples), None) if not unknown else None
    if turned and classed:
        return classed if _rows(terms, classed) > MUCH_MORE * _rows(terms, turned) else turned
    if turned or classed:
        return turned or classed
    for piece in triples:
        if piece.nodes[2].literal and not found.piece.nodes[1].is_type:
            for but_for_this in (False, True):
                of_literal = literal_reason(terms, piece.nodes[2], piece, but_for_this)
                if tried(terms.probes, of_literal.mends, 1):
                    return of_literal
            longer = _longer_texts(terms, found, piece)
            if longer:
                return longer
    return combination(terms, found)


def _longer_texts(terms: Terms, found: Finding, triple: Piece) -> Diagnosis | None:
    """Return the texts that begin with this one, or with the name in it, of the things that the other patterns name."""
    subject, step, value = triple.nodes
    text = string_value(value.literal) if value.literal and value.literal.kind == "string" else ""
    if len(text) < SHORTEST_TEXT:
        return None
    name = f"?{terms.sketch.hidden}_text"
    sought = [Term("literal", one.lower()).n3() for one in (text, *without_kind(text)) if len(one) >= SHORTEST_TEXT]
    begins = " || ".join(f"STRSTARTS(LCASE(STR({name})), {one})" for one in sought)
    others = [piece for piece in (found.piece, *found.others) if piece is not triple]
    asked = [*others, f"{subject.text} {step.text} {name} .", f"FILTER({begins})"]
    span = (value.start, value.end)
    texts = [term for term, _count in terms.probes.values(name[1:], asked, found.around)]
    texts.sort(key=lambda term: (len(term.value), term.value))
    mends = [literal_mend(terms.sketch, span, term) for term in texts]
    return Diagnosis("other-spelling", span, mends, {"value": text}) if mends else None


def all_triples(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the triples among `pieces`, and those in the groups of these."""
    found: list[Piece] = []
    for piece in pieces:
        found += [piece] if piece.kind == "triple" else []
        for group in piece.groups:
            found += all_triples(group)
    return list(dict.fromkeys(found))


def _about_classes(terms: Terms, triples: list[Piece]) -> Iterator[Diagnosis]:
    """Yield what is wrong between a pattern that names a class and one with a property of the same thing."""
    for kind in (piece for piece in triples if piece.nodes[1].is_type and piece.nodes[2].name):
        name = absolute(terms.sketch, kind.nodes[2].name)
        for other in triples:
            found = None
            if other is not kind and other.nodes[1].name and other.nodes[0].text == kind.nodes[0].text:
                found = _of_another_class(terms, name, other.nodes[1], kind.nodes[2])
            elif other is not kind and other.nodes[1].name and other.nodes[2].text == kind.nodes[0].text:
                found = _one_step_short(terms, name, other.nodes[1])
            if found:
                yield found


def _rows(terms: Terms, diagnosis: Diagnosis) -> int:
    """Return how many rows the first change that helps brings."""
    return max((one.rows for one in tried(terms.probes, diagnosis.mends, 1)), default=0)


def combination(terms: Terms, found: Finding) -> Diagnosis:
    """Return that each of these exists, and together none."""
    others = [(other.start, other.end) for other in found.others]
    where = terms.sketch.where
    # Without the pattern that ties two others, each row of one would come with each of the other.
    mends = [
        left_out(terms.sketch, piece) for piece in (found.piece, *found.others)
        if unconnected(where) or not unconnected([one for one in where if one is not piece])
    ]  # fmt: skip
    return Diagnosis("combination", (found.piece.start, found.piece.end), mends, {"with": others})


def turned_round(terms: Terms, triples: list[Piece]) -> Diagnosis | None:
    """Return the diagnosis that a property is used in the wrong direction, when the other one brings rows."""
    for piece in triples:
        step = piece.nodes[1]
        core = step.text.removeprefix("^").strip()
        if step.is_type or step.is_variable or len([token for token in step.tokens if token.text != "^"]) != 1:
            continue
        if piece.nodes[2].literal:
            continue
        text = core if step.text.startswith("^") else f"^{core}"
        mend = Mend((step.start, step.end, text), says="turned", iri=absolute(terms.sketch, step.tokens[-1]))
        if tried(terms.probes, [mend], 1):
            return Diagnosis("wrong-direction", (step.start, step.end), [mend], iri=mend.iri)
    return None


def values_reason(terms: Terms, values: Piece, triples: list[Piece]) -> Diagnosis:
    """Return what is wrong with the terms that VALUES lists, or with the one that BIND gives."""
    names = [token for token in values.tokens if token.kind in ("iri", "name")]
    for token, uses in terms.uses(names).items():
        found = terms.thing(token, uses, None)
        if found:
            return found
    variables = [token.text[1:] for token in values.tokens if token.kind == "variable"]
    variable = variables[-1 if values.kind == "bind" else 0] if variables else ""
    piece = next((one for one in triples if one.kind == "triple" and one.nodes[2].text[1:] == variable), None)
    for index, token in enumerate(values.tokens):
        if token.kind in ("string", "number") and values.tokens[index - 1].text != "^^":
            found = literal_reason(terms, _literal_at(terms, values, index), piece)
            if tried(terms.probes, found.mends, 1):
                return found
    return Diagnosis("values-without-match", (values.start, values.end), [], {"variable": variable})


def _literal_at(terms: Terms, values: Piece, index: int) -> Node:
    tokens = [values.tokens[index]]
    following = values.tokens[index + 1 : index + 3]
    if following and following[0].kind == "language":
        tokens.append(following[0])
    elif following and following[0].text == "^^":
        tokens += following
    start, end = tokens[0].start, tokens[-1].end
    return Node(terms.sketch.source[start:end], start, end, tuple(tokens))


def _of_another_class(terms: Terms, name: str, step: Node, kind: Node | None = None) -> Diagnosis | None:
    """Return the diagnosis that things of class `name` never have this property, when that is so."""
    iri = absolute(terms.sketch, step.name)
    having = terms.probes.page("explain-class-properties", **{"class": name})
    if iri in {row["property"].value for row in having}:
        return None
    own = {row["property"].value: int(row["n"].value) for row in having}
    mends = list(_bridges(terms, name, iri, step))
    alike = [row["own"].value for row in terms.probes.page("explain-same-range", property=iri)]
    alike += [one.iri for one in terms.known.properties.near(iri)]
    for other in (one for one in dict.fromkeys(alike) if one in own):
        text, prefixes = written(terms.sketch, other)
        mends.append(Mend((step.start, step.end, text), iri=other, uses=own[other], prefixes=prefixes))
    # What is called much the same, then what serves more of these things, is meant more likely.
    mends.sort(key=lambda mend: (mend.says == "path" or likeness(mend.iri, iri) < NAMED_ALIKE, -mend.uses))
    mends = [mend for mend in terms.kin(step.name, iri) if mend.iri in own] + mends
    owners = terms.probes.page("explain-property-classes", property=iri)
    for row in owners[:3] if kind else ():
        text, prefixes = written(terms.sketch, row["class"].value)
        edit = (kind.start, kind.end, text)
        mends.append(Mend(edit, iri=row["class"].value, uses=int(row["n"].value), prefixes=prefixes))
    details = {"class": name, "owners": [row["class"].value for row in owners[:2]], "has": list(own)[:8]}
    return Diagnosis("foreign-property", (step.start, step.end), mends, details, iri=iri)


def _bridges(terms: Terms, name: str, iri: str, step: Node) -> Iterator[Mend]:
    """Yield the paths of two steps that lead from things of the class to the property."""
    for row in terms.probes.page("explain-bridges", property=iri, **{"class": name})[:MOST_BRIDGES]:
        text, prefixes = written(terms.sketch, row["bridge"].value)
        back = "^" if row["back"].value == "true" else ""
        edit = (step.start, step.end, f"{back}{text}/{step.text}")
        yield Mend(edit, iri=row["bridge"].value, uses=int(row["n"].value), says="path", prefixes=prefixes)


def _one_step_short(terms: Terms, name: str, step: Node) -> Diagnosis | None:
    """Return the diagnosis that a property never leads to things of class `name`, with the step that is missing."""
    iri = absolute(terms.sketch, step.name)
    mends = []
    for row in terms.probes.page("explain-onward", property=iri, **{"class": name})[:MOST_BRIDGES]:
        text, prefixes = written(terms.sketch, row["onward"].value)
        edit = (step.start, step.end, f"{step.text}/{text}")
        mends.append(Mend(edit, iri=row["onward"].value, uses=int(row["n"].value), says="path", prefixes=prefixes))
    if not mends:
        return None
    return Diagnosis("other-value-class", (step.start, step.end), mends, {"class": name}, iri=iri)
