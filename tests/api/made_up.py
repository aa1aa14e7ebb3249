"""What schemathesis cannot make up from the description alone: queries, and things that the graph knows."""

from __future__ import annotations

import schemathesis
from schemathesis import Case, GenerationMode
from schemathesis.hooks import HookContext


@schemathesis.serializer("application/sparql-query")
def as_query(_: object, value: object) -> bytes:
    """Return a text as it is sent (SPARQL 1.1 Protocol, 2.1.3), and nothing for what is none."""
    return value.encode() if isinstance(value, str) else b""


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict) -> None:
    """Name things that the graph knows where the description only says that an IRI has to be of a class."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    for parameter in case.operation.query:
        said = parameter.definition
        if "x-class" in said["schema"].get("items", said["schema"]) and said["name"] in (case.query or {}):
            case.query[said["name"]] = said["example"]
