"""The pages of the sitemap on the published data: one of each kind, in two choices."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import Flask

from sorgenetz.names import ID, THING_TYPES
from sorgenetz.web.site_map import FIXED

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
NOTHING_YET = ("absence",)
THINGS = (f"{kind}/" for kind in THING_TYPES if kind not in (*NOTHING_YET, "question"))
KINDS = (*FIXED, *THINGS, "stories/", "questions/")
# How many statements there are of a thing and about it, and by how many different properties.
WEIGHTS = """SELECT ?thing (COUNT(*) AS ?statements) (COUNT(DISTINCT ?p) AS ?properties) {
  { ?thing ?p ?o } UNION { ?s ?p ?thing FILTER(ISIRI(?thing)) } } GROUP BY ?thing"""


class SitePages:
    """The sitemap of `app`, sorted by kind: a page of its own, or all pages of things of one type."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        sitemap = ElementTree.fromstring(self.client.get("/sitemap.xml").data)
        self.paths: dict[str, list[str]] = defaultdict(list)
        for node in sitemap.iter(LOC):
            language, _, path = urlsplit(node.text).path.lstrip("/").partition("/")
            if language == "de":
                self.paths[path if path in FIXED else path.split("/")[0] + "/"].append(path)
        rows = app.extensions["sorgenetz"].engine.rows(WEIGHTS)
        self._weights = {
            row["thing"].value: (int(row["statements"].value), int(row["properties"].value)) for row in rows
        }

    def heaviest(self, kind: str) -> str:
        """Return the page of the thing of which the most is said."""
        return max(self.paths[kind], key=lambda path: self._weight(path)[0])

    def most_varied(self, kind: str) -> str:
        """Return the page of the thing of which the most different is said, the smallest of them."""
        return max(self.paths[kind], key=lambda path: (self._weight(path)[1], -self._weight(path)[0]))

    def _weight(self, path: str) -> tuple[int, int]:
        return self._weights.get(ID + path.replace("questions/", "question/"), (0, 0))
