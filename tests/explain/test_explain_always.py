"""Cases that are all explained rightly: each with its reason and place, and the query that is offered first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from explain.conftest import read_case, what_is_wrong
from sorgenetz.insight.explain.explain import Explanation
from sorgenetz.insight.reader import Reader

CASES = sorted((Path(__file__).parent.parent / "cases" / "explain-always").glob("*.rq"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_explained_and_mended(
    path: Path, explained: Callable[[str], Explanation | None], person: Reader
) -> None:
    wanted, query = read_case(path)
    found = explained(query)
    assert what_is_wrong(wanted, query, found) == ""
    for one in found.suggestions:
        assert len(person.engine.rows(one.query)) == one.rows
