"""Reads a query that the engine has understood into a sketch of its parts (SPARQL 1.1, 19.8, as far as it matters)."""

from __future__ import annotations

from sorgenetz.engine.iri_reference import resolve
from sorgenetz.insight.explain.read_triples import TripleReader
from sorgenetz.insight.explain.sketch import Clause, GraphClause, Piece, Sketch
from sorgenetz.insight.explain.tokens import NotReadable, Token, local_part, read_all

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
TAIL = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def read_sketch(query: str) -> Sketch:
    """Return the parts of `query`; raises NotReadable where it is nested too deeply or written in another language."""
    return _Reader(query, read_all(query)).query()


class _Reader(TripleReader):
    def query(self) -> Sketch:
        sketch = Sketch(self.text, hidden=self.hidden)
        while self.here.says("PREFIX", "BASE"):
            self._declaration(sketch)
        if not self.here.says(*FORMS):
            raise NotReadable
        self._select(sketch)
        if self.here.kind != "end":
            raise NotReadable
        return sketch

    def _declaration(self, sketch: Sketch) -> None:
        start = self.here.start
        if self.next().says("BASE"):
            sketch.base = resolve(self.next().text[1:-1], sketch.base)
            return
        prefix = local_part(self.next().text)[0]
        iri = self.next()
        sketch.prefixes[prefix] = resolve(iri.text[1:-1], sketch.base)
        sketch.declared_at[prefix] = (start, iri.end)

    def _select(self, sketch: Sketch, deep: int = 0) -> None:
        """Read from SELECT (or another form) to the end of its clauses."""
        sketch.start = self.here.start
        sketch.form = self.next().text.upper()
        if sketch.form == "CONSTRUCT" and self.here.text == "{":
            sketch.template = self.group(0)
        depth = 0
        while not (depth == 0 and (self.here.text == "{" or self.here.says("WHERE", "FROM", *TAIL))):
            token = self.next()
            depth += (token.text == "(") - (token.text == ")")
            sketch.aggregates |= token.says(*AGGREGATES)
            if sketch.form == "DESCRIBE" and token.kind in ("iri", "name"):
                sketch.described.append(token)
            if token.kind == "end":
                if sketch.form != "DESCRIBE":
                    raise NotReadable
                sketch.projection_end = sketch.dataset_end = sketch.end = token.start
                self.back()
                return
        sketch.projection_end = self.here.start
        while self.here.says("FROM"):
            start = self.next().start
            named = self.here.says("NAMED")
            if named:
                self.next()
            graph = self.next()
            sketch.dataset.append(GraphClause(start, graph.end, graph, named))
        sketch.dataset_end = self.here.start
        if self.here.says("WHERE"):
            self.next()
        if self.here.text == "{":
            sketch.where = self.group(deep)
        self._tail(sketch)

    def _tail(self, sketch: Sketch) -> None:
        while self.here.says(*TAIL):
            word = self.here.text.upper()
            if word == "VALUES":
                sketch.where = (*sketch.where, self._values())
                continue
            start, depth, number, last = self.next().start, 0, 0, self.here
            while self.here.kind != "end" and not (depth == 0 and (self.here.says(*TAIL) or self.here.text == "}")):
                last = self.next()
                depth += (last.text == "(") - (last.text == ")")
                number = int(last.text) if last.kind == "number" and last.text.isdecimal() else number
            sketch.tail.append(Clause(word, start, last.end, number, self._between(start)))
            sketch.grouped |= word == "GROUP"
        sketch.end = self.tokens[self.at - 1].end

    def group(self, depth: int) -> tuple[Piece, ...]:
        """Return the parts between two braces."""
        self.check_depth(depth)
        self.expect("{")
        if self.here.says("SELECT"):
            pieces = (self._subquery(depth),)
            self.expect("}")
            return pieces
        found: list[Piece] = []
        while self.here.text != "}":
            if self.here.text == ".":
                self.next()
            elif self.here.text == "{":
                found.append(self._union(depth))
            elif self.here.says("OPTIONAL", "MINUS"):
                start = self.next()
                inside = self.group(depth + 1)
                found.append(self._piece(start.text.lower(), start.start, groups=(inside,)))
            elif self.here.says("GRAPH"):
                start = self.next()
                name = self.node()
                inside = self.group(depth + 1)
                found.append(self._piece("graph", start.start, nodes=(name,), groups=(inside,)))
            elif self.here.says("FILTER"):
                found += self._filter(depth)
            elif self.here.says("BIND"):
                start = self.next()
                self.balanced()
                found.append(self._piece("bind", start.start))
            elif self.here.says("VALUES"):
                found.append(self._values())
            elif self.here.kind == "end" or self.here.says("SERVICE", "LATERAL"):
                raise NotReadable
            else:
                found += self.triples()
        self.expect("}")
        return tuple(found)

    def _subquery(self, depth: int) -> Piece:
        sketch = Sketch(self.text, hidden=self.hidden)
        self._select(sketch, depth + 1)
        text = "{ " + self.text[sketch.start : sketch.end] + " }"
        return Piece("select", text, sketch.start, sketch.end, self._between(sketch.start), select=sketch)

    def _union(self, depth: int) -> Piece:
        start = self.here.start
        groups = [self.group(depth + 1)]
        while self.here.says("UNION"):
            self.next()
            groups.append(self.group(depth + 1))
        return self._piece("union", start, groups=tuple(groups))

    def _values(self) -> Piece:
        start = self.next()
        if self.here.text == "(":
            self.balanced()
        else:
            self.next()
        self.expect("{")
        while self.here.text != "}":
            if self.next().kind == "end":
                raise NotReadable
        self.expect("}")
        return self._piece("values", start.start)

    def _filter(self, depth: int) -> list[Piece]:
        """Return a piece for each of the conditions that `&&` ties together."""
        self.next()
        if self.here.text != "(":
            return [self._condition(depth)]
        first = self.at + 1
        self.balanced()
        last = self.at - 1
        found, level, begin = [], 0, first
        for index in range(first, last):
            text = self.tokens[index].text
            level += (text in "({") - (text in ")}")
            if text == "||" and level == 0:
                return [self._part(first, last, depth)]
            if text == "&&" and level == 0:
                found.append(self._part(begin, index, depth))
                begin = index + 1
        return [*found, self._part(begin, last, depth)]

    def _part(self, begin: int, end: int, depth: int) -> Piece:
        """Return the condition made of the tokens from `begin` up to `end`."""
        kept, self.at = self.at, begin
        if self.here.says("NOT", "EXISTS"):
            piece = self._condition(depth)
        else:
            self.at = end
            piece = self._piece("filter", self.tokens[begin].start, text="FILTER({})")
        self.at = kept
        return piece

    def _condition(self, depth: int) -> Piece:
        """Return a condition that needs no brackets: (NOT) EXISTS or a call."""
        start = self.here.start
        if self.here.says("NOT", "EXISTS"):
            self.next()
            if self.here.says("EXISTS"):
                self.next()
            inside = self.group(depth + 1)
            return self._piece("filter", start, groups=(inside,), text="FILTER {}")
        self.next()
        self.balanced()
        return self._piece("filter", start, text="FILTER({})")

    def _piece(self, kind: str, start: int, text: str = "{}", **more: object) -> Piece:
        end = self.tokens[self.at - 1].end
        return Piece(kind, text.replace("{}", self.text[start:end]), start, end, self._between(start), **more)

    def _between(self, start: int) -> tuple[Token, ...]:
        index = self.at
        while index and self.tokens[index - 1].start >= start:
            index -= 1
        return tuple(self.tokens[index : self.at])
