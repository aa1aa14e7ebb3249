"""What the addresses of the questions send: the rows of an answer, and the list of the questions."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from itertools import islice

from sorgenetz.formats import PLAIN_ROWS, RESULTS_CSV, Format
from sorgenetz.insight.answers import Whole, names_in
from sorgenetz.insight.choices import MOST_NAMED, choices_of
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.insight.results.plain_rows import csv_of, plain_cell, plain_row, protocol_rows
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.values import Parameter
from sorgenetz.publishing.questions import question_iri
from sorgenetz.releases.chain import Release
from sorgenetz.terms import Term
from sorgenetz.web.api.asked import Asked, parameters_of
from sorgenetz.web.documents import LICENCE

Members = dict[str, object]
PATH = "/api/questions"


def pages_of(total: int, asked: Asked) -> int:
    """Return how many pages the answer fills, at least one."""
    return max(1, math.ceil(total / asked.per_page))


def body_of(asked: Asked, whole: Whole, fmt: Format, reader: Reader, release: Release) -> str:
    """Return the page of the answer that was asked for."""
    start = (asked.page - 1) * asked.per_page
    rows = tuple(islice(whole.rows(start), asked.per_page))
    if fmt is RESULTS_CSV:
        return csv_of(whole.columns, rows)
    if fmt is not PLAIN_ROWS:
        return as_json(protocol_rows(whole, start, start + asked.per_page))
    values = asked.terms
    names = names_in(reader, (*rows, *(found for found in values.values() if found)))
    return as_json({
        **about(asked.question, asked.language),
        **origin_of(release, asked.language),
        "parameters": {name: _said(terms, names) for name, terms in values.items()},
        "columns": [{"name": name, "heading": reader.library.heading(name, asked.language)} for name in whole.columns],
        "total": whole.total,
        "page": asked.page,
        "per_page": asked.per_page,
        "pages": pages_of(whole.total, asked),
        "rows": [plain_row(whole.columns, row, names) for row in rows],
    })  # fmt: skip


def list_of(questions: Iterable[QueryFile], reader: Reader, release: Release, base: str) -> str:
    """Return all questions with their parameters."""
    listed = [
        {
            **about(question, reader.language),
            "tags": question.tags,
            "address": f"{base}{PATH}/{question.name}",
            "page": f"{base}/{reader.language}/questions/{question.name}",
            "parameters": [_described(reader, one) for one in parameters_of(question)],
        }
        for question in questions
    ]
    return as_json({**origin_of(release, reader.language), "total": len(listed), "questions": listed})


def about(question: QueryFile, language: str) -> Members:
    """Return what a question is called, and how its answer is to be read."""
    return {
        "question": question.name,
        "iri": question_iri(question.name),
        "title": question.title(language),
        "description": question.description(language),
    }


def origin_of(release: Release, language: str) -> Members:
    """Return from which release an answer is, under which licence, and in which language its names are."""
    return {
        "release": {"name": release.name, "number": release.number, "created": release.created},
        "license": LICENCE,
        "language": language,
    }


def as_json(members: object) -> str:
    """Return JSON that people can read too."""
    return json.dumps(members, ensure_ascii=False, indent=1) + "\n"


def _said(terms: tuple[Term, ...] | None, names: Mapping[str, Named]) -> object:
    """Return the value of a parameter as a cell, several as a list, and null for one that is left open."""
    cells = [plain_cell(term, names) for term in terms or ()]
    return cells if len(cells) > 1 else next(iter(cells), None)


def _described(reader: Reader, parameter: Parameter) -> Members:
    """Return what a parameter takes; `choices` is null when there are many, or anything goes."""
    choices: list[Members] | None = [{"value": one, "label": one} for one in parameter.one_of] or None
    if parameter.type == "iri":
        found = choices_of(reader, parameter, MOST_NAMED)
        if found:
            choices = [{"value": one.iri, "label": one.label} for one in found]
    default = [plain_cell(term, {}) for term in parameter.default]
    return {
        "name": parameter.name,
        "label": parameter.label[reader.language],
        "type": parameter.type,
        "class": parameter.of_class or None,
        "scheme": parameter.scheme or None,
        "least": parameter.least,
        "most": parameter.most,
        "several": parameter.takes_several,
        "default": [cell["value"] for cell in default if cell] if parameter.takes_several
        else default[0]["value"] if default and default[0] else None,
        "choices": choices,
    }  # fmt: skip
