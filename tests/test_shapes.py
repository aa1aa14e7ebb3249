"""Each shape lets through what is right and objects to what is wrong, and nothing else objects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from sorgenetz.gate.extract import as_graph
from sorgenetz.names import CASE, SHAPES

REPOSITORY = Path(__file__).parent.parent
CASE_FILES = sorted((REPOSITORY / "tests/cases").glob("*.trig"))
SHAPE_FILES = sorted((REPOSITORY / "shapes").glob("*.ttl"))
HELPERS = "helpers"
NS = Namespace(CASE)
SNS = Namespace(SHAPES)
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}


class Case(NamedTuple):
    name: str
    file: str
    graph: Graph
    must_object: frozenset[Node]


class Objection(NamedTuple):
    shape: Node
    severity: Node
    messages: frozenset[str | None]


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in SHAPE_FILES:
        graph.parse(file)
    return graph


@cache
def own_shapes(file: str) -> frozenset[Node]:
    """Return the property shapes that stand in one file of shapes/."""
    return frozenset(Graph().parse(REPOSITORY / f"shapes/{file}.ttl").subjects(RDF.type, SH.PropertyShape))


@cache
def property_shapes() -> frozenset[Node]:
    return frozenset().union(*(own_shapes(file.stem) for file in SHAPE_FILES if file.stem != HELPERS))


@cache
def subclasses() -> Graph:
    graph = Graph()
    for triple in Graph().parse(REPOSITORY / "ontology/sorgenetz.ttl").triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    return graph


def with_superclasses(graph: Graph) -> Graph:
    """Return the graph with the superclasses that the build states before anything is judged."""
    closed = Graph() + graph
    for thing, cls in graph.subject_objects(RDF.type):
        for above in subclasses().transitive_objects(cls, RDFS.subClassOf):
            closed.add((thing, RDF.type, above))
    return closed


@cache
def known() -> Graph:
    """Return the concepts and neighbours that a case may refer to, as the gate's extract would hold them."""
    graph = Graph()
    for file in (REPOSITORY / "ontology/schemes").glob("*.ttl"):
        for triple in Graph().parse(file):
            if triple[1] in (RDF.type, SKOS.inScheme):
                graph.add(triple)
    return graph + with_superclasses(named_graphs(REPOSITORY / "tests/cases/world.trig")[NS.world])


def named_graphs(file: Path) -> dict[URIRef | None, Graph]:
    """Return the graphs of a TriG file by name; what stands outside of them is under None."""
    found: dict[URIRef | None, list[ox.Triple]] = {None: []}
    for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG):
        name = None if isinstance(quad.graph_name, ox.DefaultGraph) else URIRef(quad.graph_name.value)
        found.setdefault(name, []).append(quad.triple)
    return {name: as_graph(triples) for name, triples in found.items()}


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for file in CASE_FILES for case in cases_of(file))


def cases_of(file: Path) -> Iterator[Case]:
    graphs = named_graphs(file)
    about = graphs.pop(None)
    for name, graph in sorted(graphs.items()):
        if name == NS.world:
            continue
        base = about.value(name, NS.basedOn)
        whole = graph + graphs[base] if base else graph
        objections = frozenset(about.objects(name, NS.mustObject))
        assert bool(objections) != ((name, RDF.type, NS.Passing) in about), f"{name} neither passes nor fails"
        yield Case(str(name).removeprefix(CASE), file.stem, with_superclasses(whole), objections)


@cache
def unaimed_shapes() -> Graph:
    graph = Graph()
    graph += (triple for triple in shapes() if triple[1] not in (SH.targetClass, SH.targetSubjectsOf))
    return graph


@contextmanager
def aimed_at(things: set[Node], data: Graph) -> Iterator[Graph]:
    """Give the shapes aimed at those of `things` that they target; pySHACL's `focus_nodes` skips nested values too."""
    aimed, node_shapes = unaimed_shapes(), set(shapes().subjects(RDF.type, SH.NodeShape))
    aims = [(shape, SH.targetNode, thing) for shape in node_shapes for thing in targets(data, shape) & things]
    aimed += aims
    try:
        yield aimed
    finally:
        aimed -= aims


def objections(graph: Graph) -> tuple[bool, list[Objection]]:
    """Return whether no violation was found, and all that the shapes say about the subjects of the graph."""
    data = known() + graph
    with aimed_at(set(graph.subjects()), data) as aimed:
        conforms, report, _ = pyshacl.validate(data, shacl_graph=aimed, inference="none", allow_warnings=True)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if (None, SH.detail, result) in report:
            continue
        messages = frozenset(m.language for m in report.objects(result, SH.resultMessage))
        severity = report.value(result, SH.resultSeverity)
        found.append(Objection(report.value(result, SH.sourceShape), severity, messages))
    return conforms, found


