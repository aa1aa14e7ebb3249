"""One query on one open store, inside a worker: the dataset it asks, and its answer as bytes within bounds."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

import pyoxigraph as ox

from sorgenetz.engine.canonical import CANONICAL, write_canonical
from sorgenetz.engine.csv_rows import would_be_misread, write_csv
from sorgenetz.engine.row_count import RowMarks, rows_in
from sorgenetz.engine.xml_text import XML_FORMATS, NotXml, XmlText

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# Written without their names: the type of a text, and "a".
NEED_NO_PREFIX = (ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"), RDF_TYPE)
ROW_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
BOOLEAN_FORMATS = {key: ROW_FORMATS[key] for key in ("json", "xml")}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
# A statement shorter than this is rare, and holding one in memory costs ten times as much.
LEAST_BYTES_OF_A_STATEMENT = 32
SORTED_STATEMENTS = 20_000


class Refused(Exception):
    """The query cannot be answered; the parent turns `kind` into words."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Bounds(NamedTuple):
    """What an answer may hold at most."""

    result_bytes: int
    result_rows: int
    merged_quads: int


class _BoundedOutput:
    """Collects what a serialiser writes, and stops it at the bound instead of cutting; XML has to be XML."""

    def __init__(self, limit: int, format_key: str = "") -> None:
        self._left = limit
        self._xml = XmlText() if format_key in XML_FORMATS else None
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        kept = piece if self._xml is None else self._checked(self._xml, piece)
        self._left -= len(kept)
        if self._left < 0:
            raise Refused("result-too-large")
        self.pieces.append(kept)
        return len(piece)

    @staticmethod
    def _checked(xml: XmlText, piece: bytes) -> bytes:
        try:
            return xml.read(piece)
        except NotXml as error:
            raise Refused("unwritable") from error

    def flush(self) -> None:
        """There is nothing to flush."""

    def whole(self) -> bytes:
        """Return all that was written."""
        return b"".join(self.pieces)


class _BoundedRows(_BoundedOutput):
    """The same for rows in one of their formats, of which there may be `most`."""

    def __init__(self, limit: int, format_key: str, most: int) -> None:
        super().__init__(limit, format_key)
        self._marks = RowMarks(format_key)
        self._most = most
        self._format_key = format_key

    def write(self, piece: bytes) -> int:
        self._marks.read(piece)
        if self._marks.rows > self._most and self._format_key in ("xml", "tsv"):
            raise Refused("too-many-rows")
        return super().write(piece)

    def whole(self) -> bytes:
        """Return the answer; where texts may look like rows, count exactly before it is refused."""
        body = b"".join(self.pieces)
        if self._marks.rows > self._most and rows_in(body, self._format_key) > self._most:
            raise Refused("too-many-rows")
        return body


class _BoundedLines(_BoundedOutput):
    """The same for N-Triples: `limit` counts statements."""

    def write(self, piece: bytes) -> int:
        self._left -= piece.count(b"\n")
        if self._left < 0:
            raise Refused("dataset-too-large")
        self.pieces.append(piece)
        return len(piece)

    @property
    def left(self) -> int:
        return self._left


