"""The search index of a release: an SQLite full-text table (FTS5) of folded stems, made when the release is.

A thing is one document with four fields: what it is called, what else it is called, what it has to do with (places,
groups, barriers, actors, each by all their names), and what is written of it. `texts` keeps each piece as people read
it, so that a hit can say why it matched.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sorgenetz.german.compounds import Compounds
from sorgenetz.german.words import stems, words_in
from sorgenetz.library.registry import Library
from sorgenetz.names import DCT, GRAPH, ID, RDFS, SHAPES, SKOS, SN

INDEX = "search.sqlite"
FIELDS = ("name", "alias", "tie", "text")
FIELD_OF = {
    RDFS + "label": "name", SKOS + "prefLabel": "name", DCT + "title": "name", SKOS + "altLabel": "alias",
    DCT + "description": "text", SKOS + "definition": "text", SN + "activity": "text", SN + "means": "text",
}  # fmt: skip
# Parts of other things: their text is found with the things they belong to.
LEFT_OUT = (
    *(f"{ID}{kind}/" for kind in ("participation", "measure", "absence", "figure", "example")), SHAPES, GRAPH,
)  # fmt: skip
PLACES = tuple(f"{ID}{kind}/" for kind in ("municipality", "kreis", "land", "country", "place", "quarter"))

Ask = Callable[[str], Iterable[Mapping[str, Any]]]
Pieces = list[tuple[str, str, str]]


def write_index(path: Path, ask: Ask, library: Library) -> None:
    """Write the index to `path`; `ask` gives the rows of a query text, each value with `.value`."""
    said, lexicon = _texts(ask(library.page("search-texts").query))
    names = {iri: [text for field, text, _ in pieces if field in ("name", "alias")] for iri, pieces in said.items()}
    for row in ask(library.page("search-ties").query):
        iri, other = row["thing"].value, row["other"].value
        for name in names.get(other, ()) if iri in said else ():
            said[iri].append(("tie", name, row["p"].value.removeprefix(SN)))
    compounds = Compounds(lexicon)
    counts: Counter[str] = Counter()
    store = sqlite3.connect(path)
    with closing(store), store:
        store.executescript(_SCHEMA)
        for iri in sorted(said):
            if iri.startswith(LEFT_OUT):
                continue
            fields = {field: " ".join(_terms(said[iri], field, compounds)) for field in FIELDS}
            for field, text, _ in said[iri]:
                if field != "tie":
                    counts.update(set(words_in(text)))
            number = store.execute(
                "INSERT INTO texts (iri, pieces) VALUES (?, ?)", (iri, json.dumps(said[iri], ensure_ascii=False))
            ).lastrowid
            store.execute("INSERT INTO documents (rowid, name, alias, tie, text) VALUES (?, ?, ?, ?, ?)",
                          (number, *fields.values()))  # fmt: skip
        store.executemany("INSERT INTO words VALUES (?, ?, ?)",
                          ((word, n, word in lexicon) for word, n in sorted(counts.items())))  # fmt: skip
        store.execute("INSERT INTO documents (documents) VALUES ('optimize')")


_SCHEMA = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, pieces TEXT NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER NOT NULL, of_lexicon INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE documents
USING fts5 (name, alias, tie, text, content='', tokenize='unicode61 remove_diacritics 0');
"""


def _texts(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Pieces], set[str]]:
    """Return the pieces of each thing, and the words that compounds are made of: those of all things but places."""
    said: dict[str, Pieces] = {}
    lexicon: set[str] = set()
    for row in rows:
        iri, text = row["thing"].value, row["text"].value
        said.setdefault(iri, []).append((FIELD_OF[row["p"].value], text, ""))
        if not iri.startswith((*PLACES, f"{ID}source/", f"{ID}organisation/")):
            lexicon.update(words_in(text))
    return {iri: sorted(set(pieces)) for iri, pieces in said.items()}, lexicon


def _terms(pieces: Pieces, field: str, compounds: Compounds) -> list[str]:
    found: dict[str, None] = {}
    for of, text, _ in pieces:
        for word in words_in(text) if of == field else ():
            found.update(dict.fromkeys((*stems(word), *compounds.parts(word))))
    return list(found)
