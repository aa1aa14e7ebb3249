"""Planted cases: an explanation names the right reason and place, and offers the right query first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from explain.conftest import read_case, what_is_wrong
from sorgenetz.insight.explain.explain import Explanation
from sorgenetz.insight.explain.words import reasons
from sorgenetz.insight.reader import Reader

CASES = Path(__file__).parent.parent / "cases"
PLANTED = sorted((CASES / "explain").glob("*.rq"))
# Written after the first were explained rightly, to see whether others are.
FURTHER = sorted((CASES / "explain-further").glob("*.rq"))
RIGHT_OF_HUNDRED = 90

Explained = Callable[[str], Explanation | None]


def judged(paths: list[Path], explained: Explained) -> list[str]:
    """Return a line for each case that is explained wrongly."""
    wrong = []
    for path in paths:
        wanted, query = read_case(path)
        why = what_is_wrong(wanted, query, explained(query))
        if why:
            wrong.append(f"{path.stem}: {why}")
    return wrong


@pytest.mark.parametrize("cases", [PLANTED, FURTHER], ids=["planted", "further"])
def test_at_least_nine_of_ten_cases_are_explained_rightly(cases: list[Path], explained: Explained) -> None:
    wrong = judged(cases, explained)
    print(f"{len(cases) - len(wrong)} of {len(cases)} right", *wrong, sep="\n")
    assert len(PLANTED) >= 50
    assert (len(cases) - len(wrong)) * 100 >= RIGHT_OF_HUNDRED * len(cases), wrong


def test_the_cases_name_reasons_that_have_words() -> None:
    assert {read_case(path)[0]["reason"] for path in (*PLANTED, *FURTHER)} <= set(reasons())


def test_the_judge_finds_a_wrong_explanation(explained: Explained) -> None:
    wanted, query = read_case(CASES / "explain" / "property-misspelt.rq")
    found = explained(query)
    assert what_is_wrong(wanted, query, found) == ""
    for other in ({"reason": "combination"}, {"culprit": "?barrier"}, {"mend": "sn:initiative"}):
        assert what_is_wrong(wanted | other, query, found)
    assert what_is_wrong(wanted, query, None)


@pytest.mark.parametrize("path", [*PLANTED, *FURTHER], ids=lambda path: path.stem)
def test_what_is_offered_keeps_the_rest_of_the_query_and_brings_as_many_rows_as_promised(
    path: Path, explained: Explained, person: Reader
) -> None:
    query = read_case(path)[1]
    found = explained(query)
    for one in found.suggestions if found else ():
        start, end, new = one.mend.edit
        assert one.query.endswith(new + query[end:]) or new == ""
        assert query[:start].strip() in one.query or one.mend.prefixes
        if one.rows > 0 and query.lstrip().startswith(("SELECT", "PREFIX")) and "SELECT" in query:
            rows = person.engine.rows(one.query)
            assert len(rows) == one.rows
