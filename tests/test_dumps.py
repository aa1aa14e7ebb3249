"""Dumps: a release can be taken away whole, is the same bytes each time, and tables explain themselves."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from small_release import AWKWARD, ESSEN, small_release

from sorgenetz.names import GRAPH, RDF, SKOS, SN
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.dump_files import ALL, N_QUADS, TABLES, TRIG
from sorgenetz.releases.dump_rdf import Statements, write_n_quads

CONCEPTS = (SKOS + "Concept", SKOS + "ConceptScheme")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return small_release(tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    return ox.Store.read_only(str(release.store_path))


@pytest.fixture(scope="module")
def tables(release: Release) -> dict[str, list[dict[str, str]]]:
    """Each table by its file name, as rows; a table without rows is an empty list."""
    with zipfile.ZipFile(release.folder / "dumps" / TABLES.name) as packed:
        return {name: list(csv.DictReader(_text(packed, name))) for name in packed.namelist()}


def _text(packed: zipfile.ZipFile, name: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(packed.open(name), "utf-8", newline="")


def canonical_lines(quads: object) -> list[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} ." for quad in dataset)


def said(store: ox.Store) -> list[ox.Quad]:
    return [quad for graph in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, graph)]


def unpacked(release: Release, name: str) -> bytes:
    return gzip.decompress((release.folder / "dumps" / name).read_bytes())


def test_n_quads_are_the_canonical_form_of_all_statements(release: Release, store: ox.Store) -> None:
    lines = unpacked(release, N_QUADS.name).decode().split("\n")
    assert lines.pop() == ""
    assert lines == canonical_lines(said(store))
    assert len(lines) == release.manifest["quads"]
    assert any("_:c14n" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "kind"), [(N_QUADS.name, ox.RdfFormat.N_QUADS), (TRIG.name, ox.RdfFormat.TRIG)], ids=["nq", "trig"]
)
def test_a_dump_read_again_gives_the_quads_of_the_store(
    release: Release, store: ox.Store, name: str, kind: ox.RdfFormat
) -> None:
    assert canonical_lines(ox.parse(unpacked(release, name), format=kind)) == canonical_lines(said(store))


def test_trig_has_prefixes_and_one_block_per_graph(release: Release, store: ox.Store) -> None:
    text = unpacked(release, TRIG.name).decode()
    assert text.startswith("@prefix ")
    blocks = [line for line in text.splitlines() if line.endswith("{") and not line.startswith(("\t", " "))]
    assert len(blocks) == len(set(blocks)) == len(list(store.named_graphs()))


def test_lines_sorted_in_pieces_on_disk_are_the_same_file(store: ox.Store, tmp_path: Path) -> None:
    with Statements(store) as said_there:
        write_n_quads(said_there, tmp_path / "whole")
        write_n_quads(said_there, tmp_path / "pieces", lines_in_memory=1000)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes()


def test_two_builds_give_the_same_bytes(release: Release, tmp_path: Path) -> None:
    again = small_release(tmp_path)
    for name in [f"dumps/{dump.name}" for dump in ALL] + ["void.ttl", "network.json"]:
        assert (again.folder / name).read_bytes() == (release.folder / name).read_bytes(), name


def test_checksums_and_sizes_are_right(release: Release) -> None:
    listed = release.manifest["dumps"]
    assert list(listed) == [dump.name for dump in ALL]
    for name, about in listed.items():
        content = (release.folder / "dumps" / name).read_bytes()
        assert about == {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    sums = (release.folder / "dumps" / "SHA256SUMS").read_text().splitlines()
    assert sums == [f"{listed[dump.name]['sha256']}  {dump.name}" for dump in (N_QUADS, TRIG, TABLES)]


def test_each_thing_has_one_row_in_the_table_of_its_narrowest_class(
    store: ox.Store, tables: dict[str, list[dict[str, str]]]
) -> None:
    below: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(SUB_CLASS), None, ox.DefaultGraph()):
        below.setdefault(quad.object.value, set()).add(quad.subject.value)
    expected: dict[str, set[str]] = {}
    types: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, ox.DefaultGraph()):
        if quad.object.value.startswith(SN) or quad.object.value in CONCEPTS:
            types.setdefault(quad.subject.value, set()).add(quad.object.value)
    for thing, classes in types.items():
        for of_class in classes:
            if not below.get(of_class, set()) & classes:
                expected.setdefault(of_class.split("#")[1] + ".csv", set()).add(thing)
    found = {name: [row["iri"] for row in rows] for name, rows in tables.items() if "iri" in (rows[0] if rows else {})}
    assert {name: set(things) for name, things in found.items()} == expected
    assert all(len(things) == len(set(things)) and things == sorted(things) for things in found.values())
    assert "Talk.csv" in found and "Concept.csv" in found


SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


def test_a_row_holds_what_the_graph_says(tables: dict[str, list[dict[str, str]]]) -> None:
    (essen,) = tables["Municipality.csv"]
    assert essen["iri"] == ESSEN and essen["label_de"] == "Essen" and essen["population"] == "593085"
    assert essen["note_fr"] == AWKWARD
    assert essen["geonames"] == "https://sws.geonames.org/2928810/"
    assert essen["graphs"].split(" | ") == sorted(
        GRAPH + name for name in ("derived", "destatis-regionalstatistik-high", "geonames-medium")
    )


def test_names_stand_beside_iris_in_the_same_order(tables: dict[str, list[dict[str, str]]]) -> None:
    names = {row["iri"]: row["label_de"] for row in tables["Concept.csv"]}
    publication = next(row for row in tables["Publication.csv"] if row["targetGroup"].count("|") > 0)
    assert publication["targetGroup_label"].split(" | ") == [
        names[iri] for iri in publication["targetGroup"].split(" | ")
    ]


def test_columns_stand_in_the_order_of_the_ontology(store: ox.Store, tables: dict[str, list[dict[str, str]]]) -> None:
    orders = []
    for row in tables["codebook.csv"]:
        if row["file"] == "Event.csv" and row["property"].startswith(SN):
            order = store.quads_for_pattern(ox.NamedNode(row["property"]), ox.NamedNode(SN + "order"), None, None)
            orders.append(int(next(iter(order)).object.value))
    assert orders == sorted(orders) and len(set(orders)) > 5


def test_the_codebook_explains_each_column_and_no_other(release: Release) -> None:
    with zipfile.ZipFile(release.folder / "dumps" / TABLES.name) as packed:
        heads = {name: next(csv.reader(_text(packed, name))) for name in packed.namelist()}
        book = list(csv.DictReader(_text(packed, "codebook.csv")))
    assert [(row["file"], row["column"]) for row in book] == [(file, name) for file in heads for name in heads[file]]
    for row in book:
        words = ("label_de", "label_en", "definition_de", "definition_en", "type")
        assert all(row[word].strip() for word in words), row


def test_sources_say_who_speaks_in_each_graph(store: ox.Store, tables: dict[str, list[dict[str, str]]]) -> None:
    rows = {row["graph"]: row for row in tables["sources.csv"]}
    assert set(rows) == {graph.value for graph in store.named_graphs()}
    assert sum(int(row["statements"]) for row in rows.values()) == len(said(store))
    assert rows[GRAPH + "geonames-medium"]["note_de"] == "GeoNames (CC BY 4.0)"


def test_no_file_says_when_it_was_packed(release: Release) -> None:
    for dump in (N_QUADS, TRIG):
        assert (release.folder / "dumps" / dump.name).read_bytes()[4:8] == b"\0\0\0\0"
    with zipfile.ZipFile(release.folder / "dumps" / TABLES.name) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_release_of_plain_files_has_no_dumps(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    release = publish_files([tmp_path / "a.ttl"], Home(tmp_path / "home"))
    assert "dumps" not in release.manifest and not (release.folder / "dumps").exists()
