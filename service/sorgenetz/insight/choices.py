"""What a reader can choose for a parameter of a question."""

from __future__ import annotations

from sorgenetz.german.words import folded, query_words
from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.library.values import Parameter
from sorgenetz.names import short
from sorgenetz.terms import literal

# One less than queries/pages/choices.rq finds at most.
MOST = 500
# So many are named in a sentence.
MOST_NAMED = 40


def choices_of(reader: Reader, parameter: Parameter, most: int = MOST) -> list[Named]:
    """Return the concepts of the parameter's scheme or the things of its class; nothing when there are too many.

    To be asked for `most` below MOST is quicker, since what is not listed is not named.
    """
    return reader.kept(
        ("choices", parameter.scheme, parameter.of_class, reader.language, most),
        lambda: _choices(reader, parameter, most),
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


def refuse_strangers(reader: Reader, parameter: Parameter, iris: list[str]) -> None:
    """Raise BadRequest when one of `iris` is not of the parameter's class or scheme in the served release."""
    whole = parameter.scheme or parameter.of_class
    if not whole or not iris:
        return
    ours = {row["thing"].value for row in reader.ask("belonging", thing=iris, whole=whole)}
    for iri in iris:
        if iri not in ours:
            raise parameter.wrong(iri, what_fits(reader, parameter), example_of(parameter))


def what_fits(reader: Reader, parameter: Parameter) -> tuple[str, str]:
    """Return in German and English what may be given for this parameter: each value where there are few."""
    found = choices_of(reader, parameter, MOST_NAMED) if parameter.type == "iri" else []
    if found:
        named = ", ".join(short(one.iri) for one in found)
        return f"eines von {named}", f"one of {named}"
    if parameter.scheme:
        return f"ein Begriff aus {short(parameter.scheme)}", f"a concept of {short(parameter.scheme)}"
    if parameter.of_class:
        of_class = parameter.of_class
        said = [f"{reader.vocabulary.label(of_class, language)}, {short(of_class)}" for language in ("de", "en")]
        return f"die IRI einer Sache der Klasse {said[0]}", f"the IRI of a thing of the class {said[1]}"
    return parameter.allowed


def example_of(parameter: Parameter) -> str:
    """Return a value that fits: what the file of the question has."""
    return short(parameter.default[0].value) if parameter.default else ""


def _choices(reader: Reader, parameter: Parameter, most: int) -> list[Named]:
    if parameter.scheme:
        concepts = _flat(concepts_of(reader, parameter.scheme))
        return concepts if len(concepts) <= most else []
    if not parameter.of_class:
        return []
    iris = {row["thing"].value for row in reader.ask("choices", **{"class": parameter.of_class})}
    if len(iris) > most:
        return []
    return sorted(reader.names(iris).values(), key=lambda named: named.label.casefold())


def _flat(concepts: list[Concept]) -> list[Named]:
    return [named for concept in concepts for named in (concept.thing, *_flat(concept.narrower))]
