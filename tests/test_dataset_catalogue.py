"""The catalogue is what data portals need (DCAT-AP), and each address in a description leads to what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from described import BASE_URL, client_of, read, typed, value, values
from flask.testing import FlaskClient
from small_release import small_release

from sorgenetz.names import DCT, FOAF, PREFIXES, VOID

DCAT = PREFIXES["dcat"]
SPDX = "http://spdx.org/rdf/terms#"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
DATASET = ox.NamedNode("https://w3id.org/sorgenetz/dataset")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("catalogue")
    small_release(folder)
    with client_of(folder / "home") as client:
        yield client


@pytest.fixture(scope="module")
def dcat(client: FlaskClient) -> ox.Store:
    return read(client, "/dataset")


# DCAT-AP 3.0: what each class must have, and how many of each.
MANDATORY = {
    DCAT + "Catalog": [DCT + "title", DCT + "description", DCT + "publisher"],
    DCAT + "Dataset": [DCT + "title", DCT + "description"],
    DCAT + "Distribution": [DCAT + "accessURL"],
    DCAT + "DataService": [DCT + "title", DCAT + "endpointURL"],
    FOAF + "Agent": [FOAF + "name"],
    SPDX + "Checksum": [SPDX + "algorithm", SPDX + "checksumValue"],
    DCT + "RightsStatement": [],
}
AT_MOST_ONE = [
    DCT + "publisher", DCT + "license", DCT + "modified", DCT + "issued", DCT + "accessRights", DCT + "format",
    DCT + "accrualPeriodicity", DCAT + "mediaType", DCAT + "compressFormat", DCAT + "packageFormat", DCAT + "byteSize",
    DCAT + "version", SPDX + "checksum", DCAT + "endpointDescription",
]  # fmt: skip
FROM_LISTS = {
    DCT + "language": EU + "language/", DCT + "format": EU + "file-type/", DCT + "spatial": EU + "country/",
    DCT + "accrualPeriodicity": EU + "frequency/", DCAT + "theme": EU + "data-theme/",
    DCT + "accessRights": EU + "access-right/", DCAT + "mediaType": IANA, DCAT + "compressFormat": IANA,
    DCAT + "packageFormat": IANA,
}  # fmt: skip


@pytest.mark.parametrize("of_class", MANDATORY)
def test_dcat_has_what_dcat_ap_demands(dcat: ox.Store, of_class: str) -> None:
    nodes = typed(dcat, of_class)
    assert nodes
    for node in nodes:
        assert all(values(dcat, node, name) for name in MANDATORY[of_class]), node
        assert all(len(values(dcat, node, name)) <= 1 for name in AT_MOST_ONE), node


def test_dcat_takes_its_values_from_the_lists_of_the_eu_and_of_iana(dcat: ox.Store) -> None:
    for name, start in FROM_LISTS.items():
        quads = list(dcat.quads_for_pattern(None, ox.NamedNode(name), None))
        assert quads and all(isinstance(quad.object, ox.NamedNode) for quad in quads), name
        assert all(quad.object.value.startswith(start) for quad in quads), name


def test_each_distribution_is_the_file_it_describes(client: FlaskClient, dcat: ox.Store) -> None:
    nodes = typed(dcat, DCAT + "Distribution")
    assert len(nodes) == 3
    for node in nodes:
        response = client.get(urlsplit(value(dcat, node, DCAT + "downloadURL")).path, buffered=True)
        assert response.status_code == 200
        assert len(response.data) == int(value(dcat, node, DCAT + "byteSize"))
        checksum = ox.NamedNode(value(dcat, node, SPDX + "checksum"))
        assert sha256(response.data).hexdigest() == value(dcat, checksum, SPDX + "checksumValue")


def test_addresses_are_those_of_this_service(client: FlaskClient, dcat: ox.Store) -> None:
    void = read(client, "/.well-known/void")
    assert values(void, DATASET, VOID + "sparqlEndpoint") == [f"{BASE_URL}/sparql"]
    dumps = set(values(void, DATASET, VOID + "dataDump"))
    assert {iri.rsplit("/")[-1] for iri in dumps} == {"sorgenetz.nq.gz", "sorgenetz.trig.gz"}
    assert all(iri.startswith(f"{BASE_URL}/dumps/") for iri in dumps)
    assert dumps < {value(dcat, node, DCAT + "downloadURL") for node in typed(dcat, DCAT + "Distribution")}
    (service,) = typed(dcat, DCAT + "DataService")
    assert value(dcat, service, DCAT + "endpointURL") == f"{BASE_URL}/sparql"


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
@pytest.mark.parametrize("path", ["/.well-known/void", "/dataset"])
def test_each_format_says_the_same(client: FlaskClient, path: str, accept: str) -> None:
    assert set(read(client, path, accept)) == set(read(client, path))
