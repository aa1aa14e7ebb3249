"""What may be written of a thing of some class, in the words of its shapes."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.names import SH, SN, short
from sorgenetz.sources.rdf_files import read_rdf_file


@dataclass(frozen=True)
class Hint:
    """A property that things of a class may have: its name, and what to write, in one language."""

    order: int
    path: str
    name: str
    text: str


def hints_of(bundle: Bundle, kind: str, language: str) -> list[Hint]:
    """Return one hint for each property that the shapes of the class sn:`kind` speak of, in their order."""
    store = ox.Store()
    for path in sorted(bundle.shapes.glob("*.ttl")):
        store.extend(read_rdf_file(path))
    found: dict[str, Hint] = {}
    for target in store.quads_for_pattern(None, _sh("targetClass"), ox.NamedNode(SN + kind)):
        for shape in store.quads_for_pattern(target.subject, _sh("property"), None):
            hint = _hint(store, shape.object, language)
            if hint and (hint.path not in found or hint.order < found[hint.path].order):
                found[hint.path] = hint
    return sorted(found.values(), key=lambda hint: (hint.order, hint.path))


def _hint(store: ox.Store, shape: ox.NamedNode, language: str) -> Hint | None:
    said: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]] = {}
    for quad in store.quads_for_pattern(shape, None, None):
        said.setdefault(quad.predicate.value.removeprefix(SH), []).append(quad.object)
    path = said.get("path", [None])[0]
    if (
        not isinstance(path, ox.NamedNode)
        or "message" not in said
        or ox.Literal("0", datatype=_INTEGER) in said.get("maxCount", [])
    ):
        return None
    order = int(said["order"][0].value) if "order" in said else 100
    return Hint(order, short(path.value), _in(language, said.get("name", [])), _in(language, said["message"]))


def _in(language: str, texts: list) -> str:
    return next((text.value for text in texts if text.language == language), "")


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
