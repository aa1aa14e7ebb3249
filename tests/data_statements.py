"""The statements and tables of the data room, as tests read them."""

import csv
from pathlib import Path

import pyoxigraph as ox

DATA = Path(__file__).resolve().parents[1] / "data"
ID = "https://w3id.org/sorgenetz/id/"
SN = "https://w3id.org/sorgenetz/ontology#"
GRAPH = "https://w3id.org/sorgenetz/graph/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def load_statements() -> ox.Store:
    """Return all statements of the .trig files, each in its graph."""
    everything = ox.Store()
    for path in DATA.rglob("*.trig"):
        everything.load(path=str(path), format=ox.RdfFormat.TRIG)
    return everything


def pattern(store: ox.Store, subject: str | None, term: str, value: str | None = None, graph: str | None = None):
    """Return the quads of one property, with things and graphs given by their short names."""
    predicate = ox.NamedNode(term if term.startswith("http") else SN + term)
    return list(
        store.quads_for_pattern(
            ox.NamedNode(ID + subject) if subject else None,
            predicate,
            ox.NamedNode(ID + value) if value else None,
            ox.NamedNode(GRAPH + graph) if graph else None,
        )
    )


def values(store: ox.Store, thing: str, term: str, graph: str | None = None) -> set[str]:
    """Return the values of one property of a thing, in one graph or in all."""
    return {quad.object.value.removeprefix(ID) for quad in pattern(store, thing, term, graph=graph)}


def things_with(store: ox.Store, term: str, value: str) -> set[str]:
    """Return the things that have a given thing as value of a property."""
    return {quad.subject.value.removeprefix(ID) for quad in pattern(store, None, term, value)}


def graphs(store: ox.Store, thing: str, term: str) -> set[str]:
    """Return the graphs in which a thing has a property."""
    return {quad.graph_name.value.removeprefix(GRAPH) for quad in pattern(store, thing, term)}


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one table of places, all values as text."""
    with (DATA / "places" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
