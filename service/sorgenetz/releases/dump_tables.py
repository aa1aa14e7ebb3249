"""A release as tables: one CSV per class, who says what, and a codebook that explains every column."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.library.registry import Library
from sorgenetz.names import BASE, DCT, GRAPH_SOURCES, RDF, RDFS, SN, short
from sorgenetz.releases.table_columns import LANGUAGES, Column, Ontology, Seen, words

BETWEEN = " | "
SOURCES, CODEBOOK = "sources.csv", "codebook.csv"
# The first moment a zip file can hold: no file says when it was packed.
EPOCH = (1980, 1, 1, 0, 0, 0)

Values = dict[tuple[str, str], list[tuple[str, bool]]]


def write_tables(store: ox.Store, path: Path, library: Library) -> None:
    """Write the tables of what the default graph of `store` says, packed into one zip file.

    A thing stands in the table of its narrowest class, in the order of IRIs; the largest table is held in memory.
    """
    tables = Tables(store, library)
    codebook: list[list[str]] = []
    with zipfile.ZipFile(path, "w") as packed:
        for of_class in tables.ontology.classes():
            things = tables.things(of_class)
            if things:
                file = f"{short(of_class).partition(':')[2]}.csv"
                columns, rows = tables.table(of_class, things)
                _write(packed, file, [column.name for column in columns], rows)
                codebook += ([file, *_explained(column)] for column in columns)
        names = list(words()["tables"][SOURCES])
        _write(packed, SOURCES, names, tables.sources())
        names_of = {SOURCES: names, CODEBOOK: list(words()["tables"][CODEBOOK])}
        for file, of_file in names_of.items():
            codebook += ([file, *_explained(_fixed(name, words()["tables"][file][name]))] for name in of_file)
        _write(packed, CODEBOOK, names_of[CODEBOOK], codebook)


class Tables:
    """Reads rows out of a store."""

    def __init__(self, store: ox.Store, library: Library) -> None:
        self.store = store
        self.ontology = Ontology(store)
        self._library = library
        self._names: dict[str, str] = {}
        self._graphs: dict[str, list[str]] = {}
        for row in store.query(library.description("graphs-of-things").query):
            self._graphs.setdefault(row["thing"].value, []).append(row["graph"].value)

    def things(self, of_class: str) -> list[str]:
        """Return the things of this class and of none below it, in order."""
        below = set().union(*(self._instances(narrow) for narrow in self.ontology.narrower(of_class)))
        return sorted(self._instances(of_class) - below)

    def table(self, of_class: str, things: list[str]) -> tuple[list[Column], Iterator[list[str]]]:
        """Return the columns of a class and the rows of its things."""
        seen: dict[str, Seen] = {name: Seen(set()) for name in self.ontology.properties(of_class)}
        read = [(thing, self._read(thing, seen)) for thing in things]
        columns = [_fixed("iri", words()["columns"]["iri"])]
        for name in sorted(seen, key=lambda name: (self.ontology.place(name), name)):
            columns += self.ontology.columns(name, seen[name])
        columns.append(_fixed("graphs", words()["columns"]["graphs"]))
        return columns, (self._row(columns, *one) for one in read)

    def sources(self) -> Iterator[list[str]]:
        """Yield a row for each graph: who speaks in it, how sure, on what terms, and how much."""
        sizes = self.store.query(self._library.description("graph-sizes").query)
        for graph, statements in sorted((row["graph"].value, row["triples"].value) for row in sizes):
            source = self._value(graph, SN + "source")
            yield [
                graph, source,
                *(self._text(source, RDFS + "label", language) for language in LANGUAGES),
                self._value(source, DCT + "publisher"), self._value(source, SN + "url"),
                self._value(source, DCT + "license"),
                *(
                    BETWEEN.join(filter(None, (self._text(source, SN + name, language) for name in NOTES)))
                    for language in LANGUAGES
                ),
                self._value(source, SN + "retrieved"), self._value(graph, SN + "confidence"), statements,
            ]  # fmt: skip

    def _read(self, thing: str, seen: dict[str, Seen]) -> Values:
        """Return the values of a thing by property and language; note what there is in `seen`."""
        values: Values = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(thing), None, None, ox.DefaultGraph()):
            name, value = quad.predicate.value, quad.object
            if name == RDF + "type" or type(value) is ox.BlankNode:
                continue
            linked = type(value) is ox.NamedNode
            language = "" if linked else value.language or ""
            noted = seen.setdefault(name, Seen(set()))
            noted.languages.add(language)
            if linked and not noted.named:
                noted.named = bool(self._name(value.value))
            values.setdefault((name, language), []).append((value.value, linked))
        return values

    def _row(self, columns: list[Column], thing: str, values: Values) -> list[str]:
        row = [thing]
        for column in columns[1:-1]:
            of_column = sorted(values.get((column.property, column.language), ()))
            row.append(BETWEEN.join(self._name(v) if column.names and linked else v for v, linked in of_column))
        return [*row, BETWEEN.join(sorted(self._graphs.get(thing, ())))]

    def _instances(self, of_class: str) -> set[str]:
        found = self.store.quads_for_pattern(None, TYPE, ox.NamedNode(of_class), ox.DefaultGraph())
        return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}

    def _name(self, iri: str) -> str:
        if not iri.startswith(BASE):
            return ""
        if iri not in self._names:
            self._names[iri] = self.ontology.name(iri)
        return self._names[iri]

    def _value(self, iri: str, name: str) -> str:
        if not iri:
            return ""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None, ox.NamedNode(GRAPH_SOURCES))
        return BETWEEN.join(sorted(quad.object.value for quad in found))

    def _text(self, iri: str, name: str, language: str) -> str:
        return self.ontology.text(iri, name, language) if iri else ""


TYPE = ox.NamedNode(RDF + "type")
NOTES = ("sourceNote", "licenceNote")


def _fixed(name: str, entry: dict) -> Column:
    label, definition = ({language: entry[language][at] for language in LANGUAGES} for at in (0, 1))
    return Column(name, "", "", False, label, definition, entry["type"])


def _explained(column: Column) -> list[str]:
    by_language = [*(column.label[one] for one in LANGUAGES), *(column.definition[one] for one in LANGUAGES)]
    return [column.name, column.property, *by_language, column.type]


def _write(packed: zipfile.ZipFile, file: str, names: list[str], rows: Iterable[list[str]]) -> None:
    entry = zipfile.ZipInfo(file, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    with packed.open(entry, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(names)
        writer.writerows(rows)
