"""Sending large answers: in pieces, and so few at once that slow readers leave the server's threads to others."""

from __future__ import annotations

from threading import Semaphore

from flask import Flask, Response, current_app, request

from sorgenetz.engine.answer import Answer
from sorgenetz.errors import TooManyQueries
from sorgenetz.settings import Settings

RETRY_SECONDS = 10


def add_to(app: Flask, settings: Settings) -> None:
    """Give `app` its places for answers that go out in pieces; each takes a thread until its reader has all of it."""
    places = max(1, min(settings.query_workers, settings.server_threads // 2))
    app.extensions["sorgenetz-sending"] = Semaphore(places)


def sent(answer: Answer, content_type: str) -> Response:
    """Return the answer, a large one in pieces; its length is said first, so one that breaks off is recognised.

    Raises TooManyQueries when as many large answers as there may be are on their way.
    """
    if not answer.is_large:
        return Response(answer.body, content_type=content_type)
    places: Semaphore = current_app.extensions["sorgenetz-sending"]
    if request.method != "HEAD" and not places.acquire(blocking=False):
        raise TooManyQueries(retry_s=RETRY_SECONDS)
    response = Response(answer.pieces(), content_type=content_type)
    response.content_length = len(answer.content)
    if request.method != "HEAD":
        response.call_on_close(places.release)
    return response
