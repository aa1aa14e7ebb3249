"""The questions of the library as resources of the graph, so that any SPARQL editor can find and run them."""

from __future__ import annotations

import pyoxigraph as ox

from sorgenetz.library.queries import QueryFile
from sorgenetz.library.registry import Library
from sorgenetz.names import GRAPH_QUESTIONS, ID, ONTOLOGY, RDF, RDFS, SCHEMA, SH

# Class and property of each form of query (SHACL-AF, 5.2 and 5.3).
EXECUTABLE = {
    "select": ("SPARQLSelectExecutable", "select"),
    "ask": ("SPARQLAskExecutable", "ask"),
    "construct": ("SPARQLConstructExecutable", "construct"),
}


def question_iri(name: str) -> str:
    """Return the IRI of a question.

    >>> question_iri("care-roles")
    'https://w3id.org/sorgenetz/id/question/care-roles'
    """
    return f"{ID}question/{name}"


def question_quads(library: Library) -> set[ox.Quad]:
    """Return every question with title, description, keywords and text; a form that SHACL has no word for has none."""
    return {quad for question in library.questions() if question.form in EXECUTABLE for quad in _quads(question)}


def _quads(question: QueryFile) -> list[ox.Quad]:
    of_form, text = EXECUTABLE[question.form]
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF + "type", ox.NamedNode(SH + "SPARQLExecutable")),
        (RDF + "type", ox.NamedNode(SH + of_form)),
        (SH + "prefixes", ox.NamedNode(ONTOLOGY)),
        (SH + text, ox.Literal(question.query)),
    ]
    for language in ("de", "en"):
        said.append((RDFS + "label", ox.Literal(question.title(language), language=language)))
        said.append((RDFS + "comment", ox.Literal(question.description(language), language=language)))
    said += [(SCHEMA + "keywords", ox.Literal(tag, language="en")) for tag in question.tags]
    subject, graph = ox.NamedNode(question_iri(question.name)), ox.NamedNode(GRAPH_QUESTIONS)
    return [ox.Quad(subject, ox.NamedNode(predicate), value, graph) for predicate, value in said]
