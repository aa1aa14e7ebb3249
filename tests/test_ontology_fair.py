"""What the FAIR checks of FOOPS! (https://foops.linkeddata.es) would say of the ontology, asked without a network.

Each test names the check it stands for, and the pitfall of OOPS! that asks the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from authored_ontology import HEADER, TERMS, core, local
from described import client_of
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDFS, SKOS, VANN, XSD
from small_release import small_release

from sorgenetz.formats import GRAPH_FORMATS
from sorgenetz.names import BASE, ONTOLOGY, PREFIXES, SHAPES, SN


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with client_of(small_release(tmp_path_factory.mktemp("fair")).folder.parent.parent) as client:
        yield client


def test_foops_om1_om2_minimal_metadata() -> None:
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.bibliographicCitation):
        assert {text.language for text in core().objects(HEADER, predicate)} == {"de", "en"}
    for predicate in (DCTERMS.creator, DCTERMS.publisher, OWL.versionInfo, VANN.preferredNamespacePrefix):
        assert core().value(HEADER, predicate)
    assert str(core().value(HEADER, VANN.preferredNamespaceUri)) == SN
    for predicate in (DCTERMS.created, DCTERMS.modified, DCTERMS.issued):
        assert core().value(HEADER, predicate).datatype == XSD.date
    assert core().value(HEADER, DCTERMS.created).value <= core().value(HEADER, DCTERMS.modified).value


def test_foops_om4_oops_p41_licence_is_an_iri_of_a_known_licence() -> None:
    licences = list(core().objects(HEADER, DCTERMS.license))
    assert licences == [URIRef("https://creativecommons.org/licenses/by/4.0/")]


def test_foops_purl1_id1_oops_p39_one_persistent_namespace() -> None:
    assert ONTOLOGY.startswith("https://w3id.org/") and f"{ONTOLOGY}#" == SN
    assert {str(term).rpartition("#")[0] for term in TERMS} == {ONTOLOGY}


def test_foops_ver1_ver2_the_version_has_an_iri_that_leads_to_the_ontology(client: FlaskClient) -> None:
    version = str(core().value(HEADER, OWL.versionIRI))
    assert version == f"{ONTOLOGY}/{core().value(HEADER, OWL.versionInfo)}"
    assert all(str(before) != version for before in core().objects(HEADER, OWL.priorVersion))
    response = client.get(path_of(version), headers={"Accept": "text/turtle"})
    assert response.status_code == 200 and HEADER in set(Graph().parse(data=response.data).subjects())
    assert client.get("/ontology/0.0.1").status_code == 404


def path_of(iri: str) -> str:
    return "/" + iri.removeprefix(BASE)


@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.key)
def test_foops_cn1_rdf1_oops_p37_the_ontology_iri_answers_in_rdf(client: FlaskClient, fmt: object) -> None:
    response = client.get(path_of(ONTOLOGY), headers={"Accept": fmt.media_type})
    assert response.status_code == 200 and response.mimetype == fmt.media_type
    store = ox.Store()
    store.load(response.data, format=ox.RdfFormat.from_media_type(fmt.media_type))
    assert {quad.subject.value for quad in store} >= {str(term) for term in TERMS}
    assert len(GRAPH_FORMATS) >= 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_foops_doc1_the_ontology_iri_answers_with_a_page_that_has_an_anchor_for_each_term(
    client: FlaskClient, language: str
) -> None:
    response = client.get(path_of(ONTOLOGY), headers={"Accept": "text/html", "Accept-Language": language})
    assert response.status_code == 200 and response.mimetype == "text/html"
    assert all(f' id="{local(term)}"' in response.text for term in TERMS)


def test_foops_declared_json_ld_context_is_there(client: FlaskClient) -> None:
    (context,) = [iri for iri in core().objects(HEADER, RDFS.seeAlso) if str(iri).endswith(".jsonld")]
    response = client.get(path_of(str(context)))
    assert response.status_code == 200 and response.mimetype == "application/ld+json"


def test_foops_find1_the_prefix_is_the_one_we_use_everywhere() -> None:
    assert str(core().value(HEADER, VANN.preferredNamespacePrefix)) == "sn" and PREFIXES["sn"] == SN


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_foops_voc3_voc4_oops_p08_labels_and_definitions_in_both_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(text.language for text in core().objects(term, predicate)) == ["de", "en"]


def test_what_ontology_and_shapes_name_is_described_where_its_address_leads() -> None:
    root = Path(__file__).parent.parent
    described, named = {}, set()
    for start, folder in ((SN, "ontology"), (SHAPES, "shapes")):
        quads = [quad for path in (root / folder).rglob("*.ttl") for quad in ox.parse(path=path)]
        described[start] = {quad.subject.value for quad in quads}
        named |= {term.value for quad in quads for term in quad.triple if isinstance(term, ox.NamedNode)}
    ours = {name for name in named if name.startswith(f"{BASE}") and "#" in name}
    lost = [name for name in ours if name not in described.get(name.partition("#")[0] + "#", ())]
    assert ours and lost == []