def values(graph: Graph, focus: Node, path: Node) -> set[Node]:
    """Return what a property shape's path reaches from a focus node."""
    if alternatives := shapes().value(path, SH.alternativePath):
        return set().union(*(values(graph, focus, part) for part in Collection(shapes(), alternatives)))
    if inverse := shapes().value(path, SH.inversePath):
        return set(graph.subjects(inverse, focus))
    return set(graph.objects(focus, path))


def targets(graph: Graph, shape: Node) -> set[Node]:
    found = set()
    for target in shapes().objects(shape, SH.targetClass):
        found |= set(graph.subjects(RDF.type, target))
    for target in shapes().objects(shape, SH.targetSubjectsOf):
        found |= set(graph.subjects(target, None))
    return found


@pytest.mark.parametrize("case", [c for c in cases() if not c.must_object], ids=lambda case: case.name)
def test_passing_case_meets_no_objection(case: Case) -> None:
    conforms, found = objections(case.graph)
    assert conforms
    assert found == []


@pytest.mark.parametrize("case", [c for c in cases() if c.must_object], ids=lambda case: case.name)
def test_failing_case_meets_exactly_the_named_objections(case: Case) -> None:
    conforms, found = objections(case.graph)
    assert {objection.shape for objection in found} == set(case.must_object)
    for objection in found:
        assert objection.severity == shapes().value(objection.shape, SH.severity)
        assert objection.messages == {"de", "en"}
    assert conforms == all(objection.severity != SH.Violation for objection in found)


@pytest.mark.parametrize("file", [f.stem for f in SHAPE_FILES if f.stem != HELPERS])
def test_every_file_of_shapes_has_its_cases(file: str) -> None:
    own = [case for case in cases() if case.file == file]
    assert any(not case.must_object for case in own)
    named = frozenset().union(*(case.must_object for case in own))
    assert own_shapes(file) - named == set(), "property shapes that no failing case of the file names"


def test_cases_name_only_shapes_that_exist() -> None:
    assert frozenset().union(*(case.must_object for case in cases())) <= property_shapes()


def test_every_property_shape_of_a_class_is_exercised_by_a_passing_case() -> None:
    passing = [case.graph for case in cases() if not case.must_object]
    missing = []
    for node, shape in sorted(shapes().subject_objects(SH.property)):
        never = shapes().value(shape, SH.maxCount) is not None and int(shapes().value(shape, SH.maxCount)) == 0
        if shape not in property_shapes() or never:
            continue
        path = shapes().value(shape, SH.path)
        if not any(values(graph, focus, path) for graph in passing for focus in targets(graph, node)):
            missing.append(f"{node} {shape}")
    assert missing == []


def test_every_target_class_has_a_passing_instance() -> None:
    passing = [case.graph for case in cases() if not case.must_object]
    exercised = {cls for graph in passing for cls in graph.objects(None, RDF.type)}
    untried = set(shapes().objects(None, SH.targetClass)) - exercised
    assert {str(cls) for cls in untried} == set()


@pytest.mark.parametrize("shape", sorted(property_shapes()), ids=lambda shape: shape.split("#")[-1])
def test_property_shape_says_what_to_write(shape: URIRef) -> None:
    assert isinstance(shape, URIRef)
    assert str(shape).startswith(SHAPES)
    graph = shapes()
    assert len(set(graph.objects(shape, SH.severity))) == 1
    assert graph.value(shape, SH.severity) in SEVERITIES
    assert graph.value(shape, SH.order) is not None
    for predicate in (SH.name, SH.message):
        texts = list(graph.objects(shape, predicate))
        assert sorted(text.language for text in texts) == ["de", "en"]
        assert all(str(text).strip() for text in texts)


def test_property_shapes_are_reached_from_a_target() -> None:
    used = {shape for node, shape in shapes().subject_objects(SH.property) if not unaimed(node)}
    assert property_shapes() - used == set()


def test_nothing_but_paths_and_lists_is_nameless() -> None:
    kinds = {kind for node, kind in shapes().subject_objects(RDF.type) if not isinstance(node, URIRef)}
    assert kinds == set()


def unaimed(node: Node) -> bool:
    return not (set(shapes().objects(node, SH.targetClass)) | set(shapes().objects(node, SH.targetSubjectsOf)))


def test_shapes_need_no_sparql_and_close_nothing() -> None:
    assert not set(shapes().subjects(SH.sparql, None))
    assert not set(shapes().subjects(SH.closed, None))
