"""Where the engine would answer otherwise than SPARQL 1.1 says, and the text of a query is enough to tell.

What would be wrong is refused; where rows would only be counted otherwise, whoever asks is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sorgenetz.engine.query_tokens import Token, read_tokens
from sorgenetz.engine.search_patterns import MOST_CALLS, read_otherwise
from sorgenetz.errors import QueryRefused

_NO_LABEL = re.compile(r"\(\s*\)")


class GraphLost(QueryRefused):
    """A subquery within GRAPH ?g that the engine would ask of all graphs at once, or limit for all of them together.

    SPARQL 1.1, 18.6, evaluates it in each graph.
    """

    code = "graph-lost"


class LabelledBlankNode(QueryRefused):
    """BNODE("label"), which the engine gives the same blank node in each row (SPARQL 1.1, 17.4.2.9: another one)."""

    code = "labelled-blank-node"


class SearchPatternRefused(QueryRefused):
    """REGEX or REPLACE with what the engine reads otherwise than XPath and XQuery Functions 3.1, 5.6.1."""

    code = "search-pattern"


def has_alternatives(query: str) -> bool:
    """Tell whether there is a path such as `a|b`, by which the engine finds each pair once, in however many ways."""
    return "|" in query and any(token.kind == "sign" and token.text == "|" for token in read_tokens(query))


class Refusal(NamedTuple):
    """Why a query is not answered: the error, where in the text its reason is, and what else the error says."""

    error: type[QueryRefused]
    at: int
    said: tuple[tuple[str, str], ...] = ()


@dataclass
class _Group:
    """What stands between two braces: in which variable's graph, whether it is a subquery, and what was read of it."""

    graph: str = ""
    is_subquery: bool = False
    select_at: int = 0
    chosen: set[str] | None = None
    depth: int = 0
    names_graph: bool = False
    next_graph: str | None = None


class Departures:
    """Takes in the tokens of a query in turn; `refusal` is then the first reason not to answer it."""

    def __init__(self, text: str) -> None:
        self.refusal: Refusal | None = None
        self._text = text
        self._groups = [_Group()]
        self._calls = 0

    def take(self, token: Token) -> None:
        """Take in the next token."""
        here = self._groups[-1]
        names_graph, here.names_graph = here.names_graph, False
        if token.kind == "open":
            self._open(here, len(token.text))
        elif token.kind == "close":
            del self._groups[max(1, len(self._groups) - len(token.text)) :]
        elif token.kind == "sign":
            here.depth += {"(": 1, ")": -1}.get(token.text, 0)
        elif token.kind == "word":
            self._word(here, token.text.upper(), token.at)
        elif names_graph:
            here.next_graph = token.text[1:] if token.kind == "variable" else ""
        elif token.kind == "variable" and here.chosen is not None and not here.depth:
            here.chosen.add(token.text[1:])

    def _word(self, here: _Group, word: str, at: int) -> None:
        if word == "GRAPH":
            here.names_graph = True
        elif word.startswith("SELECT") and here.graph:
            here.is_subquery, here.select_at, here.chosen, here.depth = True, at, set(), 0
        elif word.startswith(("LIMIT", "OFFSET")) and here.is_subquery:
            self._refuse(GraphLost, at, variable=here.graph)
        elif word == "BNODE":
            call = self._text.find("(", at)
            if call >= 0 and not _NO_LABEL.match(self._text, call):
                self._refuse(LabelledBlankNode, at)
        elif word in ("REGEX", "REPLACE") and self._calls < MOST_CALLS:
            self._calls += 1
            sign = read_otherwise(self._text, at)
            if sign:
                self._refuse(SearchPatternRefused, at, sign=sign)

    def _open(self, here: _Group, braces: int) -> None:
        # Within a parenthesis it is the pattern of an EXISTS, and what is chosen goes on after it.
        if here.chosen is not None and not here.depth:
            if here.graph not in here.chosen:
                self._refuse(GraphLost, here.select_at, variable=here.graph)
            here.chosen = None
        graph = here.graph if here.next_graph is None else here.next_graph
        here.next_graph = None
        # One state for each: a clause that only a subquery has cannot stand between braces that follow each other.
        self._groups += [_Group(graph) for _ in range(braces)]

    def _refuse(self, error: type[QueryRefused], at: int, **said: str) -> None:
        self.refusal = self.refusal or Refusal(error, at, tuple(said.items()))
