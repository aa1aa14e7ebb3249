"""What the columns of an answer hold, as the query itself says: by which properties, or of which class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sorgenetz.insight.explain.mend import absolute
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.sketch import Node, Piece, Sketch
from sorgenetz.insight.explain.tokens import NotReadable
from sorgenetz.insight.reader import Reader

_VALUES = re.compile(r"\bVALUES (\?\w+) \{[^{}]*\}")
_SPACE = re.compile(r"(?:\s|^#.*$)+", re.MULTILINE)


@dataclass(frozen=True)
class Meaning:
    """A property with the variable whose property it is (empty where it has no name), or the class of a thing."""

    iri: str
    label: str
    of: str = ""


def meanings(reader: Reader, query: str) -> dict[str, tuple[Meaning, ...]]:
    """Return what binds the variables of a SELECT: properties, else classes; what is computed is left out."""
    try:
        sketch = read_sketch(query)
    except NotReadable:
        return {}
    properties: dict[str, dict[tuple[str, str], None]] = {}
    classes: dict[str, dict[tuple[str, str], None]] = {}
    for subject, step, value in _triples(sketch.where):
        of = subject.text[1:] if subject.is_variable and not subject.text[1:].startswith(sketch.hidden) else ""
        if step.is_type and subject.is_variable and value.name:
            classes.setdefault(subject.text[1:], {})[absolute(sketch, value.name), ""] = None
        elif value.is_variable:
            for iri in _properties(sketch, step):
                properties.setdefault(value.text[1:], {})[iri, of] = None
    bound = classes | properties
    names = reader.names({iri for found in bound.values() for iri, _ in found})
    return {
        variable: tuple(Meaning(iri, names[iri].label, of) for iri, of in found if iri)
        for variable, found in bound.items()
    }


def is_ours(reader: Reader, query: str) -> bool:
    """Tell whether `query` is one of the questions for everyone, with whatever values: its columns have headings."""
    asked = _without_values(query)
    return any(_without_values(question.with_values({})) == asked for question in reader.library.questions())


def _without_values(query: str) -> str:
    return _SPACE.sub(" ", _VALUES.sub(r"VALUES \1 {}", query)).strip()


def _triples(pieces: Iterable[Piece]) -> Iterator[tuple[Node, Node, Node]]:
    for piece in pieces:
        if piece.kind == "triple":
            yield piece.nodes  # type: ignore[misc]
        elif piece.kind not in ("filter", "minus"):
            for group in piece.groups:
                yield from _triples(group)
            if piece.select:
                yield from _triples(piece.select.where)


def _properties(sketch: Sketch, step: Node) -> list[str]:
    """Return the properties of a step that leads from subject to value; none where it may lead elsewhere."""
    if any(token.text in ("^", "!", "/", "*", "?") for token in step.tokens):
        return []
    return [absolute(sketch, token) for token in step.tokens if token.kind in ("iri", "name")]
