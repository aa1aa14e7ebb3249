"""What the server runs: the release is opened while the application is read in, which takes as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sorgenetz.engine.engine import Engine
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings

if TYPE_CHECKING:
    from sorgenetz.web.asgi import Server


def served() -> Server:
    """Return the application for granian, which finds its settings in the environment."""
    settings = Settings.from_environment()
    current = CurrentRelease(settings.home)
    engine = Engine(current, settings)
    engine.prepare()
    from sorgenetz.web.app import create_app
    from sorgenetz.web.asgi import Server
    from sorgenetz.web.heap import give_back_what_is_free

    give_back_what_is_free()
    return Server(create_app(settings, current, engine))
