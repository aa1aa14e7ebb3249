"""The search index of the served release: asked read-only, with what its words are good for."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sorgenetz.german.compounds import Compounds
from sorgenetz.german.words import folded
from sorgenetz.insight.reader import Reader
from sorgenetz.releases.search_index import INDEX, write_index

# How much a word counts by where it stands: name, other name, tie, text.
WEIGHTS = (10.0, 8.0, 3.0, 1.0)


@dataclass(frozen=True)
class Document:
    """A thing that matched: `pieces` are (field, text, relation) as people read them."""

    iri: str
    score: float
    pieces: tuple[tuple[str, str, str], ...]


class Index:
    """An index in a file or in memory; safe to use from many threads, since each question opens it anew."""

    def __init__(self, held: Path | bytes) -> None:
        self._held = held

    @cached_property
    def compounds(self) -> Compounds:
        """Return what takes compounds apart, made of the words of the index."""
        return Compounds(word for word, of_lexicon in self._words if of_lexicon)

    @cached_property
    def vocabulary(self) -> dict[str, str]:
        """Return all words by their folded form, for what is written nearly like them; the more frequent come first."""
        words = (word for word, _ in self._words if len(word) > 2 and not word.isdecimal())
        return {folded(word): word for word in words}

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        with self._open() as store:
            return store.execute("SELECT word, of_lexicon FROM words ORDER BY n DESC, word").fetchall()

    def holds(self, expression: str) -> bool:
        """Tell whether anything matches an FTS5 expression."""
        with self._open() as store:
            found = store.execute("SELECT 1 FROM documents WHERE documents MATCH ? LIMIT 1", (expression,))
            return found.fetchone() is not None

    def documents(self, expression: str, most: int) -> list[Document]:
        """Return what matches an FTS5 expression, the best by BM25 first."""
        with self._open() as store:
            rows = store.execute(
                "SELECT iri, found.score, pieces FROM texts JOIN ("
                "SELECT rowid, -bm25(documents, ?, ?, ?, ?) AS score FROM documents "
                "WHERE documents MATCH ? ORDER BY score DESC LIMIT ?"
                ") AS found ON texts.id = found.rowid ORDER BY found.score DESC, iri",
                (*WEIGHTS, expression, most),
            ).fetchall()
        return [Document(iri, score, tuple(map(tuple, json.loads(pieces)))) for iri, score, pieces in rows]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        if isinstance(self._held, Path):
            return closing(sqlite3.connect(f"file:{self._held}?mode=ro&immutable=1", uri=True))
        store = sqlite3.connect(":memory:")
        store.deserialize(self._held)
        return closing(store)


def index_of(reader: Reader) -> Index:
    """Return the index of the served release; foreign files get one in memory."""
    return reader.kept("search index", lambda: _index(reader))


def _index(reader: Reader) -> Index:
    path = reader.engine.release.folder / INDEX  # type: ignore[attr-defined]
    if path.is_file():
        return Index(path)
    with tempfile.TemporaryDirectory(prefix="sorgenetz-search-") as folder:
        path = Path(folder) / INDEX
        write_index(path, reader.engine.rows, reader.library)
        return Index(path.read_bytes())
