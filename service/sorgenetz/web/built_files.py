"""How the built styles, fonts and programs are sent: packed to those who take that, kept for good by their names."""

from __future__ import annotations

import mimetypes

from flask import Flask, Response, request, send_from_directory

from sorgenetz.web.assets import BUILT, asset

PATH = "/static/built/"
# The store in the browser is WebAssembly, which a policy has to allow by name. A worker lives under the policy that its
# own file comes with, so that no page has to allow it.
WORKER, PROGRAM = "graph-worker.js", "web_bg.wasm"
WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


def add_to(app: Flask) -> None:
    """Let `app` send the built files so."""
    app.before_request(_packed)
    app.after_request(_complete)


def _packed() -> Response | None:
    """Send the copy that was packed at build time, if there is one and the client takes it."""
    if request.endpoint != "static" or not request.path.startswith(PATH):
        return None
    name = request.path.removeprefix(PATH)
    if "/" in name or not request.accept_encodings.quality("gzip") or not (BUILT / f"{name}.gz").is_file():
        return None
    kind = mimetypes.guess_type(name)[0]
    response = send_from_directory(BUILT, f"{name}.gz", mimetype=kind, download_name=name)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _complete(response: Response) -> Response:
    if request.path.startswith(PATH) and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.vary.add("Accept-Encoding")
        if request.path == asset(WORKER):
            response.headers["Content-Security-Policy"] = WORKER_POLICY
    return response