class Evaluator:
    """Answers queries on the release in `store`, whose default graph may be `held` in memory.

    Keeps the graph sets it had to merge, as far as the bound allows.
    """

    def __init__(self, store: ox.Store, held: ox.Store | None, prefixes: dict[str, str], bounds: Bounds) -> None:
        self._store = store
        self._held = held
        self._prefixes = prefixes
        self._bounds = bounds
        self._merged: OrderedDict[tuple[frozenset[str], frozenset[str]], ox.Store] = OrderedDict()

    def answer(
        self, query: str, format_key: str, dataset: tuple[list[str], list[str]] | None
    ) -> tuple[dict[str, object], bytes]:
        """Return what is known of the answer (`kind`, and `rows` where they are counted) and its bytes."""
        store, named = self._asked(query, dataset)
        # The dataset is always said: left to itself, the engine finds a statement of two FROM graphs twice.
        results = store.query(query, **named)
        output = _BoundedOutput(self._bounds.result_bytes, format_key)
        if isinstance(results, ox.QuerySolutions):
            fmt = _format(ROW_FORMATS, format_key)
            output = _BoundedRows(self._bounds.result_bytes, format_key, self._bounds.result_rows)
            results.serialize(output, fmt)
            if format_key == "csv" and would_be_misread(output.whole(), len(results.variables)):
                output = _BoundedRows(self._bounds.result_bytes, format_key, self._bounds.result_rows)
                write_csv(store.query(query, **named), output)
            facts: dict[str, object] = {"kind": "rows"}
        elif isinstance(results, ox.QueryBoolean):
            results.serialize(output, _format(BOOLEAN_FORMATS, format_key))
            facts = {"kind": "boolean"}
        else:
            statements = self._statements(results)
            prefixes = self._prefixes_of(statements) if format_key in ("ttl", "rdf") else {}
            _write(statements, output, format_key, prefixes)
            facts = {"kind": "graph", "rows": len(statements)}
        if store is not self._store and store is not self._held:
            facts["merged"] = True
        return facts, output.whole()

    def _statements(self, results: ox.QueryTriples) -> list[ox.Triple]:
        """Return each statement once, in the order of subjects where there are not too many to sort."""
        found: dict[ox.Triple, None] = {}
        by_bytes, by_rows = self._bounds.result_bytes // LEAST_BYTES_OF_A_STATEMENT, self._bounds.result_rows
        most = min(by_bytes, by_rows)
        for statement in results:
            found[statement] = None
            if len(found) > most:
                raise Refused("too-many-rows" if by_rows < by_bytes else "result-too-large")
        if len(found) > SORTED_STATEMENTS:
            return list(found)
        return sorted(found, key=_reading_order)

    def _prefixes_of(self, statements: list[ox.Triple]) -> dict[str, str]:
        """Return the prefixes that shorten at least one name of these statements."""
        if len(statements) > SORTED_STATEMENTS:
            return self._prefixes
        spaces: set[str] = set()
        for statement in statements:
            for term in (statement.subject, statement.predicate, statement.object):
                name = term.datatype if isinstance(term, ox.Literal) else term
                if isinstance(name, ox.NamedNode) and name not in NEED_NO_PREFIX:
                    iri = name.value
                    spaces.add(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1])
        return {prefix: iri for prefix, iri in self._prefixes.items() if iri in spaces}

    def _asked(self, query: str, dataset: tuple[list[str], list[str]] | None) -> tuple[ox.Store, dict[str, object]]:
        """Return the store to ask and how; the protocol and FROM mean the same (SPARQL 1.1, 13.1 and 13.2)."""
        if dataset is None:
            return (self._store if self._held is None or _may_name_graphs(query) else self._held), {}
        default, named = (list(dict.fromkeys(graphs)) for graphs in dataset)
        nodes = [ox.NamedNode(graph) for graph in named]
        if len(default) < 2:
            return self._store, {"default_graph": [ox.NamedNode(graph) for graph in default], "named_graphs": nodes}
        merged = self._merge(frozenset(default), frozenset(named))
        return merged, {"default_graph": ox.DefaultGraph(), "named_graphs": nodes}

    def _merge(self, default: frozenset[str], named: frozenset[str]) -> ox.Store:
        """Return a store whose default graph holds each statement of `default` once, beside the `named` graphs."""
        key = (default, named)
        if key in self._merged:
            self._merged.move_to_end(key)
            return self._merged[key]
        lines = _BoundedLines(self._bounds.merged_quads)
        for graph in sorted(default):
            self._store.dump(lines, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        text = b"".join(lines.pieces)
        for graph in sorted(named):
            rest = _BoundedLines(lines.left)
            self._store.dump(rest, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
            text += b"".join(rest.pieces).replace(b" .\n", f" {ox.NamedNode(graph)} .\n".encode())
            lines = rest
        merged = ox.Store()
        # One parse for all of it: a blank node that stands in two graphs stays one node.
        merged.load(text, ox.RdfFormat.N_QUADS, lenient=True)
        held = sum(len(store) for store in self._merged.values()) + len(merged)
        while self._merged and held > self._bounds.merged_quads:
            held -= len(self._merged.popitem(last=False)[1])
        self._merged[key] = merged
        return merged


def _may_name_graphs(query: str) -> bool:
    """Tell whether the word GRAPH may be in `query`; the parser takes none that is written with escapes."""
    return "GRAPH" in query.upper()


def _format(formats: dict[str, object], key: str) -> object:
    if key not in formats:
        raise Refused("format")
    return formats[key]


def _write(statements: list[ox.Triple], output: _BoundedOutput, format_key: str, prefixes: dict[str, str]) -> None:
    """Write the statements; raises Refused where the format has no way to write one of them."""
    if format_key == CANONICAL:
        return write_canonical(statements, output)
    fmt = _format(GRAPH_FORMATS, format_key)
    try:
        ox.serialize(statements, output, fmt, prefixes=prefixes)
    except (OSError, ValueError) as error:
        raise Refused("unwritable") from error


def _reading_order(statement: ox.Triple) -> tuple[str, bool, str, str]:
    """Sort by subject, its type first."""
    predicate = statement.predicate
    return str(statement.subject), predicate != RDF_TYPE, predicate.value, str(statement.object)
