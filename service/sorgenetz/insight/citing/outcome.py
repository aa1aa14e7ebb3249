"""What came of a query, so that two outcomes can be compared whatever they were written in."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import pyoxigraph as ox

from sorgenetz.engine.engine import Engine
from sorgenetz.engine.query_text import read_query
from sorgenetz.insight.citing.reference import Reference
from sorgenetz.terms import Term

# Strings, IRIs and comments hold words that mean nothing to the engine.
_NOT_CODE = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*'
)
_MOVING = re.compile(r"\b(RAND|NOW|UUID|STRUUID|BNODE|SAMPLE)\s*\(", re.IGNORECASE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_PART = re.compile(r"\b(LIMIT|OFFSET)\s+[0-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """The rows, statements or truth of an answer as lines of text, sorted where no order was asked for."""

    form: str
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    release: str
    seconds: float

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 over form, columns and lines: the same for every format, process and machine."""
        return sha256("\n".join([self.form, "\t".join(self.columns), *self.lines]).encode()).hexdigest()


def repeatable(query: str) -> str:
    """Return why a query may give another answer on the same release, or an empty text: moving, part."""
    code = _NOT_CODE.sub(" ", query)
    if _MOVING.search(code):
        return "moving"
    return "part" if _PART.search(code) and not _ORDER.search(code) else ""


def outcome(engine: Engine, query: str, graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> Outcome:
    """Return what comes of `query`; raises the errors of the engine.

    Rows keep their order where ORDER BY asks for one, and are sorted else; a graph is canonicalized (RDFC-1.0).
    """
    form = read_query(query).form
    if form in ("construct", "describe"):
        given = engine.answer(query, "nt", graphs)
        return Outcome("graph", (), tuple(_statements(given.body)), given.release, given.engine_seconds)
    given = engine.answer(query, "json", graphs)
    said = json.loads(given.body)
    if "boolean" in said:
        return Outcome("ask", (), (str(said["boolean"]).lower(),), given.release, given.engine_seconds)
    columns = tuple(said["head"]["vars"])
    rows = ["\t".join(_cell(row.get(name)) for name in columns) for row in said["results"]["bindings"]]
    if not _ORDER.search(_NOT_CODE.sub(" ", query)):
        rows.sort()
    return Outcome("select", columns, tuple(rows), given.release, given.engine_seconds)


def refer(engine: Engine, query: str, graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> Reference:
    """Return the reference to the answer that `query` has on the release served now."""
    found = outcome(engine, query, graphs)
    return Reference(query, found.release, found.fingerprint, *(graphs or ((), ())))


@dataclass(frozen=True)
class Difference:
    """The lines that only the later outcome has, and those that only the earlier one has."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reordered: bool = False


def difference(earlier: Outcome, later: Outcome) -> Difference:
    """Return what a later outcome has more and less; rows count as often as they stand there."""
    before, after = Counter(earlier.lines), Counter(later.lines)
    added, removed = tuple((after - before).elements()), tuple((before - after).elements())
    return Difference(added, removed, not added and not removed and earlier.lines != later.lines)


def _cell(value: dict | None) -> str:
    if value is None:
        return ""
    if value["type"] == "bnode":
        return "_:"
    if value["type"] in ("uri", "literal", "typed-literal"):
        kind = "uri" if value["type"] == "uri" else "literal"
        return Term(kind, value["value"], value.get("xml:lang"), value.get("datatype")).n3()
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _statements(n_triples: bytes) -> Iterable[str]:
    dataset = ox.Dataset(ox.parse(io.BytesIO(n_triples), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.triple} ." for quad in dataset)
