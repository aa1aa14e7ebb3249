"""What a request needs to do its work, made once by the application factory."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from sorgenetz.engine.engine import Engine
from sorgenetz.library.registry import Library
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings


@dataclass(frozen=True)
class Services:
    """The settings, the served release, the engine that answers queries, and the library that holds them."""

    settings: Settings
    current: CurrentRelease
    engine: Engine
    library: Library


def services() -> Services:
    """Return the services of the application that handles this request."""
    return current_app.extensions["sorgenetz"]
