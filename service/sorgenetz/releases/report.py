"""What the gate found, as a release keeps it: read back from report.ttl, and counted for the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.names import ID, RDF, SH, SN

REPORT = "report.ttl"
SEVERITIES = ("Violation", "Warning", "Info")
_TYPE = ox.NamedNode(RDF + "type")
_SOURCE = ox.NamedNode(SN + "Source")


@dataclass(frozen=True)
class Remark:
    """One result of a report: how bad, which thing, which rule objects, and what to write."""

    severity: str
    thing: str
    shape: str
    text_de: str
    text_en: str
    path: str = ""
    value: str = ""
    component: str = ""

    def text(self, language: str) -> str:
        """Return what to write, in German or English."""
        return self.text_en if language == "en" else self.text_de


def read_report(folder: Path) -> tuple[Remark, ...]:
    """Return what the gate found on the release in `folder`, worst first; nothing when it was not asked."""
    try:
        return _read(folder)
    except (OSError, SyntaxError):
        return ()


def report_store(folder: Path) -> ox.Store:
    """Return the report of the release in `folder` as a store of its own; raises OSError and SyntaxError."""
    store = ox.Store()
    store.bulk_extend(ox.parse((folder / REPORT).read_bytes(), format=ox.RdfFormat.TURTLE))
    return store


def count_findings(report: str) -> dict[str, int] | None:
    """Return how many findings of each severity a report has; None when there was no gate.

    >>> count_findings("<urn:r> <http://www.w3.org/ns/shacl#resultSeverity> <http://www.w3.org/ns/shacl#Warning> .")
    {'Violation': 0, 'Warning': 1, 'Info': 0}
    """
    if not report:
        return None
    found = Counter(
        triple.object.value.removeprefix(SH)
        for triple in ox.parse(report, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == SH + "resultSeverity"
    )
    return {severity: found[severity] for severity in SEVERITIES}


def count_things(quads: Iterable[ox.Quad]) -> dict[str, int]:
    """Return how many things of our own the quads describe, and how many sources there are among them."""
    things, sources = set(), set()
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ID):
            things.add(quad.subject)
        if quad.predicate == _TYPE and quad.object == _SOURCE:
            sources.add(quad.subject)
    return {"things": len(things), "sources": len(sources)}


@lru_cache(maxsize=2)
def _read(folder: Path) -> tuple[Remark, ...]:
    said: dict[object, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in report_store(folder):
        name = quad.predicate.value.removeprefix(SH)
        said.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    remarks = [_remark(values) for values in said.values() if "resultSeverity" in values]
    return tuple(sorted(remarks, key=lambda remark: (_rank(remark.severity), remark.shape, remark.thing)))


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _remark(values: dict[str, list[ox.NamedNode | ox.Literal]]) -> Remark:
    texts = {literal.language: literal.value for literal in values.get("resultMessage", ())}
    path, value, component = (
        values[name][0].value if name in values else "" for name in ("resultPath", "value", "sourceConstraintComponent")
    )
    return Remark(
        values["resultSeverity"][0].value.removeprefix(SH), values["focusNode"][0].value,
        values["sourceShape"][0].value, texts.get("de", ""), texts.get("en", ""), path, value, component,
    )  # fmt: skip
