"""What holds the data to the ontology and what asks by it: shapes and questions, term by term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader
from sorgenetz.library.queries import QueryFile
from sorgenetz.names import SN

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_NAMED = re.compile(r"(?:\bsn:|<" + re.escape(SN) + r")(\w+)")
_SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Shape:
    """One rule: how bad it is to break it, what to write instead, and at which terms' values it looks."""

    iri: str
    name: str
    severity: str
    message: str
    terms: tuple[str, ...]

    @property
    def rank(self) -> int:
        """Return the place of its severity, the worst first."""
        return _SEVERITIES.index(self.severity) if self.severity in _SEVERITIES else len(_SEVERITIES)


@dataclass(frozen=True)
class Shapes:
    """The rules by the term whose values they look at, and by the class whose things they look at."""

    by_term: dict[str, tuple[Shape, ...]]
    by_class: dict[str, tuple[Shape, ...]]


def shapes_of(reader: Reader) -> Shapes:
    """Return the shapes of the release in the reader's language, the worst first, then as the terms they look at.

    There are none when it brings none.
    """
    names: dict[str, tuple[str, str, str]] = {}
    terms: dict[str, set[str]] = {}
    holders: dict[str, set[str]] = {}
    classes: dict[str, set[str]] = {}
    for row in reader.ask("ontology-shapes"):
        iri = row["shape"].value
        holders.setdefault(iri, set()).add(row["term"].value)
        if "node" not in row:
            terms.setdefault(iri, set()).add(row["term"].value)
        if "class" in row:
            classes.setdefault(iri, set()).add(row["class"].value)
        if iri not in names or not reader.foreign(row["message"]):
            names[iri] = (row["name"].value, local_name(row["severity"].value), row["message"].value)
    found = [Shape(iri, *names[iri], tuple(sorted(terms.get(iri, ())))) for iri in names]
    order = reader.vocabulary.order
    found.sort(key=lambda one: (one.rank, min(map(order, one.terms), default=0), one.name.casefold(), one.iri))
    return Shapes(_grouped(found, holders), _grouped(found, classes))


def questions_by_term(questions: Iterable[QueryFile]) -> dict[str, tuple[QueryFile, ...]]:
    """Return for each of our terms the questions whose query names it."""
    found: dict[str, list[QueryFile]] = {}
    for question in questions:
        for name in sorted(set(_NAMED.findall(_COMMENT.sub("", question.query)))):
            found.setdefault(SN + name, []).append(question)
    return {term: tuple(those) for term, those in found.items()}


def _grouped(shapes: list[Shape], keys: dict[str, set[str]]) -> dict[str, tuple[Shape, ...]]:
    found: dict[str, list[Shape]] = {}
    for shape in shapes:
        for key in keys.get(shape.iri, ()):
            found.setdefault(key, []).append(shape)
    return {key: tuple(those) for key, those in found.items()}
