"""RDF files of any kind become quads; what cannot be read is said with file, line and column."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import FileBroken, FileKindUnknown
from sorgenetz.names import RDF
from sorgenetz.text_files import bytes_of, text_of

# Where what is said of one thing ends, as files are written: a full stop or a brace at the end of a line.
_STATEMENTS_END = re.compile(r"(?:\.|\})[ \t]*(?:#.*)?$", re.M)
_TYPE = RDF + "type"
FILE_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read_rdf_file(path: Path, graph: str | None = None) -> list[ox.Quad]:
    """Return the quads of one file; what stands in no graph goes into `graph` (the default graph if None).

    Raises FileMissing, FileKindUnknown for an ending that is not in FILE_FORMATS, FileNotUtf8 with the line, and
    FileBroken with line (from 1), column (from 1) and what was expected.
    """
    _kind_of(path)
    return parse_rdf(path, bytes_of(path), graph)


def parse_rdf(path: Path, text: bytes, graph: str | None = None) -> list[ox.Quad]:
    """Return the quads of `text` as `read_rdf_file` would if it stood at `path`."""
    text = text.removeprefix(BOM_UTF8)
    home, kind = ox.NamedNode(graph) if graph else ox.DefaultGraph(), _kind_of(path)
    try:
        return [
            quad if not isinstance(quad.graph_name, ox.DefaultGraph) else ox.Quad(*quad.triple, home)
            for quad in ox.parse(text, format=kind, base_iri="https://w3id.org/sorgenetz/", rename_blank_nodes=True)
        ]
    except SyntaxError as error:
        if kind != ox.RdfFormat.RDF_XML:
            text_of(path, text)
        raise _broken(path, text, error) from error


def _kind_of(path: Path) -> ox.RdfFormat:
    kind = FILE_FORMATS.get(path.suffix.lower())
    if kind is None:
        raise FileKindUnknown(file=path, endings=" ".join(FILE_FORMATS))
    return kind


def with_stable_blank_nodes(quads: Iterable[ox.Quad], file_name: str) -> list[ox.Quad]:
    """Return the quads with blank nodes named by RDFC-1.0, so that the same file gives the same names anywhere."""
    quads = list(quads)
    if not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        return quads
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    mark = "b" + sha256(file_name.encode()).hexdigest()[:8]

    def renamed(term: object) -> object:
        return ox.BlankNode(mark + term.value) if isinstance(term, ox.BlankNode) else term

    return [ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name) for q in dataset]


def line_of(path: Path, iri: str, prefixes: dict[str, str]) -> int | None:
    """Return the first line (from 1) that begins with this thing, or else names it; None if none does."""
    text, name = _text_of(path), _written(iri, prefixes)
    found = re.search(rf"^[ \t]*{name}", text, re.M) or re.search(rf"(?<=[\s;,{{]){name}", text)
    return text.count("\n", 0, found.end()) + 1 if found else None


def line_of_statement(path: Path, iri: str, predicate: str, value: str, prefixes: dict[str, str]) -> int | None:
    """Return the first line (from 1) where this thing is said to have this value, or else this property at all.

    An empty `predicate` or `value` stands for any; None is returned where nothing of it is said of the thing.
    """
    text = _text_of(path)
    said = f"(?:{_written(predicate, prefixes)}{'|a(?= )' if predicate == _TYPE else ''})" if predicate else ""
    meant = rf"(?:{_written(value, prefixes)}|\"{{1,3}}{re.escape(value)}\")" if value else ""
    blocks = [
        (found.end(), _STATEMENTS_END.search(text, found.end()))
        for found in re.finditer(rf"^[ \t]*{_written(iri, prefixes)}", text, re.M)
    ]
    for looked_for in filter(None, (said and meant and rf"{said}[^;]*?(?={meant})", said or meant)):
        for start, end in blocks:
            found = re.compile(rf"(?<=[\s;,\[]){looked_for}").search(text, start, end.start() if end else len(text))
            if found:
                return text.count("\n", 0, found.end()) + 1
    return None


def begins_a_line(text: str, iri: str, prefixes: dict[str, str]) -> bool:
    """Return whether a line of `text` begins with this thing."""
    return re.split("[/#]", iri)[-1] in text and bool(re.search(rf"^[ \t]*{_written(iri, prefixes)}", text, re.M))


def gives_class(text: str, iri: str, prefixes: dict[str, str]) -> bool:
    """Return whether a thing in `text` is said to be of this class."""
    return re.split("[/#]", iri)[-1] in text and bool(re.search(rf"\sa\s+{_written(iri, prefixes)}", text))


def _written(iri: str, prefixes: dict[str, str]) -> str:
    """Return a pattern for the ways to write a name: in full, and with each prefix that fits."""
    names = [f"<{iri}>"]
    names += [f"{prefix}:{iri[len(start) :]}" for prefix, start in prefixes.items() if iri.startswith(start)]
    return "(?:" + "|".join(map(re.escape, names)) + r")(?=[\s;,.{]|$)"


@lru_cache(maxsize=64)
def _text_of(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.suffix in (".ttl", ".trig") else ""


def _broken(path: Path, text: bytes, error: SyntaxError) -> FileBroken:
    line, column, reason = error.lineno, error.offset, str(error.msg)
    place = re.match(r"Parser error (?:between line .*?|at line \d+ (?:column \d+|between .*?)): (.*)", reason, re.S)
    reason = (place[1] if place else reason).strip().splitlines()[0][:300]
    if line is None:
        line, column = 1, 1
    lines = text.decode("utf-8", "replace").splitlines()
    shown = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
    reason_de = _in_german(reason)
    return FileBroken(file=path, line=line, column=column or 1, reason=reason, reason_de=reason_de, shown=shown)


def _in_german(reason: str) -> str:
    """Return what the parser says most often in German; the rest only that it cannot be read, with its own words."""
    undeclared = re.fullmatch(r"The prefix (.*) has not been declared", reason)
    if undeclared:
        return f"das Präfix {undeclared[1]} ist nirgends mit @prefix erklärt"
    return f"hier steht so kein RDF, das man lesen kann ({reason})"
