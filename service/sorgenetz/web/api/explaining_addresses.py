"""The address that explains an answer, as OpenAPI describes it."""

from __future__ import annotations

from flask_babel import gettext as _

from sorgenetz.insight.results.snippets import curl
from sorgenetz.web.api.address import (
    FOR_SENT,
    TEXT,
    Address,
    body,
    chosen_graphs,
    graphs,
    language_choice,
    query_text,
)
from sorgenetz.web.api.schemas import Members, record, ref

COUNT: Members = {"type": "integer", "minimum": 0}


def for_explaining(query: str, base: str) -> tuple[Address, ...]:
    """Return the two ways of asking why; `query` is an example."""
    words = (
        _("Why a query fails or gives nothing"),
        _("Names the pattern, term or condition that empties the answer, and mended queries with their rows."),
    )
    sends = {"application/json": {"schema": ref("Explanation")}}
    asked, chosen = ("--data-urlencode", f"query={query}"), [*graphs(), language_choice()]
    get, post = curl(f"{base}/api/explain", "--get", *asked), curl(f"{base}/api/explain", *asked)
    return (
        Address("/api/explain", "get", "explain", words, sends, (get,), [query_text(query), *chosen], (400,)),
        Address(
            "/api/explain", "post", "explainByPost", words, sends, (post,), chosen, FOR_SENT,
            body(query, chosen_graphs()),
        ),
    )  # fmt: skip


def explanation() -> Members:
    """Return the shape of an explanation; without a reason there is nothing but the rows."""
    place = {"start": COUNT, "end": COUNT, "text": TEXT}
    reason = TEXT | {"description": _("A short name for what is wrong.")}
    rows = {"type": ["integer", "null"], "minimum": 0}
    offered = record(
        {
            "query": TEXT | {"description": _("The query, mended.")},
            "old": TEXT, "new": TEXT, "text": TEXT,
            "verified": {"type": "boolean", "description": _("Whether it was run and gives rows.")},
            "rows": rows, "counted": COUNT,
        },
        ("query", "old", "new", "text", "verified", "rows"),
    )  # fmt: skip
    value = record({"value": TEXT, "count": COUNT})
    found = {
        "reason": reason | {"type": ["string", "null"], "description": _("A short name; null when there are rows.")},
        "empty": {"type": "boolean"},
        "rows": rows,
        "text": TEXT, "text_de": TEXT, "text_en": TEXT,
        "culprit": record({"line": COUNT, "column": COUNT, **place}) | {
            "type": ["object", "null"],
            "description": _("The part at fault; line and column count from 1, start and end from 0, in characters."),
        },
        "with": _several(record(place), _("What it does not go together with.")),
        "further": _several(record({"reason": reason, "text": TEXT}), _("What else is wrong.")),
        "suggestions": _several(offered, _("Changes that help.")),
        "complete": {"type": "boolean", "description": _("Whether nothing was left out for want of time.")},
        "probes": COUNT | {"description": _("How many small queries it took.")},
        "seconds": {"type": "number", "minimum": 0},
        "iri": TEXT | {"description": _("The term that is told about.")},
        "values": {"type": "object", "additionalProperties": {"type": "array", "items": value},
                   "description": _("Values that there are, by variable.")},
        "range": record({"least": TEXT, "most": TEXT}) | {"description": _("Between which values they are.")},
        "error": ref("Problem"),
    }  # fmt: skip
    return record(found, ("reason",)) | {"additionalProperties": False}


def _several(shape: Members, words: str) -> Members:
    return {"type": "array", "items": shape, "description": words}
