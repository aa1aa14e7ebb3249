"""Any RDF files as a release of their own: no bundled data, no shapes, no gate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.publish import publish
from sorgenetz.sources.rdf_files import read_rdf_file

FILE_GRAPH = "urn:sorgenetz:file:"


def publish_files(paths: Iterable[Path], home: Home) -> Release:
    """Return a release of what the files say, each Turtle-like file in the graph urn:sorgenetz:file:<name>.

    TriG, N-Quads and JSON-LD keep the graphs they name. Raises the error of the first file that cannot be read.
    """
    quads: list[ox.Quad] = []
    for path in paths:
        quads += read_rdf_file(path, FILE_GRAPH + quote(path.name))
    return publish(home, quads, lambda store, change: "", message=", ".join(path.name for path in paths))
