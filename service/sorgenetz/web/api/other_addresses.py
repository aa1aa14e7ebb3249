"""The addresses for programs beside the questions, as OpenAPI describes them."""

from __future__ import annotations

from flask_babel import gettext as _

from sorgenetz.formats import GRAPH_FORMATS, ROW_FORMATS, WORKBOOK
from sorgenetz.insight.results.snippets import curl, snippets
from sorgenetz.web.api.address import (
    FOR_SENT,
    TEXT,
    Address,
    body,
    choices,
    chosen_graphs,
    contents,
    format_choice,
    graphs,
    in_path,
    language_choice,
    one_of,
    operation,
    query_text,
)
from sorgenetz.web.api.citing_addresses import cited_answer, for_citing
from sorgenetz.web.api.explaining_addresses import explanation, for_explaining
from sorgenetz.web.api.schemas import Members, record, ref

THING_KINDS = ("initiative", "organisation", "network", "event", "publication", "source", "municipality", "kreis")


def other_paths(tag: str, query: str, cited: str, base: str) -> Members:
    """Return the addresses and what each takes and sends.

    `query` is an example, `cited` the reference to its answer, and `base` scheme and host.
    """
    paths: dict[str, Members] = {}
    for address in (
        *_for_queries(query, base),
        *for_explaining(query, base),
        *for_citing(query, cited, base),
        *_for_things(base),
    ):
        paths.setdefault(address.path, {})[address.method] = operation(address, tag)
    return paths


def _for_queries(query: str, base: str) -> tuple[Address, ...]:
    rows_or_graph = contents((*ROW_FORMATS, *GRAPH_FORMATS))
    sparql = (
        _("The SPARQL endpoint (SPARQL 1.1 Protocol, queries only)"),
        _("An answer is complete or it is an error, never shortened."),
    )
    described = _("A GET without a query gets the description of the service as RDF.")
    workbook = (_("The answer to a query as an Excel workbook with a codebook"),)
    asked = ("--data-urlencode", f"query={query}")
    given = query_text(query)
    return (
        Address(
            "/sparql", "get", "sparql", (*sparql, described), rows_or_graph,
            (curl(f"{base}/sparql", "--get", *asked, "--header", "Accept: text/csv"),),
            [given | {"required": False}, *graphs(), format_choice()], (303, 304, 400),
        ),
        Address(
            "/sparql", "post", "sparqlByPost", sparql, rows_or_graph, snippets(f"{base}/sparql", query, "select"),
            graphs(), FOR_SENT, body(query, choices()),
        ),
        Address(
            "/sparql.xlsx", "get", "workbook", workbook, contents((WORKBOOK,)),
            (curl(f"{base}/sparql.xlsx", "--get", *asked, "--output", "answer.xlsx"),),
            [given, *graphs(), language_choice()], (400,),
        ),
        Address(
            "/sparql.xlsx", "post", "workbookByPost", workbook, contents((WORKBOOK,)),
            (curl(f"{base}/sparql.xlsx", *asked, "--output", "answer.xlsx"),), [*graphs(), language_choice()],
            FOR_SENT, body(query, chosen_graphs()),
        ),
    )  # fmt: skip


def _for_things(base: str) -> tuple[Address, ...]:
    path = [
        in_path("kind", _("The kind of thing."), one_of(THING_KINDS), "initiative"),
        in_path("name", _("What its IRI ends with."), TEXT | {"pattern": "^[A-Za-z0-9-]+$"}, "alia"),
    ]
    thing = (_("A thing by its IRI"), _("Leads to the document about it."))
    document = (_("All that is known about a thing, and who says it"), _("An ending of the address names the format."))
    turtle = ("--header", "Accept: text/turtle")
    return (
        Address(
            "/id/{kind}/{name}", "get", "thing", thing, {},
            (curl(f"{base}/id/initiative/alia", "--location", *turtle),), path, (301, 303, 404, 410),
        ),
        Address(
            "/doc/{kind}/{name}", "get", "document", document, contents(GRAPH_FORMATS, "text/html"),
            (curl(f"{base}/doc/initiative/alia.jsonld"),), path, (301, 303, 304, 404, 410),
        ),
        Address(
            "/.well-known/void", "get", "void", (_("What the graph holds, by class and property (VoID)"),),
            contents(GRAPH_FORMATS), (curl(f"{base}/.well-known/void", *turtle),), [], (304,),
        ),
        Address(
            "/healthz", "get", "health", (_("Whether the service answers, and from which release"),),
            {"application/json": {"schema": ref("Health")}}, (curl(f"{base}/healthz"),),
        ),
    )  # fmt: skip


def other_schemas() -> Members:
    """Return the shapes that only these addresses send."""
    health = {"status": TEXT, "release": TEXT, "created": TEXT, "version": TEXT, "quads": {"type": "integer"}}
    return {
        "Explanation": explanation(),
        "CitedAnswer": cited_answer(),
        "Health": record(health),
    }
