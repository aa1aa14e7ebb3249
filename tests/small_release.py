"""A complete release of ontology, shapes, events and publications, with a few statements that try the writers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.names import GRAPH, ID, OWL, RDF, RDFS, SN, XSD
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.derive import derived_quads
from sorgenetz.releases.dumps import complete_release
from sorgenetz.releases.publish import publish
from sorgenetz.sources.authored import read_bundle

ESSEN = ID + "municipality/05113000"
AWKWARD = 'Zeile eins\nZeile „zwei“, "drei"\\ \x7f \U0001f600'


def small_release(folder: Path) -> Release:
    """Publish it into a new home in `folder` and return it."""
    bundle = _bundle(folder / "files")
    quads = read_bundle(bundle).quads | set(_more())
    quads |= derived_quads(quads, bundle.queries)
    return publish(
        Home(folder / "home"), quads, lambda store, change: "", message="small",
        complete=lambda draft, manifest: complete_release(draft, manifest, bundle.queries),
    )  # fmt: skip


def _bundle(root: Path) -> Bundle:
    """Return the repository's files without initiatives, organisations and the tables of places."""
    whole = find_bundle()
    (root / "data" / "places").mkdir(parents=True)
    for path in (whole.ontology, whole.shapes, whole.queries):
        (root / path.name).symlink_to(path)
    for name in ("events", "publications"):
        shutil.copytree(whole.data / name, root / "data" / name)
    shutil.copy(whole.data / "sources.ttl", root / "data")
    return Bundle(root)


def _more() -> list[ox.Quad]:
    """Return a municipality that two graphs agree on, with a link outward, an awkward text, and blank nodes."""

    def quad(subject: str | ox.BlankNode, predicate: str, value: object, graph: str) -> ox.Quad:
        node = ox.NamedNode(subject) if isinstance(subject, str) else subject
        return ox.Quad(node, ox.NamedNode(predicate), value, ox.NamedNode(GRAPH + graph))  # type: ignore[arg-type]

    one, other = ox.BlankNode("one"), ox.BlankNode("other")
    geonames = ox.NamedNode("https://sws.geonames.org/2928810/")
    return [
        quad(ESSEN, RDF + "type", ox.NamedNode(SN + "Municipality"), "destatis-regionalstatistik-high"),
        quad(ESSEN, RDFS + "label", ox.Literal("Essen", language="de"), "destatis-regionalstatistik-high"),
        quad(ESSEN, RDFS + "label", ox.Literal("Essen", language="de"), "geonames-medium"),
        quad(ESSEN, SN + "geonames", geonames, "geonames-medium"),
        quad(ESSEN, SN + "population", ox.Literal("593085", datatype=ox.NamedNode(XSD + "integer")), "geonames-medium"),
        quad(ESSEN, SN + "note", ox.Literal(AWKWARD, language="fr"), "geonames-medium"),
        quad(one, OWL + "sameAs", other, "geonames-medium"),
        quad(other, OWL + "sameAs", one, "destatis-regionalstatistik-high"),
    ]
