"""What a reader can choose for a parameter of a question."""

from __future__ import annotations

from sorgenetz.german.words import folded, query_words
from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.library.values import Parameter
from sorgenetz.terms import literal

MOST = 500


def choices_of(reader: Reader, parameter: Parameter) -> list[Named]:
    """Return the concepts of the parameter's scheme or the things of its class; nothing when there are too many."""
    return reader.kept(
        ("choices", parameter.scheme, parameter.of_class, reader.language), lambda: _choices(reader, parameter)
    )


def by_name(reader: Reader, text: str, parameter: Parameter) -> str:
    """Return the IRI of the thing that has this name and belongs to the parameter's class; the text itself if none."""
    words = query_words(text)
    if not words:
        return text
    rows = reader.ask("search", word=literal(max(words, key=len)))
    same = sorted({row["thing"].value for row in rows if folded(row["label"].value) == folded(text)})
    names = reader.names(same) if same else {}
    for iri in same:
        above = {upper for one in names[iri].classes for upper in reader.vocabulary.above(one)} | {*names[iri].classes}
        if not parameter.of_class or parameter.of_class in above:
            return iri
    return text


def _choices(reader: Reader, parameter: Parameter) -> list[Named]:
    if parameter.scheme:
        return _flat(concepts_of(reader, parameter.scheme))
    if not parameter.of_class:
        return []
    rows = reader.ask("list", **{"class": parameter.of_class})
    iris = {row["thing"].value for row in rows}
    if len(iris) > MOST:
        return []
    return sorted(reader.names(iris).values(), key=lambda named: named.label.casefold())


def _flat(concepts: list[Concept]) -> list[Named]:
    return [named for concept in concepts for named in (concept.thing, *_flat(concept.narrower))]
