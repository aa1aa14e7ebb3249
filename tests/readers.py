"""Readers of a release as the pages have them, without a request."""

from __future__ import annotations

from flask import Flask

from sorgenetz.insight.reader import Engine, Reader


def reader_of(app: Flask, language: str = "de", engine: Engine | None = None) -> Reader:
    """Return a reader over what `app` serves, asking by another engine where one is given."""
    services = app.extensions["sorgenetz"]
    return Reader(engine or services.engine, services.library, app.extensions["sorgenetz-shelf"], language)
