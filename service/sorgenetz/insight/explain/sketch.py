"""What a query consists of: its clauses and patterns, each with the place in the text where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sorgenetz.insight.explain.tokens import Token


@dataclass(frozen=True)
class Node:
    """A subject, a step of a path or an object: as written, and the tokens in it."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...] = ()

    @property
    def is_variable(self) -> bool:
        return self.text[:1] in ("?", "$")

    @property
    def name(self) -> Token | None:
        """Return the one IRI or prefixed name this is, else None."""
        only = self.tokens[0] if len(self.tokens) == 1 else None
        return only if only and only.kind in ("iri", "name") else None

    @property
    def literal(self) -> Token | None:
        """Return the string or number this is, its tag or type left out; else None."""
        first = self.tokens[0] if self.tokens else None
        return first if first and first.kind in ("string", "number") and len(self.tokens) < 4 else None

    @property
    def is_type(self) -> bool:
        return self.text == "a" or self.text in ("rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")


@dataclass(frozen=True)
class Piece:
    """One part of a group; `kind` is triple, filter, optional, minus, graph, union, select, values or bind.

    `text` can stand in a group by itself. `groups` are those inside; `tokens` all that is written in it.
    """

    kind: str
    text: str
    start: int
    end: int
    tokens: tuple[Token, ...] = ()
    nodes: tuple[Node, ...] = ()
    groups: tuple[tuple[Piece, ...], ...] = ()
    select: Sketch | None = None

    @property
    def variables(self) -> frozenset[str]:
        """Return the variables in it, without their sign."""
        written = {token.text[1:] for token in self.tokens if token.kind == "variable"}
        return frozenset(written | {node.text[1:] for node in self.nodes if node.is_variable})

    @property
    def refuses(self) -> bool:
        """Tell whether this is NOT EXISTS."""
        return self.kind == "filter" and bool(self.groups) and self.tokens[0].says("NOT")


@dataclass(frozen=True)
class Clause:
    """A clause behind the patterns, such as LIMIT 10."""

    word: str
    start: int
    end: int
    number: int = 0
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True)
class GraphClause:
    """FROM or FROM NAMED with the graph it names; both places are 0 for a graph that the request chose."""

    start: int
    end: int
    graph: Token
    named: bool


@dataclass
class Sketch:
    """A query or a subquery; places count characters from 0, as in the text that was read."""

    source: str
    form: str = ""
    start: int = 0
    projection_end: int = 0
    dataset: list[GraphClause] = field(default_factory=list)
    dataset_end: int = 0
    where: tuple[Piece, ...] = ()
    template: tuple[Piece, ...] = ()
    described: list[Token] = field(default_factory=list)
    tail: list[Clause] = field(default_factory=list)
    end: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    declared_at: dict[str, tuple[int, int]] = field(default_factory=dict)
    base: str = ""
    hidden: str = "step"
    aggregates: bool = False
    grouped: bool = False

    @property
    def prologue(self) -> str:
        return self.source[: self.start]

    @property
    def dataset_text(self) -> str:
        return " ".join(self.source[clause.start : clause.end] for clause in self.dataset)

    @property
    def counts_one_row(self) -> bool:
        """Tell whether this gives a row even where nothing matches."""
        return self.form == "SELECT" and self.aggregates and not self.grouped

    def clause(self, word: str) -> Clause | None:
        """Return the clause that begins with this word."""
        return next((clause for clause in self.tail if clause.word == word), None)


def unconnected(pieces: Sequence[Piece]) -> tuple[Piece, Piece] | None:
    """Return the first pattern that shares no variable with those before it, and one of those."""
    joined = [piece for piece in pieces if piece.kind not in ("filter", "bind", "minus")]
    ties = [set(piece.variables) for piece in joined] + [
        set(piece.variables) for piece in pieces if piece.kind in ("filter", "bind") and not piece.groups
    ]
    groups: list[set[str]] = []
    for variables in filter(None, ties):
        touching = [group for group in groups if group & variables]
        groups = [group for group in groups if not group & variables] + [variables.union(*touching)]
    for first, second in zip(joined, joined[1:], strict=False):
        home = next((group for group in groups if first.variables & group), set())
        if first.variables and second.variables and not second.variables & home:
            return first, second
    return None
