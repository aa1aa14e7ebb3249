"""The addresses for programs beside the questions, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, WORKBOOK, Format
from sorgenetz.insight.results.snippets import Snippet, curl, snippets
from sorgenetz.web.api.responses import EVERYWHERE, errors
from sorgenetz.web.api.schemas import Members, ref

FORM = "application/x-www-form-urlencoded"
TEXT: Members = {"type": "string"}
THING_KINDS = ("initiative", "organisation", "network", "event", "publication", "source", "municipality", "kreis")
FOR_SENT = (400, 403, 413, 415)


@dataclass(frozen=True)
class _Address:
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


def other_paths(tag: str, query: str, base: str) -> Members:
    """Return the addresses and what each takes and sends; `query` is an example, `base` scheme and host."""
    paths: dict[str, Members] = {}
    for address in (*_for_queries(query, base), *_for_things(base)):
        paths.setdefault(address.path, {})[address.method] = _operation(address, tag)
    return paths


def _for_queries(query: str, base: str) -> tuple[_Address, ...]:
    rows_or_graph = _contents((*ROW_FORMATS, *GRAPH_FORMATS))
    explained = {"application/json": {"schema": ref("Explanation")}}
    sparql = (
        _("The SPARQL endpoint (SPARQL 1.1 Protocol, queries only)"),
        _("An answer is complete or it is an error, never shortened."),
    )
    described = _("A GET without a query gets the description of the service as RDF.")
    explain = (
        _("Why a query fails or gives nothing"),
        _("Names the pattern, term or condition that empties the answer, and mended queries with their rows."),
    )
    workbook = (_("The answer to a query as an Excel workbook with a codebook"),)
    asked = ("--data-urlencode", f"query={query}")
    given = _query(query)
    return (
        _Address(
            "/sparql", "get", "sparql", (*sparql, described), rows_or_graph,
            (curl(f"{base}/sparql", "--get", *asked, "--header", "Accept: text/csv"),),
            [given | {"required": False}, *_graphs(), _format()], (303, 304, 400),
        ),
        _Address(
            "/sparql", "post", "sparqlByPost", sparql, rows_or_graph, snippets(f"{base}/sparql", query, "select"),
            _graphs(), FOR_SENT, _body(query, _choices()),
        ),
        _Address(
            "/sparql.xlsx", "get", "workbook", workbook, _contents((WORKBOOK,)),
            (curl(f"{base}/sparql.xlsx", "--get", *asked, "--output", "answer.xlsx"),), [given], (400,),
        ),
        _Address(
            "/sparql.xlsx", "post", "workbookByPost", workbook, _contents((WORKBOOK,)),
            (curl(f"{base}/sparql.xlsx", *asked, "--output", "answer.xlsx"),), [], FOR_SENT, _body(query),
        ),
        _Address(
            "/api/explain", "get", "explain", explain, explained, (curl(f"{base}/api/explain", "--get", *asked),),
            [given, _language()], (400,),
        ),
        _Address(
            "/api/explain", "post", "explainByPost", explain, explained, (curl(f"{base}/api/explain", *asked),),
            [], FOR_SENT, _body(query),
        ),
    )  # fmt: skip


def _for_things(base: str) -> tuple[_Address, ...]:
    path = [
        _in_path("kind", _("The kind of thing."), THING_KINDS, "initiative"),
        _in_path("name", _("What its IRI ends with."), (), "alia"),
    ]
    thing = (_("A thing by its IRI"), _("Leads to the document about it."))
    document = (_("All that is known about a thing, and who says it"), _("An ending of the address names the format."))
    turtle = ("--header", "Accept: text/turtle")
    return (
        _Address(
            "/id/{kind}/{name}", "get", "thing", thing, {},
            (curl(f"{base}/id/initiative/alia", "--location", *turtle),), path, (301, 303, 404, 410),
        ),
        _Address(
            "/doc/{kind}/{name}", "get", "document", document, _contents(GRAPH_FORMATS, "text/html"),
            (curl(f"{base}/doc/initiative/alia.jsonld"),), path, (301, 303, 304, 404, 410),
        ),
        _Address(
            "/.well-known/void", "get", "void", (_("What the graph holds, by class and property (VoID)"),),
            _contents(GRAPH_FORMATS), (curl(f"{base}/.well-known/void", *turtle),), [], (304,),
        ),
        _Address(
            "/healthz", "get", "health", (_("Whether the service answers, and from which release"),),
            {"application/json": {"schema": ref("Health")}}, (curl(f"{base}/healthz"),),
        ),
    )  # fmt: skip


def other_schemas() -> Members:
    """Return the shapes that only these addresses send."""
    explanation = {
        "type": "object",
        "required": ["reason"],
        "properties": {
            "reason": {"type": ["string", "null"], "description": _("A short name; null when there are rows.")},
            "empty": {"type": "boolean"},
            "rows": {"type": ["integer", "null"]},
            "text": TEXT,
            "culprit": {"type": ["object", "null"], "description": _("The part at fault, with its place.")},
            "suggestions": {"type": "array", "items": {"type": "object", "required": ["query", "verified"]}},
        },
    }  # fmt: skip
    health = {"status": TEXT, "release": TEXT, "created": TEXT, "version": TEXT, "quads": {"type": "integer"}}
    return {"Explanation": explanation, "Health": {"type": "object", "required": [*health], "properties": health}}


def _operation(address: _Address, tag: str) -> Members:
    said = {
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
        },
        "x-codeSamples": [{"lang": one.language, "source": one.code} for one in address.samples],
    }


def _contents(formats: Iterable[Format], *more: str) -> Members:
    kinds = (*(fmt.media_type for fmt in formats), *more)
    return {kind: {"schema": {} if kind.endswith("+json") else TEXT} for kind in kinds}


def _query(example: str) -> Members:
    return {
        "name": "query", "in": "query", "required": True, "description": _("A SPARQL query."), "schema": TEXT,
        "example": example,
    }  # fmt: skip


def _format() -> Members:
    words = _("The format, in place of Accept: one for rows or for statements, as the query asks.")
    return {"name": "format", "in": "query", "description": words, "schema": _choices()["format"]}


def _choices() -> Members:
    """Return what may be said beside a query."""
    graphs = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return {
        "format": {"type": "string", "enum": [fmt.key for fmt in (*ROW_FORMATS, *GRAPH_FORMATS)]},
        "default-graph-uri": graphs | {"description": _("Asks only what these named graphs say.")},
        "named-graph-uri": graphs | {"description": _("GRAPH finds these named graphs and no other.")},
    }


def _graphs() -> list[Members]:
    """Return the parameters that name the graphs to be asked."""
    return [
        {"name": name, "in": "query", "description": said.pop("description"), "schema": said}
        for name, said in _choices().items()
        if name.endswith("-graph-uri")
    ]


def _language() -> Members:
    return {"name": "language", "in": "query", "description": _("Language of the words."),
            "schema": {"type": "string", "enum": ["de", "en"]}}  # fmt: skip


def _in_path(name: str, words: str, values: tuple[str, ...], example: str) -> Members:
    schema = {"type": "string", "enum": list(values)} if values else {"type": "string", "pattern": "^[A-Za-z0-9-]+$"}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema, "example": example}


def _body(example: str, more: Members | None = None) -> Members:
    """Return the ways in which a query is sent by POST."""
    form = {"type": "object", "required": ["query"], "properties": {"query": TEXT, **(more or {})}}
    contents = {
        "application/sparql-query": {"schema": TEXT, "example": example},
        FORM: {"schema": form, "example": {"query": example}},
    }
    return {"required": True, "content": contents}
