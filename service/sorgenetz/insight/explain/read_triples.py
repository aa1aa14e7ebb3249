"""Reads triples with their `;`, `,`, brackets and paths; a path a/b becomes two triples with a hidden one between."""

from __future__ import annotations

from sorgenetz.insight.explain.sketch import Node, Piece
from sorgenetz.insight.explain.tokens import NotReadable, Token

ENDS_A_LIST = (".", "}", "{", "]", "")
MOST_TRIPLES = 400
DEEPEST = 30


class TripleReader:
    """Walks over tokens; `at` is the index of the next."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.hidden = "step"
        while self.hidden in text:
            self.hidden += "_"
        self._made = 0
        self._brackets = 0
        self._beside: list[Piece] = []

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def next(self) -> Token:
        """Return the token here and go on."""
        token = self.tokens[self.at]
        if token.kind == "end" and self.at + 1 >= len(self.tokens):
            self.at = len(self.tokens)
            self.tokens.append(token)
            return token
        self.at += 1
        return token

    def check_depth(self, depth: int) -> None:
        """Refuse what is nested deeper than anybody writes."""
        if depth > DEEPEST:
            raise NotReadable

    def back(self) -> None:
        """Go back to the end, which was read as a token."""
        self.at = len(self.tokens) - 1

    def expect(self, sign: str) -> Token:
        """Return the token here, which has to be this one."""
        if self.here.text != sign:
            raise NotReadable
        return self.next()

    def balanced(self) -> None:
        """Go behind the bracket that closes the one here."""
        if self.here.text != "(":
            raise NotReadable
        depth = 0
        while True:
            token = self.next()
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return
            if token.kind == "end":
                raise NotReadable

    def triples(self) -> list[Piece]:
        """Return the triples of one subject."""
        self._beside = []
        begin = self.here.start
        subject = self.node()
        found = [] if self.here.text in ENDS_A_LIST else self._properties(subject, begin)
        found = self._beside + found
        if not found or len(found) > MOST_TRIPLES:
            raise NotReadable
        return found

    def node(self) -> Node:
        """Return a term as it can stand in a triple; a blank node becomes a hidden variable."""
        first, index = self.here, self.at
        if first.text == "[":
            return self._bracket()
        if first.text == "(":
            self.balanced()
        elif first.kind == "string":
            self.next()
            if self.here.kind == "language":
                self.next()
            elif self.here.text == "^^":
                self.next()
                self.next()
        elif first.text in ("+", "-"):
            self.next()
            self.next()
        elif first.kind in ("iri", "name", "variable", "number", "blank") or first.says("TRUE", "FALSE"):
            self.next()
        else:
            raise NotReadable
        end = self.tokens[self.at - 1].end
        text = self.text[first.start : end]
        if first.kind == "blank":
            text = f"?{self.hidden}_{''.join(c if c.isalnum() else '_' for c in first.text[2:])}"
        return Node(text, first.start, end, tuple(self.tokens[index : self.at]))

    def _bracket(self) -> Node:
        start = self.next().start
        self._brackets += 1
        self.check_depth(self._brackets)
        node = Node(self._new_variable(), start, start + 1)
        if self.here.text != "]":
            self._beside += self._properties(node, self.here.start)
        end = self.expect("]").end
        self._brackets -= 1
        return Node(node.text, start, end)

    def _new_variable(self) -> str:
        self._made += 1
        return f"?{self.hidden}{self._made}"

    def _properties(self, subject: Node, begin: int) -> list[Piece]:
        found: list[Piece] = []
        while True:
            steps = self._path()
            while True:
                objekt = self.node()
                found += self._chain(subject, steps, objekt, begin)
                if self.here.text != ",":
                    break
                begin = self.next().end
                begin = self.here.start
            while self.here.text == ";":
                self.next()
            if self.here.text in ENDS_A_LIST or self.here.kind == "word" and self.here.text != "a":
                return found
            begin = self.here.start

    def _chain(self, subject: Node, steps: list[Node], objekt: Node, begin: int) -> list[Piece]:
        found = []
        for step in steps:
            is_last = step is steps[-1]
            target = objekt if is_last else Node(self._new_variable(), step.end, step.end)
            start = begin if step is steps[0] else step.start
            nodes = (subject, step, target)
            end = target.end if is_last else step.end
            tokens = tuple(token for node in nodes for token in node.tokens)
            found.append(Piece("triple", " ".join(node.text for node in nodes) + " .", start, end, tokens, nodes))
            subject = target
        return found

    def _path(self) -> list[Node]:
        """Return the steps of a path that follow one another; alternatives are one step."""
        if self.here.kind == "variable":
            return [self.node()]
        begin, steps, alternative = self.at, [], False
        while True:
            first = self.at
            self._step()
            steps.append(self._node_from(first))
            if self.here.text == "|":
                alternative = True
            elif self.here.text != "/":
                break
            self.next()
        return [self._node_from(begin)] if alternative else steps

    def _step(self) -> None:
        while self.here.text in ("^", "!"):
            self.next()
        if self.here.text == "(":
            self.balanced()
        elif self.here.kind in ("iri", "name") or self.here.text == "a":
            self.next()
        else:
            raise NotReadable
        if self.here.text in ("*", "+", "?"):
            self.next()

    def _node_from(self, index: int) -> Node:
        tokens = tuple(self.tokens[index : self.at])
        return Node(self.text[tokens[0].start : tokens[-1].end], tokens[0].start, tokens[-1].end, tokens)
