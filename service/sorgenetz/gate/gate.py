"""The gate: everything that changed, and all that points at it, is judged before there is a release."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import GateClosed
from sorgenetz.gate.checks import CHECK, run_checks
from sorgenetz.gate.extract import marked_terms_and_graphs
from sorgenetz.gate.findings import Finding, report_turtle
from sorgenetz.gate.names_alike import SHAPE as NAMES_ALIKE
from sorgenetz.gate.names_alike import names_alike
from sorgenetz.gate.shapes import judge
from sorgenetz.names import GRAPH_DERIVED, GRAPH_ONTOLOGY, GRAPH_QUESTIONS, GRAPH_SHAPES, GRAPH_SOURCES, ID, PREFIXES
from sorgenetz.sources.rdf_files import line_of, line_of_statement

_UNJUDGED = (ox.NamedNode(GRAPH_DERIVED), ox.NamedNode(GRAPH_SHAPES))
_NO_DATA = (GRAPH_DERIVED, GRAPH_ONTOLOGY, GRAPH_QUESTIONS, GRAPH_SHAPES, GRAPH_SOURCES)


def examine(
    store_path: Path,
    changed: Iterable[ox.Quad],
    queries: Path,
    *,
    before: Iterable[Finding] = (),
    files: Mapping[str, Path] | None = None,
    compare_names: bool = False,
    whole: bool = False,
    on_batch: Callable[[int, int], None] = lambda done, total: None,
) -> list[Finding]:
    """Return all findings on the things that `changed` quads touch, worst first, with file and line where known.

    When shapes or the ontology changed, every thing in the store is touched. What was found `before` still holds of
    things that are not touched. Names that are alike are looked for when `compare_names` says so.
    """
    changed, before = set(changed), list(before)
    store = ox.Store.read_only(str(store_path))
    everything = any(quad.graph_name.value in (GRAPH_ONTOLOGY, GRAPH_SHAPES) for quad in changed)
    if everything and not whole:
        changed = {quad for quad in store if isinstance(quad.graph_name, ox.NamedNode)}
    terms, graphs = marked_terms_and_graphs(changed)
    touched = _touched(changed)
    if not everything:
        touched |= _pointing_at_changed(store, changed)
        graphs = {name for name in graphs | touched if store.contains_named_graph(ox.NamedNode(name))}
    with ThreadPoolExecutor(1) as beside:
        checked = beside.submit(run_checks, store_path, queries)
        found = judge(store_path, sorted(touched), sorted(terms), sorted(graphs), on_batch)
        found += checked.result()
    if not everything:
        found += _still_held(before, touched | terms | graphs)
    if compare_names and any(quad.graph_name.value not in _NO_DATA for quad in changed):
        found += names_alike(store_path, queries)
    else:
        found += [finding for finding in before if finding.shape == NAMES_ALIKE]
    order = {"Violation": 0, "Warning": 1, "Info": 2}
    found = [_placed(finding, files or {}) for finding in found]
    return sorted(found, key=lambda f: (order.get(f.severity, 3), str(f.file), f.line or 0, f.thing, f.shape))


def _still_held(before: Iterable[Finding], judged: set[str]) -> list[Finding]:
    """Return what shapes found on things that are not judged again; checks look at everything each time."""
    return [finding for finding in before if finding.thing not in judged and not finding.shape.startswith(CHECK)]


def close_if_wrong(findings: list[Finding]) -> str:
    """Return the report of `findings` in Turtle; raises GateClosed with them when one of them blocks."""
    errors = sum(finding.blocks for finding in findings)
    if errors:
        closed = GateClosed(errors=errors)
        closed.findings = findings
        raise closed
    return report_turtle(findings)


def _touched(changed: set[ox.Quad]) -> set[str]:
    """Return the IRIs of the changed things and of what they point to: an inverse path may have changed there."""
    touched = set()
    for quad in changed:
        if quad.graph_name in _UNJUDGED:
            continue
        if isinstance(quad.subject, ox.NamedNode):
            touched.add(quad.subject.value)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(ID):
            touched.add(quad.object.value)
    return touched


def _pointing_at_changed(store: ox.Store, changed: set[ox.Quad]) -> set[str]:
    """Return the IRIs of what points at the changed things: a shape may have looked at what they said of themselves."""
    subjects = {quad.subject for quad in changed if quad.graph_name not in _UNJUDGED}
    return {
        quad.subject.value
        for thing in subjects
        for quad in store.quads_for_pattern(None, None, thing, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    }


def _placed(finding: Finding, files: Mapping[str, Path]) -> Finding:
    """Return the finding with the file of its thing, or of what points at it when nothing says what it is.

    The line is that of the statement where one is wrong, else that of the thing.
    """
    path = files.get(finding.thing) or files.get(finding.value)
    if path is None:
        return finding
    line = (
        line_of_statement(path, finding.thing, finding.path, finding.value, PREFIXES)
        or line_of(path, finding.thing, PREFIXES)
        or line_of(path, finding.value, PREFIXES)
    )
    return replace(finding, file=path, line=line)
