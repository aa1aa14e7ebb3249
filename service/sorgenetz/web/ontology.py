"""What else there is at the address of the ontology: its context for JSON-LD, and itself under its version."""

from __future__ import annotations

import json
from hashlib import sha256

from flask import Blueprint, Response, request

from sorgenetz.insight.json_context import json_context
from sorgenetz.insight.ontology_page import ontology_header
from sorgenetz.names import GRAPH_ONTOLOGY, ONTOLOGY
from sorgenetz.web.documents import LICENCE, ontology_document, serve
from sorgenetz.web.negotiation import conditional
from sorgenetz.web.ontology_page import CONTEXT_PATH
from sorgenetz.web.pages import reader
from sorgenetz.web.problems import nothing_here
from sorgenetz.web.services import services

bp = Blueprint("ontology", __name__)

A_WEEK = 7 * 24 * 3600


@bp.get(CONTEXT_PATH)
def context() -> Response:
    """Send the context; its tag is that of its content, so that it stays while releases come and go."""
    document = json_context(reader("en"))
    if not document:
        raise nothing_here()
    body = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, content_type="application/ld+json")
    response.set_etag(sha256(body.encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = f"public, max-age={A_WEEK}"
    response.headers["Link"] = f'<{ONTOLOGY}>; rel="describedby", <{LICENCE}>; rel="license"'
    return conditional(response, request)


@bp.get("/ontology/<version>")
def version(version: str) -> Response:
    """Send the ontology under the address of its version, as long as that is the served one."""
    if f"{ONTOLOGY}/{version}" not in ontology_header(reader("en")).all("owl", "versionIRI"):
        raise nothing_here()
    return serve(request, services(), ontology_document("/ontology", ONTOLOGY, GRAPH_ONTOLOGY))
