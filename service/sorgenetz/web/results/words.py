"""What the templates of a result use beside what all templates have."""

from __future__ import annotations

from flask import Flask, g

from sorgenetz.insight.answers import MOST_HELD
from sorgenetz.insight.maps.outlines import SOURCE_NOTE
from sorgenetz.insight.results.chart import LONGEST_LABEL
from sorgenetz.insight.results.lettering import shortened
from sorgenetz.insight.results.network import MOST_NODES
from sorgenetz.names import short
from sorgenetz.web.wording import point_words


def add_to(app: Flask) -> None:
    """Give the templates of `app` these filters and figures."""
    app.jinja_env.filters.update(
        shortened=shortened,
        short=short,
        degrees=lambda point: point_words(f"POINT({point[0]:f} {point[1]:f})", g.language),
    )
    app.jinja_env.globals.update(
        most_held=MOST_HELD, most_nodes=MOST_NODES, longest_label=LONGEST_LABEL, outline_note=SOURCE_NOTE
    )
