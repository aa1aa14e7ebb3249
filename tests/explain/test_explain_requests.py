"""Graphs that a request chooses, and that do not say what is asked: what the request has to say is told."""

from __future__ import annotations

import pytest

from explain.conftest import PATIENT
from sorgenetz.engine.query_text import Dataset
from sorgenetz.insight.explain.explain import explain_empty
from sorgenetz.insight.explain.words import sentences
from sorgenetz.insight.reader import Reader

SPACE = "https://w3id.org/sorgenetz/graph/"
ONTOLOGY, EDITORS, NOBODYS = SPACE + "ontology", SPACE + "redaktion-high", SPACE + "nobodys"
PREFIXES = f"""PREFIX sn: <https://w3id.org/sorgenetz/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX graph: <{SPACE}>
"""
CLASSES, INITIATIVES = "{ ?c a owl:Class }", "{ ?i a sn:Initiative }"


@pytest.mark.parametrize(
    ("patterns", "dataset", "reason", "advised"),
    [
        (f"GRAPH ?g {CLASSES}", Dataset((ONTOLOGY,)), "no-named-graphs", Dataset((ONTOLOGY,), (ONTOLOGY,))),
        (f"GRAPH ?g {INITIATIVES}", Dataset((ONTOLOGY,)), "no-named-graphs", Dataset((ONTOLOGY,), (EDITORS,))),
        (f"GRAPH ?g {INITIATIVES}", Dataset((), (ONTOLOGY,)), "other-graphs", Dataset((), (ONTOLOGY, EDITORS))),
        (INITIATIVES, Dataset((ONTOLOGY,)), "other-graphs", Dataset((ONTOLOGY, EDITORS))),
        (INITIATIVES, Dataset((), (EDITORS,)), "default-graph-empty", Dataset((EDITORS,), (EDITORS,))),
        (
            f"GRAPH graph:redaktion-high {INITIATIVES}", Dataset((), (ONTOLOGY,)), "graph-not-chosen",
            Dataset((), (ONTOLOGY, EDITORS)),
        ),
    ],
)  # fmt: skip
def test_what_the_request_lacks_is_told_and_helps(
    person: Reader, patterns: str, dataset: Dataset, reason: str, advised: Dataset
) -> None:
    query = f"{PREFIXES}SELECT * {{ {patterns} }}"
    found = explain_empty(person, query, dataset, PATIENT)
    assert (found.reason, found.suggestions) == (reason, ())
    named = len(advised.named_graphs) > len(dataset.named_graphs)
    graph = (advised.named_graphs if named else advised.default_graphs)[-1]
    for language in ("de", "en"):
        assert f"`{'named' if named else 'default'}-graph-uri={graph}`" in sentences(person, found, language)[1]
        assert "FROM" not in " ".join(sentences(person, found, language))
    assert person.engine.answer(query, "json", dataset).rows == 0
    assert person.engine.answer(query, "json", advised).rows > 0


def test_a_graph_that_there_is_not_is_named(person: Reader) -> None:
    query = f"{PREFIXES}SELECT * FROM graph:ontology {{ ?c a owl:Class }}"
    found = explain_empty(person, query, Dataset((ONTOLOGY, NOBODYS)), PATIENT)
    assert (found.reason, found.iri, found.culprit) == ("unknown-graph", NOBODYS, "")
    assert "`graph:nobodys`" in sentences(person, found, "en")[0]


def test_graphs_that_do_not_say_what_no_graph_says_are_not_to_blame(person: Reader) -> None:
    query = f"{PREFIXES}SELECT * {{ GRAPH ?g {{ ?i a sn:Initative }} }}"
    assert explain_empty(person, query, Dataset((ONTOLOGY,)), PATIENT).reason == "unknown-class"


def test_an_empty_group_in_a_graph_that_cannot_be_asked_is_explained(person: Reader) -> None:
    query = f"{PREFIXES}SELECT * {{ GRAPH graph:redaktion-high {{}} }}"
    assert explain_empty(person, query, Dataset((), (ONTOLOGY,)), PATIENT).reason == "graph-not-chosen"
