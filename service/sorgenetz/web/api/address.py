"""An address for programs as OpenAPI describes it: what it takes, in which ways, and what it sends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, Format
from sorgenetz.insight.results.snippets import Snippet
from sorgenetz.web.api.responses import EVERYWHERE, errors, problem_or
from sorgenetz.web.api.schemas import Members
from sorgenetz.web.negotiation import LANGUAGES

FORM = "application/x-www-form-urlencoded"
TEXT: Members = {"type": "string"}
FOR_SENT = (400, 403, 413, 415)


@dataclass(frozen=True)
class Address:
    """What can be asked at a path: its name, its words (the first is the summary), and code that asks."""

    path: str
    method: str
    name: str
    words: tuple[str, ...]
    contents: Members
    samples: tuple[Snippet, ...]
    parameters: list[Members] = field(default_factory=list)
    statuses: tuple[int, ...] = ()
    body: Members | None = None
    # Of these statuses the body may also be of another shape than an error's.
    instead: dict[int, Members] = field(default_factory=dict)


def operation(address: Address, tag: str) -> Members:
    """Return what OpenAPI says of the address."""
    said = {
        202: _("A page that says that the release is being rebuilt, and then shows the answer; JSON waits for it."),
        301: _("Leads to the thing that this one was merged into."),
        303: _("Leads on; the header field Location says where."),
        304: _("The client has it already."),
    }
    led = {str(status): {"description": said[status]} for status in address.statuses if status in said}
    summary, *description = address.words
    return {
        "operationId": address.name,
        "summary": summary,
        **({"description": " ".join(description)} if description else {}),
        "tags": [tag],
        "parameters": address.parameters,
        **({"requestBody": address.body} if address.body else {}),
        "responses": {
            **({"200": {"description": _("The answer"), "content": address.contents}} if address.contents else {}),
            **led,
            **errors(*EVERYWHERE, *(status for status in address.statuses if status not in said)),
            **{str(status): problem_or(status, contents) for status, contents in address.instead.items()},
        },
        "x-codeSamples": [{"lang": one.language, "source": one.code} for one in address.samples],
    }


def contents(formats: Iterable[Format], *more: str) -> Members:
    """Return what comes in these formats, and in more media types."""
    kinds = (*(fmt.media_type for fmt in formats), *more)
    return {kind: {"schema": {} if kind.endswith("+json") else TEXT} for kind in kinds}


def query_text(example: str) -> Members:
    """Return the parameter that holds a query."""
    return {
        "name": "query", "in": "query", "required": True, "description": _("A SPARQL query."), "schema": TEXT,
        "example": example,
    }  # fmt: skip


def format_choice() -> Members:
    """Return the parameter that names the format."""
    words = _("The format, in place of Accept: one for rows or for statements, as the query asks.")
    return {"name": "format", "in": "query", "description": words, "schema": choices()["format"]}


def choices() -> Members:
    """Return what may be said beside a query."""
    return {"format": one_of(fmt.key for fmt in (*ROW_FORMATS, *GRAPH_FORMATS)), **chosen_graphs()}


def chosen_graphs() -> Members:
    """Return how the graphs to be asked are named."""
    several = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return {
        "default-graph-uri": several | {"description": _("Asks only what these named graphs say.")},
        "named-graph-uri": several | {"description": _("GRAPH finds these named graphs and no other.")},
    }


def graphs() -> list[Members]:
    """Return the parameters that name the graphs to be asked."""
    return [
        {"name": name, "in": "query", "description": said.pop("description"), "schema": said}
        for name, said in chosen_graphs().items()
    ]


def language_choice() -> Members:
    """Return the parameter that names the language of the words."""
    return {"name": "language", "in": "query", "description": _("Language of the words."),
            "schema": one_of(LANGUAGES)}  # fmt: skip


def in_path(name: str, words: str, schema: Members, example: str) -> Members:
    """Return a part of the path."""
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema, "example": example}


def one_of(values: Iterable[str]) -> Members:
    """Return the shape of a text that is one of these."""
    return TEXT | {"enum": list(values)}


def body(example: str, more: Members | None = None) -> Members:
    """Return the ways in which a query is sent by POST."""
    form = {"type": "object", "required": ["query"], "properties": {"query": TEXT, **(more or {})}}
    ways = {
        "application/sparql-query": {"schema": TEXT, "example": example},
        FORM: {"schema": form, "example": {"query": example}},
    }
    return {"required": True, "content": ways}
