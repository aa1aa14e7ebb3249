"""What a reader can choose for a parameter of a question."""

from __future__ import annotations

from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.library.values import Parameter

MOST = 500


def choices_of(reader: Reader, parameter: Parameter) -> list[Named]:
    """Return the concepts of the parameter's scheme or the things of its class; nothing when there are too many."""
    return reader.kept(
        ("choices", parameter.scheme, parameter.of_class, reader.language), lambda: _choices(reader, parameter)
    )


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
