"""An explanation as a page shows it: sentences, the marked line, and mended queries to follow."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, request

from sorgenetz.errors import SorgenetzError, TooManyQueries
from sorgenetz.insight.answers import Answered
from sorgenetz.insight.explain.explain import Explanation, explain_empty, explain_error, says_nothing
from sorgenetz.insight.explain.mend import Suggestion
from sorgenetz.insight.explain.probes import Budget
from sorgenetz.insight.explain.words import offer, sentences
from sorgenetz.web.pages import reader

# A page is held up by no more than this; who wants to know more asks for it, or asks for JSON.
ON_A_PAGE = Budget(seconds=1.0)
ASKED_FOR = Budget(probes=120, seconds=4.0)
LONGEST_IN_ADDRESS = 4000


@dataclass(frozen=True)
class Told:
    """What the page says of an answer that is empty or failed; `None` for the explanation while others have theirs."""

    found: Explanation | None
    query: str
    language: str

    @property
    def sentences(self) -> list[list[tuple[bool, str]]]:
        """Return the sentences, each as parts that are code or are not."""
        said = sentences(reader(), self.found, self.language) if self.found else []
        return [_parts(sentence) for sentence in said]

    @property
    def line(self) -> tuple[int, str, str, str] | None:
        """Return the number of the line with the culprit, and its text before, in and behind it."""
        if not self.found or self.found.end <= self.found.start:
            return None
        query, start = self.query, self.found.start
        begin, end = query.rfind("\n", 0, start) + 1, query.find("\n", start)
        end = len(query) if end < 0 else end
        stop = min(self.found.end, end)
        return self.found.place[0], query[begin:start].lstrip(), query[start:stop], query[stop:end].rstrip()

    @property
    def offers(self) -> list[tuple[list[tuple[bool, str]], Suggestion]]:
        """Return the mended queries, each with the sentence about it."""
        suggestions = self.found.suggestions if self.found else ()
        return [(_parts(offer(reader(), one, self.language)), one) for one in suggestions]

    @property
    def further(self) -> str:
        """Return the address at which it is looked at for longer; empty where that is of no use."""
        if "explain" in request.values or len(self.query) > LONGEST_IN_ADDRESS or (self.found and self.found.complete):
            return ""
        return f"/{self.language}/sparql?{urlencode({'query': self.query, 'explain': 1})}"

    @property
    def as_json(self) -> str:
        """Return the address of the same for programs; empty for a query too long for an address."""
        return "" if len(self.query) > LONGEST_IN_ADDRESS else self.address("/api/explain", self.query)

    def address(self, path: str, query: str) -> str:
        """Return the address that asks `query` there."""
        return f"{path}?{urlencode({'query': query})}"


def told(query: str, answered: Answered | None, error: SorgenetzError | None) -> Told | None:
    """Return what is to be said of the answer to `query`; None for one that has rows, or an error that says it all."""
    if error is not None:
        found = explain_error(reader(), query, error)
        return Told(found, query, g.language) if found else None
    if answered is None or not is_empty(query, answered):
        return None
    budget = ASKED_FOR if request.values.get("explain") else ON_A_PAGE
    try:
        return Told(explain_empty(reader(), query, None, budget), query, g.language)
    except TooManyQueries:
        return Told(None, query, g.language)


def is_empty(query: str, answered: Answered) -> bool:
    """Tell whether an answer says nothing: no row, no statement, no, or a count of none."""
    if answered.form == "ask":
        return not answered.yes
    if answered.form != "select" or answered.total != 1:
        return not answered.total
    row = {name: term for name, term in zip(answered.columns, answered.rows[0], strict=True) if term}
    return says_nothing(query, row)


def _parts(sentence: str) -> list[tuple[bool, str]]:
    return [(index % 2 == 1, text) for index, text in enumerate(sentence.split("`")) if text]
