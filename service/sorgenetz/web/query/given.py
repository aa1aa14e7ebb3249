"""The values that an address gives to the parameters of a question."""

from __future__ import annotations

from flask import g, request

from sorgenetz.insight.choices import by_name, refuse_strangers
from sorgenetz.library.queries import QueryFile
from sorgenetz.web.pages import reader


def values_given(question: QueryFile) -> dict[str, object]:
    """Return the parameters that the address sets; "*" leaves one open."""
    found: dict[str, object] = {}
    for parameter in question.parameters:
        value = request.args.get(parameter.name, "").strip()
        if value and parameter.type == "iri" and ":" not in value:
            found[parameter.name] = None if value == "*" else by_name(reader(), value, parameter)
        elif value:
            found[parameter.name] = None if value == "*" else value
        elif parameter.name == "language":
            found[parameter.name] = g.language
    return found


def query_about_what_fits(question: QueryFile) -> str:
    """Return the query as `query_of` does; raises BadRequest also for a thing of another class or scheme."""
    values = values_given(question)
    for parameter in question.parameters:
        if parameter.type == "iri" and values.get(parameter.name):
            refuse_strangers(reader(), parameter, [parameter.term(values[parameter.name]).value])
    return question.with_values(values)


def query_of(question: QueryFile) -> str:
    """Return the query of `question` with the values that the address gives; raises BadRequest for a wrong one."""
    return question.with_values(values_given(question))
