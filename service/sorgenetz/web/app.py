"""The application factory: settings in, a Flask application out."""

from __future__ import annotations

from flask import Flask

from sorgenetz.bundle import find_bundle
from sorgenetz.engine.engine import Engine
from sorgenetz.library.registry import Library
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings
from sorgenetz.web import explorer, headers, linked_data, problems, sparql
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
    headers.add_to(app)
    problems.add_to(app)
    for room in (sparql, linked_data, explorer):
        app.register_blueprint(room.bp)
    return app


def wsgi() -> Flask:
    """Return the application for a server that finds its settings in the environment."""
    return create_app(Settings.from_environment())
