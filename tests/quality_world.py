"""Two releases of the invented world, the second with what a gate found on it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from pages_release import publish_world

from sorgenetz.gate.findings import Finding, report_turtle
from sorgenetz.names import BASE, GRAPH, ID, RDFS, SHAPES
from sorgenetz.releases.candidate import quads_of
from sorgenetz.releases.chain import Home
from sorgenetz.releases.publish import publish
from sorgenetz.settings import Settings

MANY = 220
PLACELESS = Finding(
    "Warning", ID + "initiative/bare", "Ein Ort fehlt. Nennen Sie einen Ort.", "A place is missing. Give a place.",
    SHAPES + "Initiative-place",
)  # fmt: skip
FINDINGS = [
    PLACELESS,
    Finding("Warning", ID + "measure/nest-financial", "Womit? Sagen Sie es.", "How? Say it.", SHAPES + "Measure-means"),
    Finding("Warning", ID + "initiative/hostile", "Wert & mehr.", "Value & more.", SHAPES + "x", value="<b>kühn</b>"),
    Finding(
        "Info", ID + "barrier/language",
        f"Die Barriere {ID}barrier/language („x“) senkt niemand.", f"Nobody lowers {ID}barrier/language.",
        BASE + "check/barriers-of-old", value=ID + "initiative/nest",
    ),
    *(Finding("Info", f"{ID}initiative/many-{n % 120}", "Art?", "Kind?", SHAPES + "Initiative-kind", value=str(n))
      for n in range(MANY)),
]  # fmt: skip


def publish_quality_world(folder: Path) -> Settings:
    """Publish the world without a gate, and again with one more statement and the findings."""
    settings = publish_world(folder)
    home = Home(settings.home)
    quads = quads_of(ox.Store.read_only(str(home.current().store_path)))
    label = ox.Literal("Nest am Markt", language="de")
    subject, predicate = ox.NamedNode(ID + "initiative/nest-sued"), ox.NamedNode(RDFS + "comment")
    quads.add(ox.Quad(subject, predicate, label, ox.NamedNode(GRAPH + "paper-medium")))
    publish(home, quads, lambda store, change: report_turtle(FINDINGS), message="Mit <Bericht>")
    return settings
