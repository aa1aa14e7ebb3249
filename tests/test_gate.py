"""The gate judges what changed and what points at it; a wrong candidate is never published."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib.namespace import SH

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.cli.main import main
from sorgenetz.errors import GateClosed
from sorgenetz.gate.findings import Finding, report_turtle
from sorgenetz.gate.gate import close_if_wrong, examine
from sorgenetz.gate.shapes import ALONE
from sorgenetz.names import GRAPH, GRAPH_SHAPES, ID, RDFS, SN
from sorgenetz.publishing.build import build
from sorgenetz.releases.candidate import make_store
from sorgenetz.releases.chain import Home

NO_QUERIES = Path("/nonexistent")
PREFIXES = f"""
@prefix sn: <{SN}> . @prefix initiative: <{ID}initiative/> . @prefix event: <{ID}event/> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sns: <https://w3id.org/sorgenetz/shapes#> .
"""
SHAPES = """
sns:Initiative a sh:NodeShape ; sh:targetClass sn:Initiative ; sh:property sns:Initiative-name, sns:Initiative-shown .
sns:Initiative-name a sh:PropertyShape ; sh:path <http://www.w3.org/2000/01/rdf-schema#label> ; sh:minCount 1 ;
  sh:severity sh:Violation ; sh:message "Nennen Sie einen Namen."@de, "Give it a name."@en .
sns:Initiative-shown a sh:PropertyShape ; sh:path [ sh:inversePath sn:exampleOf ] ; sh:maxCount 1 ;
  sh:severity sh:Warning ; sh:message "Nur einmal zeigen."@de, "Show it once."@en .
"""


def quads_of(turtle: str, graph: str = GRAPH + "case-high") -> list[ox.Quad]:
    home = ox.NamedNode(graph)
    return [ox.Quad(*q.triple, home) for q in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def findings_on(tmp_path: Path, turtle: str, changed: str | None = None) -> list[Finding]:
    data = quads_of(turtle)
    make_store(tmp_path / "store", [*data, *quads_of(SHAPES, GRAPH_SHAPES)])
    return examine(tmp_path / "store", quads_of(changed) if changed else data, NO_QUERIES)


def test_a_wrong_thing_is_found_with_shape_severity_and_words_in_both_languages(tmp_path: Path) -> None:
    [finding] = findings_on(tmp_path, "initiative:a a sn:Initiative .")
    assert finding.thing == ID + "initiative/a"
    assert finding.shape.endswith("#Initiative-name") and finding.blocks
    assert (finding.text("de"), finding.text("en")) == ("Nennen Sie einen Namen.", "Give it a name.")


def test_a_right_thing_is_not_found(tmp_path: Path) -> None:
    assert findings_on(tmp_path, f'initiative:a a sn:Initiative ; <{RDFS}label> "A"@de .') == []


def test_only_what_changed_is_judged(tmp_path: Path) -> None:
    turtle = "initiative:a a sn:Initiative . initiative:b a sn:Initiative ."
    [finding] = findings_on(tmp_path, turtle, changed="initiative:b a sn:Initiative .")
    assert finding.thing == ID + "initiative/b"


def test_what_is_newly_pointed_at_is_judged_too(tmp_path: Path) -> None:
    turtle = """initiative:a a sn:Initiative ; <http://www.w3.org/2000/01/rdf-schema#label> "A"@de .
      event:x sn:exampleOf initiative:a . event:y sn:exampleOf initiative:a ."""
    [finding] = findings_on(tmp_path, turtle, changed="event:y sn:exampleOf initiative:a .")
    assert finding.shape.endswith("#Initiative-shown") and not finding.blocks


REGISTER = """
sns:UsedGraph a sh:NodeShape ; sh:targetClass sns:UsedGraph ;
  sh:property sns:UsedGraph-source .
sns:UsedGraph-source a sh:PropertyShape ; sh:path sn:source ; sh:minCount 1 ;
  sh:message "Wer sagt es?"@de, "Who says so?"@en .
sns:Measure a sh:NodeShape ; sh:targetClass sn:Measure ; sh:property sns:Measure-barrier .
sns:Measure-barrier a sh:PropertyShape ; sh:path sn:lowersBarrier ; sh:node sns:Barrier ;
  sh:message "Keine Hürde."@de, "Not a barrier."@en .
