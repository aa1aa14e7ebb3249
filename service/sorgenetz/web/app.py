"""The application factory: settings in, a Flask application out."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from sorgenetz.bundle import find_bundle
from sorgenetz.engine.engine import Engine
from sorgenetz.engine.past import PastEngines
from sorgenetz.errors import ProtocolBroken, RequestTooLarge
from sorgenetz.library.registry import Library
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings
from sorgenetz.web import (
    built_files,
    dataset,
    explorer,
    fairness,
    headers,
    linked_data,
    ontology,
    problems,
    profiles,
    quality,
    sending,
    sparql,
)
from sorgenetz.web.answers_cache.asked import BROKEN
from sorgenetz.web.answers_cache.front import AnswersCache
from sorgenetz.web.api import description, questions
from sorgenetz.web.citing import answers as citing
from sorgenetz.web.citing.rebuilding import Rebuilding
from sorgenetz.web.explain import api as explain
from sorgenetz.web.results import files
from sorgenetz.web.services import Services


def create_app(
    settings: Settings, current_release: CurrentRelease | None = None, engine: Engine | None = None
) -> Flask:
    """Return the service as a WSGI application; it starts without a release and then answers 503 until there is one.

    >>> create_app(Settings()).url_map.is_endpoint_expecting("linked_data.thing", "kind")
    True
    """
    app = Flask(__name__)
    limit = settings.query_kb * 1024
    app.config.update(MAX_CONTENT_LENGTH=limit, MAX_FORM_MEMORY_SIZE=limit)
    app.session_interface = headers.NoSessions()
    current = current_release or CurrentRelease(settings.home)
    app.extensions["sorgenetz"] = Services(
        settings, current, engine or Engine(current, settings), Library(find_bundle().queries)
    )
    app.extensions["sorgenetz-past"] = PastEngines(settings)
    app.extensions["sorgenetz-rebuilding"] = Rebuilding()
    fairness.add_to(app, settings)
    sending.add_to(app, settings)
    built_files.add_to(app)
    app.before_request(_read_all_or_refuse)
    app.before_request(_of_the_whole_server)
    headers.add_to(app)
    problems.add_to(app)
    rooms = (sparql, linked_data, ontology, dataset, quality, profiles, files, explain, citing, questions, description)
    for room in (*rooms, explorer):
        app.register_blueprint(room.bp)
    app.wsgi_app = app.extensions["sorgenetz-answers"] = AnswersCache(  # type: ignore[method-assign]
        app.wsgi_app, current, settings.answers_cache_mb
    )
    return app


def _read_all_or_refuse() -> None:
    """Refuse what breaks a rule of HTTP, and content of unsaid length that reaches the limit.

    Flask would take what it had read of that for all of it.
    """
    if BROKEN in request.environ:
        raise ProtocolBroken(request.environ[BROKEN])
    limit = request.max_content_length
    if limit is not None and request.content_length is None and request.method not in ("GET", "HEAD", "OPTIONS"):
        content = request.get_data(cache=True, parse_form_data=False)
        if len(content) >= limit:
            raise RequestTooLarge(limit_kb=limit // 1024)


def _of_the_whole_server() -> Response | None:
    """Answer "OPTIONS *" with the methods that some address here has (RFC 9110, 9.3.7)."""
    if request.method != "OPTIONS" or request.environ["PATH_INFO"] != "*":
        return None
    methods = {method for rule in current_app.url_map.iter_rules() for method in rule.methods or ()}
    return Response(status=204, headers={"Allow": ", ".join(sorted(methods))})
