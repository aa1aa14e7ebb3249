"""What comes back from these addresses: contents, header fields, and the errors they share."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from sorgenetz.web.api.schemas import Members, ref
from sorgenetz.web.problems import TITLES

ERRORS = (400, 403, 404, 405, 406, 410, 413, 414, 415, 429, 503)
EVERYWHERE = (400, 405, 406, 414, 429, 503)
_PROBLEM: Members = {
    "application/problem+json": {"schema": ref("Problem")},
    "text/html": {"schema": {"type": "string"}},
    "text/plain": {"schema": {"type": "string"}},
}


def answers(contents: Members, paged: bool = False) -> Members:
    """Return the responses of an address that sends `contents`, leads people to a page, and can be asked again."""
    names = ("ETag", "Sorgenetz-Release", *(("Sorgenetz-Total",) if paged else ()), "Link")
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {
        "200": {"description": _("The answer"), "headers": headers, "content": contents},
        "303": {"description": _("Leads to the page for people, when Accept asks for HTML.")},
        "304": {"description": _("The client has it already (If-None-Match).")},
        **errors(*EVERYWHERE),
    }


def shared_headers() -> Members:
    """Return the header fields that answers have."""
    header: Members = {"schema": {"type": "string"}}
    return {
        "ETag": header | {"description": _("Changes when the answer does; send it as If-None-Match.")},
        "Sorgenetz-Release": header | {"description": _("The release that the answer is from.")},
        "Sorgenetz-Total": {"description": _("How many rows the whole answer has."),
                            "schema": {"type": "integer", "minimum": 0}},
        "Link": header | {"description": _(
            "The first, previous, next and last page, other formats, the licence and this description (RFC 8288)."
        )},
    }  # fmt: skip


def errors(*statuses: int) -> Members:
    """Return the errors of these statuses."""
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(set(statuses))}


def problem_or(status: int, contents: Members) -> Members:
    """Return the error of this status where an address may send `contents` with it instead."""
    return {"description": TITLES[status][get_locale().language == "en"], "content": _PROBLEM | contents}


def shared_responses() -> Members:
    """Return the errors that addresses refer to."""
    return {f"Problem{status}": problem_or(status, {}) for status in ERRORS}
