"""The addresses for programs beside the questions, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, WORKBOOK, Format
from sorgenetz.web.api.responses import EVERYWHERE, errors
from sorgenetz.web.api.schemas import Members, ref

FORM = "application/x-www-form-urlencoded"
TEXT: Members = {"type": "string"}
THING_KINDS = ("initiative", "organisation", "network", "event", "publication", "source", "municipality", "kreis")


def other_paths(tag: str, example: str) -> Members:
    """Return the addresses and what each takes and sends; `example` is a query."""
    rows_or_graph = _contents((*ROW_FORMATS, *GRAPH_FORMATS)) | {
        ROW_FORMATS[0].media_type: {"schema": {"type": "object"}}
    }
    explained = {"application/json": {"schema": ref("Explanation")}}
    sparql = (
        _("The SPARQL endpoint (SPARQL 1.1 Protocol, queries only)"),
        _("An answer is complete or it is an error, never shortened."),
        _("A GET without a query gets the description of the service as RDF."),
    )
    explain = (
        _("Why a query fails or gives nothing"),
        _("Names the pattern, term or condition that empties the answer, and mended queries with their rows."),
    )
    workbook = (_("The answer to a query as an Excel workbook with a codebook"),)
    thing = (_("A thing by its IRI"), _("Leads to the document about it."))
    document = (_("All that is known about a thing, and who says it"), _("An ending of the address names the format."))
    void = (_("What the graph holds, by class and property (VoID)"),)
    health = (_("Whether the service answers, and from which release"),)
    path = [_in_path("kind", THING_KINDS, "initiative"), _in_path("name", (), "alia")]
    query, asked = _query(example), [_query(example, False), _graphs(), _format()]
    alive = {"application/json": {"schema": ref("Health")}}
    sent = (400, 403, 413, 415)
    return {
        "/sparql": {
            "get": _operation("sparql", sparql, tag, rows_or_graph, asked, (303, 304, 400)),
            "post": _operation("sparqlByPost", sparql, tag, rows_or_graph, [], sent) | _body(example, "format"),
        },
        "/sparql.xlsx": {"get": _operation("workbook", workbook, tag, _contents((WORKBOOK,)), [query], (400,))},
        "/api/explain": {
            "get": _operation("explain", explain, tag, explained, [query, _language()], (400,)),
            "post": _operation("explainByPost", explain, tag, explained, [], sent) | _body(example),
        },
        "/id/{kind}/{name}": {"get": _operation("thing", thing, tag, {}, path, (303, 404))},
        "/doc/{kind}/{name}": {
            "get": _operation("document", document, tag, _contents(GRAPH_FORMATS, "text/html"), path, (303, 304, 404))
        },
        "/.well-known/void": {"get": _operation("void", void, tag, _contents(GRAPH_FORMATS), [], (304,))},
        "/healthz": {"get": _operation("health", health, tag, alive, [], ())},
    }


def other_schemas() -> Members:
    """Return the shapes that only these addresses send."""
    whole_number = {"type": "integer", "minimum": 0}
    explanation = {
        "type": "object",
        "required": ["reason"],
        "properties": {
            "reason": {
                "type": ["string", "null"],
                "description": _("A short name; null when there are rows."),
            },
            "empty": {"type": "boolean"},
            "rows": {"type": ["integer", "null"]},
            "text": TEXT,
            "culprit": {
                "type": ["object", "null"],
                "description": _("The part at fault, with its place."),
            },
            "suggestions": {"type": "array", "items": {"type": "object", "required": ["query", "verified"]}},
        },
    }
    health = {
        "type": "object",
        "required": ["status", "release", "created", "version", "quads"],
        "properties": {"status": TEXT, "release": TEXT, "created": TEXT, "version": TEXT, "quads": whole_number},
    }
    return {"Explanation": explanation, "Health": health}


def _operation(
    name: str, words: tuple[str, ...], tag: str, contents: Members, parameters: list[Members], more: tuple[int, ...]
) -> Members:
    responses: Members = {"200": {"description": _("The answer"), "content": contents}} if contents else {}
    said = {303: _("Leads on; the header field Location says where."), 304: _("The client has it already.")}
    responses |= {str(status): {"description": said[status]} for status in more if status in said}
    responses |= errors(*EVERYWHERE, *(status for status in more if status not in said))
    summary, *description = words
    return {
        "operationId": name,
        "summary": summary,
        **({"description": " ".join(description)} if description else {}),
        "tags": [tag],
        "parameters": parameters,
        "responses": responses,
    }


def _contents(formats: Iterable[Format], *more: str) -> Members:
    return {kind: {"schema": TEXT} for kind in (*(fmt.media_type for fmt in formats), *more)}


def _query(example: str, required: bool = True) -> Members:
    return {
        "name": "query", "in": "query", "required": required, "description": _("A SPARQL query."),
        "schema": TEXT, "example": example,
    }  # fmt: skip


def _graphs() -> Members:
    return {
        "name": "default-graph-uri", "in": "query", "description": _("Asks only what these named graphs say."),
        "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
    }  # fmt: skip


def _format() -> Members:
    keys = [fmt.key for fmt in (*ROW_FORMATS, *GRAPH_FORMATS)]
    return {"name": "format", "in": "query", "description": _("The format, in place of Accept."),
            "schema": {"type": "string", "enum": keys}}  # fmt: skip


def _language() -> Members:
    return {"name": "language", "in": "query", "description": _("Language of the words."),
            "schema": {"type": "string", "enum": ["de", "en"]}}  # fmt: skip


def _in_path(name: str, values: tuple[str, ...], example: str) -> Members:
    schema = {"type": "string", "enum": list(values)} if values else {"type": "string", "pattern": "^[A-Za-z0-9-]+$"}
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


def _body(example: str, *more: str) -> Members:
    """Return the ways in which a query is sent by POST."""
    properties = {"query": TEXT, **{name: TEXT for name in more}}
    form = {"type": "object", "required": ["query"], "properties": properties}
    contents = {
        "application/sparql-query": {"schema": TEXT, "example": example},
        FORM: {"schema": form, "example": {"query": example}},
    }
    return {"requestBody": {"required": True, "content": contents}}
