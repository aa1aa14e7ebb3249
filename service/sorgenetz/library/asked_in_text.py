"""A question asked in the middle of a text: which one, with which values, and what of its answer is shown."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from sorgenetz.errors import BadRequest, NothingHere
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.registry import Library
from sorgenetz.names import PREFIXES

VIEWS = ("table", "list", "map", "number")
MOST = 12


class BadDirective(ValueError):
    """What is wrong with a directive, in German and in English."""

    def __init__(self, de: str, en: str) -> None:
        super().__init__(en)
        self.de, self.en = de, en


@dataclass(frozen=True)
class Asked:
    """One question in a text; `where` holds the columns whose value picks the rows, `language` is put in by the reader.

    `view` is one of VIEWS for a block; in a sentence "number" counts a column and "value" says its first value.
    """

    question: QueryFile
    view: str
    columns: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    most: int = MOST

    def query(self, language: str) -> str:
        """Return the query with its values, for a reader of this language."""
        return self.question.with_values(self.values_for(language))

    def values_for(self, language: str) -> dict[str, str]:
        """Return the values of the parameters, for a reader of this language."""
        by_reader = {one.name: language for one in self.question.parameters if one.name == "language"}
        return by_reader | self.values


def read_block(text: str, library: Library) -> Asked:
    """Return the question of a block such as `name=shown-at-event event=event:… view=list columns=a,b most=5`."""
    given = _pairs(shlex.split(text))
    name, view, most = given.pop("name", ""), given.pop("view", "table"), given.pop("most", str(MOST))
    columns = tuple(filter(None, given.pop("columns", "").split(",")))
    if view not in VIEWS:
        raise BadDirective(f"die Ansicht „{view}“ gibt es nicht; es gibt {', '.join(VIEWS)}",
                           f"there is no view “{view}”; there are {', '.join(VIEWS)}")  # fmt: skip
    if not most.isdigit() or most == "0":
        raise BadDirective("„most“ braucht eine Zahl ab 1", "“most” needs a number from 1 on")
    if view == "number" and len(columns) != 1:
        raise BadDirective("„view=number“ braucht genau eine Spalte", "“view=number” needs exactly one column")
    asked = _asked(library, name, view, columns, given, int(most))
    if view == "map" and asked.where:
        column = next(iter(asked.where))
        raise BadDirective(f"eine Karte zeigt die ganze Antwort; „{column}“ ist kein Parameter",
                           f"a map shows the whole answer; “{column}” is no parameter")  # fmt: skip
    return asked


def read_inline(text: str, library: Library) -> Asked:
    """Return the question of a word in a sentence such as `number shown-at-event initiative event=event:…`."""
    pieces = shlex.split(text)
    plain = [piece for piece in pieces if "=" not in piece]
    if len(plain) != 3:
        raise BadDirective("erwartet wird „number frage spalte …“ oder „value frage spalte …“",
                           "expected is “number question column …” or “value question column …”")  # fmt: skip
    return _asked(library, plain[1], plain[0], (plain[2],), _pairs(pieces[3:]), 1)


def _pairs(pieces: list[str]) -> dict[str, str]:
    wrong = next((piece for piece in pieces if "=" not in piece), None)
    if wrong is not None:
        raise BadDirective(
            f"„{wrong}“ steht ohne Gleichheitszeichen da", f"“{wrong}” stands there without an equals sign"
        )
    return {piece.split("=", 1)[0]: piece.split("=", 1)[1] for piece in pieces}


def _asked(library: Library, name: str, view: str, columns: tuple[str, ...], given: dict[str, str], most: int) -> Asked:
    try:
        question = library.question(name)
    except NothingHere:
        raise BadDirective(f"die Frage „{name}“ gibt es nicht", f"there is no question “{name}”") from None
    known = question.columns
    parameters = {one.name for one in question.parameters}
    values = {key: value for key, value in given.items() if key in parameters}
    where = {key: full(value) for key, value in given.items() if key not in parameters}
    for column in (*columns, *where):
        if column not in known:
            raise BadDirective(f"„{name}“ hat weder Spalte noch Parameter „{column}“",
                               f"“{name}” has neither a column nor a parameter “{column}”")  # fmt: skip
    try:
        question.with_values(values)
    except BadRequest as error:
        raise BadDirective(error.text("de").rstrip("."), error.text("en").rstrip(".")) from None
    return Asked(question, view, columns, values, where, most)


def full(name: str) -> str:
    """Return the IRI that a prefixed name stands for, other texts as they are."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
