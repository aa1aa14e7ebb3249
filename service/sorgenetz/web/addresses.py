"""Addresses of this service: where things, documents and pages are found."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import Request

from sorgenetz.names import ID
from sorgenetz.settings import Settings
from sorgenetz.terms import checked_iri

QUESTION = ID + "question/"


@dataclass(frozen=True)
class Link:
    """One target of the Link header field (RFC 8288)."""

    target: str
    rel: str
    type: str = ""
    hreflang: str = ""
    profile: str = ""

    def __str__(self) -> str:
        # The drafts of negotiation by profile name the parameter differently.
        given = (
            ("type", self.type), ("hreflang", self.hreflang), ("profile", self.profile), ("formats", self.profile),
        )  # fmt: skip
        extra = "".join(f'; {name}="{value}"' for name, value in given if value)
        return f'<{quote(self.target, safe=_IN_TARGETS)}>; rel="{self.rel}"{extra}'


_IN_TARGETS = "/:?#[]@!$&'()*+,;=%~"


def public_address(request: Request, settings: Settings) -> str:
    """Return scheme and host of this service without a slash at the end; raises BadRequest for an odd Host field."""
    # Without a host that can be one, Flask gives an address of nothing but a scheme.
    return checked_iri((settings.base_url or (request.host and request.host_url)).rstrip("/"))


def page_of(thing: str, language: str) -> str:
    """Return the path of the page that shows `thing`.

    >>> page_of("https://w3id.org/sorgenetz/id/initiative/alia", "de")
    '/de/initiative/alia'
    >>> page_of("https://example.org/x?y", "en")
    '/en/thing?iri=https%3A%2F%2Fexample.org%2Fx%3Fy'
    """
    if thing.startswith(QUESTION):
        return f"/{language}/questions/{thing.removeprefix(QUESTION)}"
    if thing.startswith(ID):
        return f"/{language}/{thing.removeprefix(ID)}"
    return f"/{language}/thing?iri={quote(thing, safe='')}"
