"""What a request needs to do its work, made once by the application factory."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from sorgenetz.engine.engine import Engine
from sorgenetz.library.registry import Library
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings


@dataclass(frozen=True)
class Services:
    """The settings, the served release, the engine that answers queries, and the library that holds them."""

    settings: Settings
    current: CurrentRelease
    engine: Engine
    library: Library


def release_named(name: str) -> Release:
    """Return the release of this name; an answer begun before a switch is of the one before."""
    at = services()
    served = at.current.get()
    return served if served.name == name else Home(at.settings.home).release(name)


def services() -> Services:
    """Return the services of the application that handles this request."""
    return current_app.extensions["sorgenetz"]
