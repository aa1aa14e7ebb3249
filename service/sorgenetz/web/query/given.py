"""The values that an address gives to the parameters of a question."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, request

from sorgenetz.insight.choices import by_name, refuse_strangers
from sorgenetz.library.queries import QueryFile
from sorgenetz.web.pages import reader


def values_given(question: QueryFile) -> dict[str, object]:
    """Return the parameters that the address sets; "*" leaves one open, where that may be."""
    found: dict[str, object] = {}
    for parameter in question.parameters:
        value = request.args.get(parameter.name, "").strip()
        if value == "*":
            found[parameter.name] = None
        elif value and parameter.type == "iri" and ":" not in value:
            found[parameter.name] = by_name(reader(), value, parameter)
        elif value:
            found[parameter.name] = value
        elif parameter.name == "language":
            found[parameter.name] = g.language
    return found


def values_that_fit(question: QueryFile) -> dict[str, object]:
    """Return the values as `values_given` does; raises BadRequest for a thing of another class or scheme."""
    values = values_given(question)
    for parameter in question.parameters:
        if parameter.type == "iri" and values.get(parameter.name):
            refuse_strangers(reader(), parameter, [parameter.term(values[parameter.name]).value])
    return values


def in_address(values: dict[str, object]) -> str:
    """Return the values as the end of an address."""
    said = urlencode({name: "*" if value is None else value for name, value in values.items()}, safe=":/")
    return f"?{said}" if said else ""


def query_of(question: QueryFile) -> str:
    """Return the query of `question` with the values that the address gives; raises BadRequest for a wrong one."""
    return question.with_values(values_given(question))
