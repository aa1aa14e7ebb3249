"""Shapes decide: pySHACL runs on the neighbourhood of the things that changed, in batches over two processes."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import SH

from sorgenetz.gate.extract import as_graph, mark, neighbourhood
from sorgenetz.gate.findings import Finding
from sorgenetz.names import GRAPH_SHAPES
from sorgenetz.processes.side_by_side import processes

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
BATCH = 500
# Below this many things one process is faster than starting others.
ALONE = 600

# A shape says in plain words what a wrong date is; rdflib would add a stack trace.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_state: dict[str, object] = {}


def judge(
    store_path: Path,
    things: list[str],
    terms: list[str],
    graphs: list[str],
    on_batch: Callable[[int, int], None] = lambda done, total: None,
) -> list[Finding]:
    """Return what the shapes in the store at `store_path` find wrong with `things`, used terms and used graphs."""
    batches = [things[at : at + BATCH] for at in range(0, len(things), BATCH)]
    found: list[Finding] = []
    if len(things) <= ALONE:
        _open(store_path)
        results = map(_judge_batch, batches)
        found += _collect(results, len(batches), on_batch)
        found += _judge_marks(terms, graphs)
        _state.clear()
        return sorted(set(found))
    with processes(None, _begin, store_path) as pool:
        marks = pool.submit(_judge_marks, terms, graphs)
        found += _collect(pool.map(_judge_batch, batches), len(batches), on_batch)
        found += marks.result()
    return sorted(set(found))


def _collect(results: Iterator[list[Finding]], total: int, on_batch: Callable[[int, int], None]) -> Iterator[Finding]:
    for done, findings in enumerate(results, start=1):
        on_batch(done, total)
        yield from findings


def _begin(store_path: Path) -> None:
    """Open the store in a process of its own, which makes many short-lived terms and few things to clear away."""
    _open(store_path)
    gc.freeze()
    gc.set_threshold(100_000)


def _open(store_path: Path) -> None:
    store = ox.Store.read_only(str(store_path))
    shapes = as_graph(q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH_SHAPES)))
    _state.update(store=store, shapes=ShapesGraph(with_targets_on_properties(shapes)))


def with_targets_on_properties(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the same shapes with each node shape's targets moved to its property shapes, which may carry them too.

    The results are the same (SHACL, 2.1.3 and 4.8.2), but a property shape then looks at all its focus nodes in one
    go instead of once for each, which is several times faster.
    """
    for node_shape in list(shapes.subjects(rdflib.RDF.type, SH.NodeShape)):
        targets = [(p, o) for p, o in shapes.predicate_objects(node_shape) if p in _TARGETS]
        used_elsewhere = next(shapes.subjects(None, node_shape), None) is not None
        if not targets or used_elsewhere or (node_shape, SH.deactivated, None) in shapes:
            continue
        for property_shape in list(shapes.objects(node_shape, SH.property)):
            for predicate, target in targets:
                shapes.add((property_shape, predicate, target))
            shapes.remove((node_shape, SH.property, property_shape))
    return shapes


def _judge_batch(things: list[str]) -> list[Finding]:
    return _validate(neighbourhood(_state["store"], things), things)


def _judge_marks(terms: list[str], graphs: list[str]) -> list[Finding]:
    graph = _own_statements(_state["store"], [*terms, *graphs])
    mark(graph, terms, graphs)
    return _validate(graph, [*terms, *graphs])


def _own_statements(store: ox.Store, names: list[str]) -> rdflib.Graph:
    """Return only what stands under each name and the classes of what it points to: a term is used everywhere."""
    default, triples = ox.DefaultGraph(), set()
    for name in names:
        for quad in store.quads_for_pattern(ox.NamedNode(name), None, None, default):
            triples.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode):
                triples.update(q.triple for q in store.quads_for_pattern(quad.object, None, None, default))
    return as_graph(triples)


def _validate(data: rdflib.Graph, things: list[str]) -> list[Finding]:
    """Run each shape on those of `things` that it targets.

    pySHACL's own `focus_nodes` option will not do: it also skips the values that a nested shape looks at, so a
    wrong value passes unseen unless it happens to be among the things judged.
    """
    wanted = {rdflib.URIRef(thing) for thing in things}
    executor, graph, reports = SHACLExecutor(), DataGraph.from_rdflib_graph(data), []
    for shape in _state["shapes"].shapes:
        targeted = wanted.intersection(shape.focus_nodes(graph))
        if targeted:
            reports += shape.validate(executor, graph, focus=targeted)[1]
    if not reports:
        return []
    report, _ = pyshacl.Validator.create_validation_report(_state["shapes"], False, reports)
    results = report.objects(report.value(predicate=rdflib.RDF.type, object=SH.ValidationReport), SH.result)
    # Of findings that differ in nothing else, always the same one stays.
    return sorted((_finding(report, result) for result in results), key=lambda found: found.component)


def _finding(report: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    messages = {text.language or "en": str(text) for text in report.objects(result, SH.resultMessage)}
    english = messages.get("en") or next(iter(messages.values()), "")
    severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
    shape = report.value(result, SH.sourceShape)
    path = report.value(result, SH.resultPath)
    return Finding(
        severity=severity,
        thing=str(report.value(result, SH.focusNode)),
        text_de=messages.get("de", english),
        text_en=english,
        shape=str(shape),
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        value=str(report.value(result, SH.value) or ""),
        component=str(report.value(result, SH.sourceConstraintComponent)),
    )
