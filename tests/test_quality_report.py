"""A release keeps all that the gate found on it, also what an earlier release had and nobody touched since."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.gate.findings import Finding, report_turtle
from sorgenetz.names import GRAPH, ID, SH, SN
from sorgenetz.publishing.build import build
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.report import Remark, count_findings, read_report, report_store

PREFIXES = f"""@prefix sn: <{SN}> . @prefix graph: <{GRAPH}> . @prefix initiative: <{ID}initiative/> .
@prefix sh: <{SH}> . @prefix sns: <https://w3id.org/sorgenetz/shapes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SHAPES = """
sns:Initiative a sh:NodeShape ; sh:targetClass sn:Initiative ; sh:property sns:Initiative-place .
sns:Initiative-place a sh:PropertyShape ; sh:path sn:locatedIn ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "Wo ist sie?"@de, "Where is it?"@en .
"""
CHECK = """#+ title-de: Namen sind kurz.
#+ title-en: Names are short.
#+ severity: Info
#+ message-de: {thing} heißt „{value}“.
#+ message-en: {thing} is named “{value}”.
SELECT ?thing ?value WHERE {
  ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?value .
  FILTER(STRLEN(?value) > 10)
}
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """A bundle of one shape, one check and two initiatives without a place, one with a long name."""
    for folder in ("ontology", "shapes", "data", "queries/checks"):
        (tmp_path / "files" / folder).mkdir(parents=True)
    bundle = Bundle(tmp_path / "files")
    for folder in ("describe", "pages"):
        (bundle.queries / folder).symlink_to(find_bundle().queries / folder)
    (bundle.shapes / "initiative.ttl").write_text(PREFIXES + SHAPES)
    (bundle.queries / "checks" / "long.rq").write_text(CHECK)
    write(bundle, "one", 'initiative:one a sn:Initiative ; rdfs:label "One"@de .')
    write(bundle, "two", 'initiative:two a sn:Initiative ; rdfs:label "Twenty-two two"@de .')
    return bundle


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def write(bundle: Bundle, name: str, turtle: str) -> None:
    (bundle.data / f"{name}.trig").write_text(f"{PREFIXES} graph:{name}-high {{ {turtle} }}")


def found_on(release: Release) -> set[tuple[str, str]]:
    return {(one.severity, one.thing.removeprefix(ID)) for one in read_report(release.folder)}


def test_a_finding_comes_back_from_the_report_as_it_was() -> None:
    findings = [
        Finding("Warning", ID + "initiative/a", 'Ein "Zitat" \\ x', "A\nline", "urn:s", "urn:p", ID + "place/b"),
        Finding("Info", "not an IRI", "b", "b", "urn:s", value='Wort "x"'),
    ]
    text = report_turtle(findings)
    assert count_findings(text) == {"Violation": 0, "Warning": 1, "Info": 1}
    results = ox.parse(text, format=ox.RdfFormat.TURTLE)
    assert sum(triple.predicate.value == SH + "result" for triple in results) == 2


def test_the_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    finding = Finding(
        "Warning", ID + "initiative/a", 'Ein "Zitat" \\ x', "A\nline", "urn:s", "urn:p", "der Wert", component="urn:c"
    )
    (tmp_path / "report.ttl").write_text(report_turtle([finding]), "utf-8")
    assert read_report(tmp_path) == (
        Remark("Warning", finding.thing, "urn:s", finding.text_de, finding.text_en, "urn:p", "der Wert", "urn:c"),
    )


def test_no_report_or_a_broken_one_is_read_as_nothing(tmp_path: Path) -> None:
    assert read_report(tmp_path / "none") == ()
    (tmp_path / "report.ttl").write_text("<urn:a> oops")
    assert read_report(tmp_path) == ()


def test_each_result_has_what_shacl_demands_of_it_also_when_it_is_carried_on(bundle: Bundle, home: Home) -> None:
    """SHACL, 3.6.2: exactly one focus node, severity and source constraint component."""
    build(bundle, home)
    write(bundle, "one", 'initiative:one a sn:Initiative ; rdfs:label "One"@de ; sn:locatedIn <urn:place> .')
    store = report_store(build(bundle, home).release.folder)
    results = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(SH + "result"), None)]
    assert len(results) == 2
    for name in ("focusNode", "resultSeverity", "sourceConstraintComponent"):
        found = [list(store.quads_for_pattern(one, ox.NamedNode(SH + name), None)) for one in results]
        assert all(len(values) == 1 for values in found), name
    kinds = {values[0].object.value.removeprefix(SH) for values in found}
    assert kinds == {"MinCountConstraintComponent", "SPARQLConstraintComponent"}


def test_what_was_found_stays_until_the_thing_is_touched(bundle: Bundle, home: Home) -> None:
    first = build(bundle, home).release
    assert found_on(first) == {("Warning", "initiative/one"), ("Warning", "initiative/two"), ("Info", "initiative/two")}
    write(bundle, "one", 'initiative:one a sn:Initiative ; rdfs:label "One"@de ; sn:locatedIn <urn:place> .')
    second = build(bundle, home)
    assert found_on(second.release) == {("Warning", "initiative/two"), ("Info", "initiative/two")}
    assert len(second.findings) == 2
    write(bundle, "two", 'initiative:two a sn:Initiative ; rdfs:label "Two"@de .')
    assert found_on(build(bundle, home).release) == {("Warning", "initiative/two")}
    (bundle.data / "two.trig").unlink()
    assert found_on(build(bundle, home).release) == set()


def test_all_is_judged_again_when_nobody_knows_what_was_found(bundle: Bundle, home: Home) -> None:
    first = build(bundle, home).release
    manifest = {name: value for name, value in first.manifest.items() if name != "findings"}
    (first.folder / "manifest.json").write_text(json.dumps(manifest))
    write(bundle, "three", "initiative:three a sn:Initiative .")
    assert ("Warning", "initiative/one") in found_on(build(bundle, home).release)


def test_the_manifest_counts_what_was_found_and_what_there_is(bundle: Bundle, home: Home) -> None:
    manifest = build(bundle, home).release.manifest
    assert manifest["findings"] == {"Violation": 0, "Warning": 2, "Info": 1}
    assert (manifest["things"], manifest["sources"]) == (2, 0)


def test_files_that_met_no_gate_have_no_findings_rather_than_none(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    release = publish_files([tmp_path / "a.ttl"], home)
    assert release.manifest["findings"] is None and read_report(release.folder) == ()


def test_the_lineage_goes_back_to_the_first_release_that_is_kept(bundle: Bundle, home: Home) -> None:
    releases = []
    for number in range(3):
        write(bundle, "one", f'initiative:one a sn:Initiative ; rdfs:label "One {number}"@de .')
        releases.append(build(bundle, home).release)
    assert [one.name for one in home.lineage(releases[2])] == [one.name for one in releases]
    assert [one.name for one in home.lineage(releases[1])] == [one.name for one in releases[:2]]
    (releases[0].folder / "manifest.json").unlink()
    assert [one.number for one in home.lineage(releases[2])] == [2, 3]
