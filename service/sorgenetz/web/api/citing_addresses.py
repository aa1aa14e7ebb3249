"""The addresses under which answers are cited, as OpenAPI describes them."""

from __future__ import annotations

from flask_babel import gettext as _

from sorgenetz.formats import HTML, PLAIN_JSON
from sorgenetz.insight.results.snippets import curl
from sorgenetz.web.api.address import (
    FOR_SENT,
    TEXT,
    Address,
    body,
    chosen_graphs,
    graphs,
    in_path,
    language_choice,
    one_of,
    query_text,
)
from sorgenetz.web.api.schemas import Members, record, ref
from sorgenetz.web.citing.answers import FILES

IDENTIFIER = TEXT | {"pattern": "^[0-9a-f]{6}[A-Za-z0-9_-]+$"}


def for_citing(query: str, cited: str, base: str) -> tuple[Address, ...]:
    """Return the addresses; `query` is an example, `cited` the reference to its answer, `base` scheme and host."""
    cite = (
        _("The permanent address of the answer that a query has now"),
        _("Leads there. Nothing is stored: the address holds the query, the release and the fingerprint."),
    )
    answer = (
        _("A cited answer on the release it is from, and what differs today"),
        _("An answer that cannot be had just now is the same record with its error, under the status of that error."),
    )
    files = (_("A citation for reference managers"),)
    kinds = [kind for _name, kind in FILES.values()]
    as_json = ("--location", "--header", f"Accept: {PLAIN_JSON.media_type}")
    record = {PLAIN_JSON.media_type: {"schema": ref("CitedAnswer")}}
    said_beside = {"language": language_choice()["schema"], **chosen_graphs()}
    identifier = in_path("id", _("What the permanent address ends with."), IDENTIFIER, cited)
    return (
        Address(
            "/cite", "get", "cite", cite, {},
            (curl(f"{base}/cite", "--get", "--data-urlencode", f"query={query}", *as_json),),
            [query_text(query), *graphs(), language_choice()], (303, 400, 403),
        ),
        Address(
            "/cite", "post", "citeByPost", cite, {},
            (curl(f"{base}/cite", "--data-urlencode", f"query={query}", *as_json),),
            graphs(), (303, *FOR_SENT), body(query, said_beside),
        ),
        Address(
            "/q/{id}", "get", "citedAnswer", answer, record | {HTML.media_type: {"schema": TEXT}},
            (curl(f"{base}/q/{cited}", "--header", f"Accept: {PLAIN_JSON.media_type}"),), [identifier],
            (202, 304, 404, 410), instead={400: record, 503: record},
        ),
        Address(
            "/q/{id}.{ending}", "get", "citationFile", files,
            {kind.partition(";")[0]: {"schema": {} if kind.endswith("json") else TEXT} for kind in kinds},
            (curl(f"{base}/q/{cited}.bib"),),
            [identifier, in_path("ending", _("The kind of file."), one_of(FILES), "bib")], (304, 404, 410),
        ),
    )  # fmt: skip


def cited_answer() -> Members:
    """Return the shape of a cited answer as a record."""
    texts, count = {"type": "array", "items": TEXT}, {"type": ["integer", "null"], "minimum": 0}
    of_answer = _("The SHA-256 of the answer that was cited; its page says how it is made.")
    members = {
        "query": TEXT,
        "defaultGraphs": texts,
        "namedGraphs": texts,
        "release": record({"name": TEXT, "created": TEXT, "rebuilt": {"type": "boolean"}}),
        "fingerprint": TEXT | {"description": of_answer},
        "holds": {"type": "boolean", "description": _("Whether the answer on that release is still the one cited.")},
        "repeatable": {"type": "boolean", "description": _("Whether the query has one answer only on a release.")},
        "form": {"type": ["string", "null"]},
        "columns": texts | {"type": ["array", "null"]},
        "rows": count,
        "seconds": {"type": ["number", "null"]},
        "current": _record_or_null(release=TEXT, rows=count),
        "error": {"anyOf": [ref("Problem"), {"type": "null"}]},
        "difference": _record_or_null(added=texts, removed=texts),
        "citation": TEXT,
        "address": TEXT,
    }
    return record(members)


def _record_or_null(**members: Members) -> Members:
    return record(members) | {"type": ["object", "null"]}
