"""Cases that are all explained rightly: each with its reason and place, and the query that is offered first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from explain.conftest import read_case, what_is_wrong
from sorgenetz.insight.explain.explain import Explanation
from sorgenetz.insight.explain.words import offer, sentences
from sorgenetz.insight.reader import Reader

CASES = sorted((Path(__file__).parent.parent / "cases" / "explain-always").glob("*.rq"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_explained_and_mended(
    path: Path, explained: Callable[[str], Explanation | None], person: Reader
) -> None:
    wanted, query = read_case(path)
    found = explained(query)
    assert what_is_wrong(wanted, query, found) == ""
    assert ", ".join(f"{one.reason} {one.culprit}" for one in found.further) == wanted.get("further", "")
    for one in found.suggestions:
        assert len(person.engine.rows(one.query)) == one.rows


def test_each_of_several_mistakes_is_told_and_what_is_changed_together(
    explained: Callable[[str], Explanation | None], person: Reader
) -> None:
    found = explained(read_case(next(path for path in CASES if path.stem == "class-and-property-misspelt"))[1])
    german, english = (sentences(person, found, language) for language in ("de", "en"))
    assert "Nichts ist `sn:Initative`" in german[0] and "Kein Eintrag hat `sn:locatdIn`" in german[1]
    assert "Nothing is a `sn:Initative`" in english[0] and "Nothing has `sn:locatdIn`" in english[1]
    one = found.suggestions[0]
    assert offer(person, one, "de") == "Mit `sn:Initiative` und `sn:locatedIn` zusammen."
    assert offer(person, one, "en") == "With `sn:Initiative` and `sn:locatedIn` together."
    assert (one.old, one.new) == ("sn:Initative ; sn:locatdIn", "sn:Initiative ; sn:locatedIn")


def test_a_mistake_that_cannot_be_mended_is_not_followed_by_others(
    explained: Callable[[str], Explanation | None],
) -> None:
    query = "PREFIX sn: <https://w3id.org/sorgenetz/ontology#> SELECT * { ?i a sn:Xyzzyfoo ; sn:locatdIn ?m }"
    found = explained(query)
    assert (found.reason, found.further, found.suggestions) == ("unknown-class", (), ())


def test_both_ways_of_asking_several_graphs_are_offered_and_told(
    explained: Callable[[str], Explanation | None], person: Reader
) -> None:
    found = explained(read_case(next(path for path in CASES if path.stem == "statements-of-several-graphs"))[1])
    assert [one.mend.says for one in found.suggestions] == ["without-graph", "a-graph-for-each"]
    german, english = (sentences(person, found, language)[0] for language in ("de", "en"))
    assert german.startswith("Kein Graph sagt zugleich `?i a sn:Initiative` und `sn:locatedIn ?m`")
    assert english.startswith("No one graph says `?i a sn:Initiative` and `sn:locatedIn ?m` together")
