"""The page of the ontology: head, picture, and an entry for every term."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from sorgenetz.insight.model_picture import model_picture
from sorgenetz.insight.ontology_page import ontology_page
from sorgenetz.names import ONTOLOGY
from sorgenetz.web.ontology_words import alignment_words, severity_words, type_words
from sorgenetz.web.pages import page, reader

CONTEXT_PATH = "/ontology/context.jsonld"


def ontology() -> Response:
    """Return the page in the reader's language."""
    shown = ontology_page(reader())
    return page(
        "ontology.html",
        shown=shown,
        head=shown.header,
        picture=model_picture(reader(), shown, _("Concept")) if shown.entries else None,
        context_path=CONTEXT_PATH,
        ontology=ONTOLOGY,
        type_words=type_words,
        alignment_words=alignment_words,
        severity_words=severity_words,
        known={entry.term.iri: entry.term for entry in shown.entries},
        reused={one.iri for one in shown.reused},
    )
