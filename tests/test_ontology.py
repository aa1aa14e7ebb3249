"""The ontology is complete, readable in two languages, and names nothing that it does not define."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Literal, Node

from sorgenetz.names import ID, ONTOLOGY, PREFIXES, SHAPES, SN

REPOSITORY = Path(__file__).parent.parent
TURTLE = sorted([*(REPOSITORY / "ontology").rglob("*.ttl"), *(REPOSITORY / "shapes").glob("*.ttl")])
SCHEME_FILES = sorted((REPOSITORY / "ontology/schemes").glob("*.ttl"))
SCHEMES = (
    "actor-kinds", "barriers", "confidence", "initiative-kinds", "limits", "problems", "roles", "success-factors",
    "support-forms", "target-groups",
)  # fmt: skip
PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
VANN = "http://purl.org/vocab/vann/"
# Every actor is an organisation, a network or a person, and these have shapes.
WITHOUT_SHAPE = {"Actor"}
ONE_SENTENCE = re.compile(r"^[^\s].*\.$", re.DOTALL)
NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-ZÄÖÜ]")


@cache
def read(file: Path) -> Graph:
    return Graph().parse(file)


@cache
def core() -> Graph:
    return read(REPOSITORY / "ontology/sorgenetz.ttl")


@cache
def everything() -> Graph:
    graph = Graph()
    for file in TURTLE:
        graph += read(file)
    return graph


def of_kind(*kinds: Node) -> list[URIRef]:
    return sorted({term for kind in kinds for term in core().subjects(RDF.type, kind)})


CLASSES = of_kind(OWL.Class)
PROPERTIES = of_kind(*PROPERTY_KINDS)
CONCEPTS = sorted({c for file in SCHEME_FILES for c in read(file).subjects(RDF.type, SKOS.Concept)})


def local(term: Node) -> str:
    return re.split(r"[#/]", str(term))[-1]


def assert_in_both_languages(graph: Graph, term: Node, predicate: URIRef) -> list[Literal]:
    texts = list(graph.objects(term, predicate))
    assert sorted(text.language or "" for text in texts) == ["de", "en"], f"{term} {predicate}"
    assert all(str(text).strip() == str(text) != "" for text in texts)
    return texts


def assert_one_sentence(texts: list[Literal]) -> None:
    for text in texts:
        assert ONE_SENTENCE.match(text)
        assert not NEXT_SENTENCE.search(text), text


@pytest.mark.parametrize("file", TURTLE, ids=lambda file: file.name)
def test_file_parses_and_uses_only_listed_prefixes(file: Path) -> None:
    assert len(read(file)) > 0
    listed = dict(declared_prefixes())
    for prefix, namespace in re.findall(r"^@prefix (\S*): <(.*)> \.$", file.read_text("utf-8"), re.MULTILINE):
        assert listed.get(prefix) == namespace


def declared_prefixes() -> list[tuple[str, str]]:
    graph = read(REPOSITORY / "ontology/prefixes.ttl")
    declarations = graph.objects(URIRef(ONTOLOGY), SH.declare)
    return [(str(graph.value(d, SH.prefix)), str(graph.value(d, SH.namespace))) for d in declarations]


def test_prefixes_are_declared_once_and_agree_with_the_code() -> None:
    pairs = declared_prefixes()
    assert len({prefix for prefix, _ in pairs}) == len(pairs)
    assert set(PREFIXES.items()) <= set(pairs)


def test_header_says_who_made_it_when_under_which_licence_and_how_to_cite() -> None:
    header = URIRef(ONTOLOGY)
    graph = core()
    assert (header, RDF.type, OWL.Ontology) in graph
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label, DCTERMS.bibliographicCitation):
        assert_in_both_languages(graph, header, predicate)
    assert graph.value(header, DCTERMS.creator)
    assert graph.value(header, DCTERMS.publisher)
    assert graph.value(header, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(header, DCTERMS.created).datatype == XSD.date
    version = str(graph.value(header, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert graph.value(header, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert all(version in text for text in graph.objects(header, DCTERMS.bibliographicCitation))
    assert str(graph.value(header, URIRef(VANN + "preferredNamespacePrefix"))) == "sn"
    assert str(graph.value(header, URIRef(VANN + "preferredNamespaceUri"))) == SN
    assert {local(part) for part in graph.objects(header, DCTERMS.hasPart)} == set(SCHEMES)


@pytest.mark.parametrize("term", CLASSES + PROPERTIES, ids=local)
def test_term_is_named_defined_explained_and_shown_by_example_in_both_languages(term: URIRef) -> None:
    assert str(term).startswith(SN)
    assert_in_both_languages(core(), term, RDFS.label)
    assert_one_sentence(assert_in_both_languages(core(), term, SKOS.definition))
    assert_in_both_languages(core(), term, SKOS.example)
    assert_in_both_languages(core(), term, SKOS.scopeNote)
    assert core().value(term, RDFS.isDefinedBy) == URIRef(ONTOLOGY)
    assert core().value(term, URIRef(SN + "order")).datatype == XSD.integer


def test_labels_definitions_and_places_in_the_order_are_never_shared() -> None:
    for terms, predicate in (
        (CLASSES, RDFS.label),
        (CLASSES + PROPERTIES, SKOS.definition),
        (CLASSES + PROPERTIES, URIRef(SN + "order")),
    ):
        texts = [text for term in terms for text in core().objects(term, predicate)]
        assert len(set(texts)) == len(texts), predicate


def test_names_follow_one_style() -> None:
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", local(term)) for term in CLASSES)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]+", local(term)) for term in PROPERTIES)


def test_no_undefined_term_is_used_anywhere() -> None:
    defined = {*CLASSES, *PROPERTIES, *everything().objects(URIRef(ONTOLOGY), SH.declare)}
    used = {node for triple in everything() for node in triple if isinstance(node, URIRef) and node.startswith(SN)}
    assert used - defined == set()


def test_no_undefined_shape_concept_or_scheme_is_used_anywhere() -> None:
    subjects = set(everything().subjects())
    nodes = {node for triple in everything() for node in triple if isinstance(node, URIRef)}
    named = {node for node in nodes if node.startswith((SHAPES, ID)) and not node.startswith(ID + "source/")}
    assert named - subjects == set()


def test_alignments_speak_only_of_our_terms_and_of_our_concepts_classes_and_point_outside() -> None:
    graph = read(REPOSITORY / "ontology/alignments.ttl")
    matches = {SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.exactMatch}
    for subject, predicate, target in graph:
        assert subject in {*CLASSES, *PROPERTIES, SKOS.Concept, SKOS.ConceptScheme}
        assert predicate in matches | {RDFS.subClassOf, RDFS.subPropertyOf}
        assert (predicate == RDFS.subClassOf) <= (subject in CLASSES)
        assert (predicate == RDFS.subPropertyOf) <= (subject in PROPERTIES)
        assert not str(target).startswith(SN)


def test_reused_terms_are_foreign_named_and_explained() -> None:
    graph = read(REPOSITORY / "ontology/reused.ttl")
    reused = set(graph.subjects(DCTERMS.isReferencedBy, URIRef(ONTOLOGY)))
    assert reused == set(graph.subjects())
    for term in reused:
        assert not str(term).startswith(SN)
        assert str(term).startswith(str(graph.value(term, RDFS.isDefinedBy)))
        assert_in_both_languages(graph, term, RDFS.label)
        assert_one_sentence(assert_in_both_languages(graph, term, SKOS.scopeNote))


def test_every_foreign_property_with_a_shape_is_among_the_reused() -> None:
    reused = set(read(REPOSITORY / "ontology/reused.ttl").subjects())
    properties = set()
    for file in (REPOSITORY / "shapes").glob("*.ttl"):
        if file.stem not in ("privacy", "provenance"):
            properties |= {path for path in read(file).objects(None, SH.path) if isinstance(path, URIRef)}
    foreign = {path for path in properties if not path.startswith(SN)}
    assert foreign - reused == {RDFS.isDefinedBy}


def test_subclasses_form_a_tree_without_cycles() -> None:
    for term in CLASSES:
        parents = [parent for parent in core().objects(term, RDFS.subClassOf) if parent in CLASSES]
        assert len(parents) <= 1
        above = list(core().transitive_objects(term, RDFS.subClassOf))
        assert len(set(above)) == len(above)
        assert all(term not in core().transitive_objects(parent, RDFS.subClassOf) for parent in parents)


def test_ontology_stays_within_plain_classes_and_properties() -> None:
    allowed = {
        OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology, OWL.versionIRI,
        OWL.versionInfo, OWL.deprecated, OWL.inverseOf, OWL.disjointWith, OWL.SymmetricProperty,
        OWL.TransitiveProperty, OWL.FunctionalProperty, OWL.differentFrom,
        URIRef(str(OWL)),
    }  # fmt: skip
    files = [file for file in TURTLE if file.parent.name != "shapes"]
    nodes = {node for file in files for triple in read(file) for node in triple}
    assert {n for n in nodes if isinstance(n, URIRef) and n.startswith(str(OWL))} - allowed == set()
    assert all(isinstance(triple[0], URIRef) for file in files for triple in read(file))


@pytest.mark.parametrize("name", SCHEMES)
def test_scheme_is_named_and_every_concept_stands_in_its_file(name: str) -> None:
    graph = read(REPOSITORY / f"ontology/schemes/{name}.ttl")
    scheme = URIRef(f"{ID}scheme/{name}")
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert_in_both_languages(graph, scheme, SKOS.prefLabel)
    assert_one_sentence(assert_in_both_languages(graph, scheme, SKOS.definition))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts and concepts == set(graph.subjects(SKOS.inScheme, scheme))
    orders = [int(graph.value(concept, URIRef(SN + "order"))) for concept in concepts]
    assert sorted(orders) == list(range(1, len(concepts) + 1))
    for language in ("de", "en"):
        labels = [label for label in graph.objects(None, SKOS.prefLabel) if label.language == language]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: "/".join(concept.split("/")[-2:]))
def test_concept_is_named_defined_and_placed(concept: URIRef) -> None:
    graph = everything()
    assert_in_both_languages(graph, concept, SKOS.prefLabel)
    assert_one_sentence(assert_in_both_languages(graph, concept, SKOS.definition))
    assert all(label.language for label in graph.objects(concept, SKOS.altLabel))
    scheme = graph.value(concept, SKOS.inScheme)
    broader = list(graph.objects(concept, SKOS.broader))
    assert bool(broader) != ((concept, SKOS.topConceptOf, scheme) in graph)
    assert all(graph.value(above, SKOS.inScheme) == scheme for above in broader)
    assert all(isinstance(source, URIRef) for source in graph.objects(concept, DCTERMS.source))


def test_the_five_barriers_of_the_conference_come_first() -> None:
    graph = read(REPOSITORY / "ontology/schemes/barriers.ttl")
    order = sorted((int(number), local(concept)) for concept, number in graph.subject_objects(URIRef(SN + "order")))
    assert [name for _, name in order[:5]] == ["language", "financial", "spatial", "digital", "discrimination"]


def test_every_class_and_property_has_a_shape() -> None:
    graph = everything()
    targeted = set(graph.objects(None, SH.targetClass))
    above = {term: set(graph.transitive_objects(term, RDFS.subClassOf)) for term in CLASSES}
    shapeless = {local(term) for term in CLASSES if not above[term] & targeted}
    assert shapeless == WITHOUT_SHAPE
    paths = {node for path in graph.objects(None, SH.path) for node in (path, *graph.objects(path, SH.inversePath))}
    assert {local(term) for term in PROPERTIES if term not in paths} == set()