sns:Barrier a sh:NodeShape ; sh:property sns:Barrier-scheme .
sns:Barrier-scheme a sh:PropertyShape ; sh:path <http://www.w3.org/2004/02/skos/core#inScheme> ; sh:minCount 1 .
"""


def examined_after_removal(tmp_path: Path, said: str, gone: str) -> list[Finding]:
    make_store(tmp_path / "store", [*quads_of(said), *quads_of(REGISTER, GRAPH_SHAPES)])
    return examine(tmp_path / "store", quads_of(gone, GRAPH + "sources"), NO_QUERIES)


def test_what_points_at_a_changed_thing_is_judged_again(tmp_path: Path) -> None:
    gone = "event:barrier <http://www.w3.org/2004/02/skos/core#inScheme> event:scheme ."
    said = f"event:m a sn:Measure ; sn:lowersBarrier event:barrier . <{GRAPH}case-high> sn:source event:s ."
    found = examined_after_removal(tmp_path, said, gone)
    assert [(finding.thing, finding.shape[-15:]) for finding in found] == [(ID + "event/m", "Measure-barrier")]


def test_a_graph_in_use_cannot_lose_its_source(tmp_path: Path) -> None:
    [finding] = examined_after_removal(tmp_path, "event:a sn:start 1 .", f"<{GRAPH}case-high> sn:source event:s .")
    assert (finding.thing, finding.shape[-16:]) == (GRAPH + "case-high", "UsedGraph-source")


def test_a_large_change_is_judged_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    count = ALONE + 50
    turtle = " ".join(f"initiative:i{number} a sn:Initiative ." for number in range(count))
    found = findings_on(tmp_path, turtle)
    assert len(found) == count and len({finding.thing for finding in found}) == count


def test_warnings_let_a_candidate_pass_and_errors_do_not() -> None:
    warning = Finding("Warning", "urn:a", "Achtung.", "Mind.", "urn:s")
    error = Finding("Violation", "urn:a", "Falsch.", "Wrong.", "urn:s")
    assert "sh:conforms true" in close_if_wrong([])
    assert "sh:conforms false" in close_if_wrong([warning])
    with pytest.raises(GateClosed, match="1 errors"):
        close_if_wrong([warning, error])


def test_the_report_is_a_shacl_report_even_with_hostile_words() -> None:
    finding = Finding("Violation", "urn:a", 'Ein "Zitat" \\ und\nZeile', "x", "urn:s", path="urn:p")
    graph = rdflib.Graph().parse(data=report_turtle([finding]), format="turtle")
    [result] = graph.subjects(rdflib.RDF.type, SH.ValidationResult)
    assert rdflib.Literal('Ein "Zitat" \\ und\nZeile', lang="de") in graph.objects(result, SH.resultMessage)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A copy of the repository's files to spoil at will."""
    root = tmp_path_factory.mktemp("bundle")
    for folder in ("ontology", "shapes", "data", "queries"):
        shutil.copytree(find_bundle().root / folder, root / folder)
    return Bundle(root)


SPOILT = {
    "a graph that no source is registered for": (
        'graph:nowhere-high { initiative:alia sn:timeNote "x"@de . }',
        "shapes#UsedGraph",
        f"{GRAPH}nowhere-high",
    ),
    "a term that the ontology does not define": (
        "graph:einladung-digitaler-fachtag-high { initiative:alia sn:locatdIn municipality:09374166 . }",
        "shapes#UsedTerm",
        f"{SN}locatdIn",
    ),
    "a reference to nothing": (
        "graph:einladung-digitaler-fachtag-high { initiative:alia sn:locatedIn municipality:09999999 . }",
        "check/dangling-references",
        f"{ID}municipality/09999999",
    ),
}


@dataclass(frozen=True)
class Refused:
    """What came of a build and a check of the spoilt files: release before and after, findings, and what was said."""

    before: str
    after: str
    blocking: list[Finding]
    said: Result


@pytest.fixture(scope="module")
def refused(bundle: Bundle, published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Refused:
    """All spoilt files in one build and in one check."""
    home = Home(shutil.copytree(published_home, tmp_path_factory.mktemp("spoilt") / "home"))
    before = home.current().name
    prefixes = f"@prefix graph: <{GRAPH}> . @prefix municipality: <{ID}municipality/> .\n{PREFIXES}"
    files = {why: bundle.data / "initiatives" / f"spoilt-{number}.trig" for number, why in enumerate(SPOILT)}
    for why, file in files.items():
        file.write_text(prefixes + SPOILT[why][0], "utf-8")
    with pytest.raises(GateClosed) as caught:
        build(bundle, home)
    check = ["--home", home.path, "--language", "de", "check", "--from", bundle.root, *files.values()]
    said = CliRunner(env={"COLUMNS": "1000"}).invoke(main, list(map(str, check)))
    blocking = [finding for finding in caught.value.findings if finding.blocks]
    return Refused(before, home.current().name, blocking, said)


@pytest.mark.parametrize("why", SPOILT)
def test_a_spoilt_file_is_refused_for_its_reason_and_the_release_stays(refused: Refused, why: str) -> None:
    _, shape, wrong = SPOILT[why]
    assert any(shape in one.shape and wrong in (one.thing, one.value) for one in refused.blocking), refused.blocking
    assert refused.after == refused.before
    assert refused.said.exit_code == 1
    name = re.split("[/#]", wrong)[-1]
    assert any("Fehler" in line and name in line for line in refused.said.output.splitlines()), refused.said.output
