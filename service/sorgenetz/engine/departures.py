"""Where the engine would answer otherwise than SPARQL 1.1 says, and the text of a query is enough to tell.

What would be wrong is refused; where rows would only be counted otherwise, whoever asks is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sorgenetz.engine.query_tokens import Token, read_tokens
from sorgenetz.errors import SorgenetzError

_NO_LABEL = re.compile(r"\(\s*\)")


class GraphLost(SorgenetzError):
    """A subquery within GRAPH ?g that the engine would ask of all graphs at once, or limit for all of them together.

    SPARQL 1.1, 18.6, evaluates it in each graph.
    """

    status, exit_code, code = 400, 2, "graph-lost"


class LabelledBlankNode(SorgenetzError):
    """BNODE("label"), which the engine gives the same blank node in each row (SPARQL 1.1, 17.4.2.9: another one)."""

    status, exit_code, code = 400, 2, "labelled-blank-node"


def has_alternatives(query: str) -> bool:
    """Tell whether there is a path such as `a|b`, by which the engine finds each pair once, in however many ways."""
    return "|" in query and any(token.kind == "sign" and token.text == "|" for token in read_tokens(query))


@dataclass
class _Group:
    """What stands between two braces: in the graph of which variable, and whether it is a subquery there."""

    graph: str = ""
    is_subquery: bool = False


@dataclass
class Departures:
    """Takes in the tokens of a query in turn; `refused` is then why it is not answered, with what it `said`."""

    text: str
    refused: type[SorgenetzError] | None = None
    said: tuple[tuple[str, str], ...] = ()
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _graph: str | None = None
    _names_graph: bool = False
    _chosen: set[str] | None = None
    _depth: int = 0

    def take(self, token: Token) -> None:
        """Take in the next token."""
        names_graph, self._names_graph = self._names_graph, False
        if token.kind == "open":
            self._open(len(token.text))
        elif token.kind == "close":
            del self._groups[max(1, len(self._groups) - len(token.text)) :]
        elif token.kind == "sign":
            self._depth += {"(": 1, ")": -1}.get(token.text, 0)
        elif token.kind == "word":
            self._word(token.text.upper(), token.at)
        elif names_graph:
            self._graph = token.text[1:] if token.kind == "variable" else ""
        elif token.kind == "variable" and self._chosen is not None and not self._depth:
            self._chosen.add(token.text[1:])

    def _word(self, word: str, at: int) -> None:
        here = self._groups[-1]
        if word == "GRAPH":
            self._names_graph = True
        elif word.startswith("SELECT") and here.graph:
            here.is_subquery = True
            self._chosen, self._depth = set(), 0
        elif word.startswith(("LIMIT", "OFFSET")) and here.is_subquery:
            self._refuse(GraphLost, variable=here.graph)
        elif word == "BNODE":
            call = self.text.find("(", at)
            if call >= 0 and not _NO_LABEL.match(self.text, call):
                self._refuse(LabelledBlankNode)

    def _open(self, braces: int) -> None:
        here = self._groups[-1]
        if self._chosen is not None and here.graph not in self._chosen:
            self._refuse(GraphLost, variable=here.graph)
        graph = here.graph if self._graph is None else self._graph
        self._graph = self._chosen = None
        # One for all of them: a clause that only a subquery has cannot stand between them.
        self._groups += [_Group(graph)] * braces

    def _refuse(self, reason: type[SorgenetzError], **said: str) -> None:
        self.refused, self.said = reason, tuple(said.items())
