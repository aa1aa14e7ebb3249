"""Header fields that every answer carries: what a browser may do with it, and who may read it."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import NullSession, SessionInterface

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip

# For the few pages that other sites may show within theirs.
EMBEDDABLE = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")

POLICY = "Content-Security-Policy"
ALWAYS = {
    POLICY: CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Content-Location, Content-Profile, ETag, Link, Location, Retry-After, Sorgenetz-Release, "
        "Sorgenetz-Total"
    ),
}


class NoSessions(SessionInterface):
    """Keep nothing about a reader: there is no session and so no cookie."""

    def open_session(self, app: Flask, request: object) -> NullSession:
        return NullSession()

    def save_session(self, app: Flask, session: object, response: Response) -> None:
        return None


def add_to(app: Flask) -> None:
    """Put the fields on every answer of `app`; a view that has set one keeps its own."""
    app.after_request(_complete)


def complete(response: Response) -> Response:
    """Return `response` with the fields that every answer carries."""
    for name, value in ALWAYS.items():
        # One who holds a page that others may embed is not told another policy.
        if response.status_code != 304 or name != POLICY:
            response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _complete(response: Response) -> Response:
    complete(response)
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = (
            "Accept, Accept-Language, Accept-Profile, Content-Type, If-None-Match"
        )
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
