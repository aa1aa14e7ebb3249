"""A pattern that nothing matches because of one of its terms: no such term, or one that belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from sorgenetz.insight.explain.known import Known, Near
from sorgenetz.insight.explain.mend import Mend, absolute, term_mend, written
from sorgenetz.insight.explain.probes import Probes
from sorgenetz.insight.explain.sketch import Node, Piece, Sketch
from sorgenetz.insight.explain.tokens import Token, local_part
from sorgenetz.insight.kinds import local_name
from sorgenetz.names import PREFIXES, RDF, RDFS

Span = tuple[int, int]
LEAST_LIKE_SPACE = 0.9
# Properties that say the same in several vocabularies: names, descriptions, classes, positions.
_WIKIDATA = "http://www.wikidata.org/prop/direct/"
_DC, _HTTP_SCHEMA = "http://purl.org/dc/elements/1.1/", "http://schema.org/"
_KIN = (
    (RDFS + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["foaf"] + "name", PREFIXES["dct"] + "title",
     PREFIXES["schema"] + "name", _DC + "title", _HTTP_SCHEMA + "name"),
    (PREFIXES["dct"] + "description", RDFS + "comment", PREFIXES["schema"] + "description", _DC + "description",
     _HTTP_SCHEMA + "description"),
    (RDF + "type", _WIKIDATA + "P31", PREFIXES["dct"] + "type"),
    (PREFIXES["sn"] + "point", PREFIXES["geo"] + "asWKT", PREFIXES["geo"] + "hasGeometry"),
)  # fmt: skip


@dataclass(frozen=True)
class Diagnosis:
    """Why nothing matches: the reason, the place, what the sentences about it need, and the changes worth trying."""

    reason: str
    culprit: Span
    mends: list[Mend] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)
    iri: str = ""


@dataclass(frozen=True)
class Uses:
    """In which places of statements a term stands in this release."""

    subject: bool = False
    as_property: bool = False
    value: bool = False
    as_class: bool = False
    graph: bool = False

    @property
    def anywhere(self) -> bool:
        return self.subject or self.as_property or self.value or self.graph


class Terms:
    """Looks at the terms of patterns."""

    def __init__(self, probes: Probes, known: Known) -> None:
        self.probes = probes
        self.known = known
        self.sketch = probes.sketch
        self._uses: dict[str, Uses] = {}

    def about(self, sketch: Sketch) -> Terms:
        """Return the same for another query, out of the same budget."""
        return Terms(self.probes.about(sketch), self.known)

    def uses(self, tokens: list[Token]) -> dict[Token, Uses]:
        """Return the uses of each of these names."""
        iris = {token: absolute(self.sketch, token) for token in tokens}
        missing = sorted({iri for iri in iris.values() if iri and iri not in self._uses})
        if missing:
            for row in self.probes.page("explain-uses", iri=missing):
                told = [row[name].value == "true" for name in ("subject", "property", "value", "class", "graph")]
                self._uses[row["iri"].value] = Uses(*told)
        return {token: self._uses.get(iri, Uses()) for token, iri in iris.items()}

    def unknown(self, piece: Piece) -> Diagnosis | None:
        """Return what is wrong with a term of this triple; None when each is known in its place."""
        subject, step, objekt = piece.nodes
        names = [token for node in piece.nodes for token in node.tokens if token.kind in ("iri", "name")]
        uses = self.uses(names)
        for token in step.tokens:
            if token in uses and not uses[token].as_property and token.text != "a":
                found = self._property(piece, token, uses[token])
                if found:
                    return found
        if objekt.name and step.is_type:
            found = self._class(piece, objekt.name, uses[objekt.name])
        elif objekt.name:
            found = self.thing(objekt.name, uses[objekt.name], objekt)
        else:
            found = None
        if not found and subject.name and not uses[subject.name].subject:
            found = self.thing(subject.name, uses[subject.name], None)
        return found

    def _property(self, piece: Piece, token: Token, uses: Uses) -> Diagnosis | None:
        iri = absolute(self.sketch, token)
        if iri in self.known.properties:
            return None
        if iri in self.known.classes:
            near = [
                *self._near(token, self.known.properties.near(iri, 3)),
                *(
                    term_mend(self.sketch, token, row["property"].value, uses=int(row["n"].value))
                    for row in self.probes.page("explain-leads-to-class", **{"class": iri})
                ),
            ]
            return Diagnosis("class-as-property", (token.start, token.end), near, iri=iri)
        near = [*self._near(token, self.known.properties.near(iri)), *self.kin(token, iri)]
        mends = [*self._spaces(token, "properties"), *near]
        return Diagnosis("unknown-property", (token.start, token.end), mends, iri=iri)

    def _class(self, piece: Piece, token: Token, uses: Uses) -> Diagnosis | None:
        iri, span = absolute(self.sketch, token), (token.start, token.end)
        if uses.as_class:
            return None
        if iri in self.known.classes:
            return Diagnosis("class-without-things", span, self._near(token, self.known.classes.near(iri)), iri=iri)
        if (uses.subject or uses.value) and iri not in self.known.properties:
            step, mends = piece.nodes[1], []
            for row in self.probes.page("explain-leads-to", thing=iri):
                text, prefixes = written(self.sketch, row["property"].value)
                edit = (step.start, step.end, text)
                mends.append(Mend(edit, iri=row["property"].value, uses=int(row["n"].value), prefixes=prefixes))
            return Diagnosis("thing-as-class", span, mends, iri=iri)
        mends = [*self._spaces(token, "classes"), *self._near(token, self.known.classes.near(iri))]
        return Diagnosis("unknown-class", span, mends, iri=iri)

    def thing(self, token: Token, uses: Uses, value: Node | None) -> Diagnosis | None:
        """Return what is wrong with a thing; `value` is where it stands as a value, None when it is the subject."""
        iri, span = absolute(self.sketch, token), (token.start, token.end)
        if value and iri in self.known.classes and iri not in self.known.things:
            text = f"[ a {token.text} ]"
            mends = [Mend((*span, text), says="of-class"), *self._near(token, self.known.things.near(iri, 3))]
            return Diagnosis("class-as-thing", span, mends, iri=iri)
        if uses.anywhere:
            return None
        mends = [*self._spaces(token, "things"), *self._near(token, self.known.things.near(iri))]
        return Diagnosis("unknown-thing", span, mends, iri=iri)

    def graph(self, token: Token) -> Diagnosis:
        """Return what is wrong with a graph that there is not."""
        iri, span = absolute(self.sketch, token), (token.start, token.end)
        rows = self.probes.page("source-graphs", source=iri) if iri else []
        mends = [
            term_mend(self.sketch, token, row["graph"].value, uses=int(row["n"].value), says="graph-of-source")
            for row in sorted(rows, key=lambda row: -int(row["n"].value))
        ]
        mends += self._near(token, self.known.graphs.near(iri))
        return Diagnosis("unknown-graph", span, mends, iri=iri)

    def _near(self, token: Token, near: list[Near]) -> list[Mend]:
        return [term_mend(self.sketch, token, one.iri, uses=one.uses) for one in near]

    def kin(self, token: Token, iri: str) -> list[Mend]:
        """Return the properties that say the same in other vocabularies and are used here, the most used first."""
        name = local_name(iri)
        alike = [group for group in _KIN if iri in group or name in map(local_name, group)]
        kin = [other for group in alike for other in group if other in self.known.properties and other != iri]
        uses = self.known.properties.uses
        return [term_mend(self.sketch, token, one, uses=uses[one]) for one in sorted(kin, key=lambda one: -uses[one])]

    def inside(self, pieces: Iterable[Piece]) -> Diagnosis | None:
        """Return what is wrong with a term of the triples among `pieces`, or in the groups of these."""
        for piece in pieces:
            found = self.unknown(piece) if piece.kind == "triple" else None
            found = found or next(filter(None, map(self.inside, piece.groups)), None)
            if found:
                return found
        return None

    def _spaces(self, token: Token, among: str) -> Iterator[Mend]:
        """Yield the changes of the whole namespace under which the term is known: its PREFIX line, or the address."""
        index = getattr(self.known, among)
        iri = absolute(self.sketch, token)
        prefix, local = local_part(token.text) if token.kind == "name" else ("", "")
        space = iri.removesuffix(local) if local else iri
        for other in _other_spaces(space, prefix):
            if other + local not in index:
                continue
            if not local:
                yield term_mend(self.sketch, token, other)
                continue
            start, end = self.sketch.declared_at[prefix]
            line = self.sketch.source[start:end]
            new = line[: line.rfind("<")] + f"<{other}>"
            yield Mend((start, end, new), iri=other + local, uses=index.uses[other + local], says="namespace")


def _other_spaces(space: str, prefix: str) -> list[str]:
    """Return how a namespace or an address may be meant: with https, with a hash or slash, without a slip."""
    schemes = [space]
    for one, other in (("http://", "https://"), ("https://", "http://")):
        if space.startswith(one):
            schemes.append(other + space.removeprefix(one))
    found = [PREFIXES[prefix]] if PREFIXES.get(prefix, space) != space else []
    for one in schemes:
        bare = one.rstrip("/#")
        found += [one, bare + "#", bare + "/", bare]
    found += [one for one in PREFIXES.values() if OSA.normalized_similarity(one, space) >= LEAST_LIKE_SPACE]
    return [one for one in dict.fromkeys(found) if one != space]
