"""The hits of a query in their order, each with why it matched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from sorgenetz.german.words import folded, stems, words_in
from sorgenetz.insight.searching.index import Document, Index
from sorgenetz.insight.searching.query import Sought, sought
from sorgenetz.names import BASE, ID

LOOKED_AT = 400
# What is looked for more often comes first among equals. Sources come after all else: their names hold those of others.
PRIOR = {"initiative": 3.0, "barrier": 3.0, "kreis": 1.0, "municipality": 0.5, "question": -1.0}
SOURCES = f"{ID}source/"
OUTSIDE_IDS = -4.0
SAME_NAME, NAME_BEGINS, ALL_IN_NAME, ONE_PIECE = 30.0, 8.0, 6.0, 3.0
SNIPPET = 140
# The terms of a text, to be found out once for all that is asked of it.
Terms = Callable[[str], set[str]]


@dataclass(frozen=True)
class Why:
    """One reason: the field (name, alias, tie, text), the words as they stand there, and the relation of a tie."""

    field: str
    text: str
    relation: str = ""


@dataclass(frozen=True)
class Hit:
    """A thing with its reasons, at most one for each word."""

    iri: str
    score: float
    reasons: tuple[Why, ...]


@dataclass(frozen=True)
class Hits:
    """The hits, the best first; `partly` when none has all the words; `meant` are the words read as others."""

    hits: tuple[Hit, ...]
    words: tuple[Sought, ...]
    partly: bool = False

    @property
    def meant(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the words that nothing holds, with the near ones that were looked for instead."""
        return tuple((word.word, word.meant) for word in self.words if word.meant)


def find(index: Index, query: str, most: int) -> Hits:
    """Return at most so many things that hold all words of `query`, or else those that hold most of them."""
    words = sought(index, query)
    if not words:
        return Hits((), ())
    found = index.documents(" AND ".join(word.expression for word in words), LOOKED_AT)
    partly = not found and len(words) > 1
    if partly:
        found = index.documents(" OR ".join(word.expression for word in words), LOOKED_AT)
    whole, terms = folded(" ".join(words_in(query))), cache(partial(_terms, index))
    hits = [_hit(document, words, whole, terms) for document in found]
    if partly:
        most_words = max((len(_words_of(document, words, terms)) for document in found), default=0)
        kept = {d.iri for d in found if len(_words_of(d, words, terms)) == most_words}
        hits = [hit for hit in hits if hit.iri in kept]
    return Hits(
        tuple(sorted(hits, key=lambda hit: (hit.iri.startswith(SOURCES), -hit.score, hit.iri))[:most]),
        tuple(words),
        partly,
    )


def _hit(document: Document, words: list[Sought], whole: str, terms: Terms) -> Hit:
    score = document.score + _prior(document.iri)
    names = [text for field, text, _ in document.pieces if field in ("name", "alias")]
    plain = [folded(" ".join(words_in(name))) for name in names]
    if whole in plain:
        score += SAME_NAME
    elif any(name.startswith(whole) for name in plain):
        score += NAME_BEGINS
    if any(all(word.is_in(terms(name)) for word in words) for name in names):
        score += ALL_IN_NAME
    return Hit(document.iri, score, _reasons(document, words, terms))


def _prior(iri: str) -> float:
    if not iri.startswith(BASE):
        return 0.0
    return PRIOR.get(iri.removeprefix(ID).split("/")[0], 0.0) if iri.startswith(ID) else OUTSIDE_IDS


def _reasons(document: Document, words: list[Sought], terms: Terms) -> tuple[Why, ...]:
    """Return for each word the best piece that holds it; a piece that holds several stands once."""
    order = {"name": 0, "alias": 1, "tie": 2, "text": 3}
    pieces = sorted(document.pieces, key=lambda piece: (order[piece[0]], len(piece[1])))
    found: dict[Why, None] = {}
    for word in words:
        for field, text, relation in pieces:
            if word.is_in(terms(text)):
                found[Why(field, _snippet(text, word, terms), relation)] = None
                break
    return tuple(found)


def _words_of(document: Document, words: list[Sought], terms: Terms) -> set[str]:
    return {word.word for word in words if any(word.is_in(terms(text)) for _, text, _ in document.pieces)}


def _terms(index: Index, text: str) -> set[str]:
    return {term for word in words_in(text) for term in (*stems(word), *index.compounds.parts(word))}


def _snippet(text: str, word: Sought, terms: Terms) -> str:
    """Return the text, or the part of a long one around the word."""
    if len(text) <= SNIPPET:
        return text
    pieces = text.split()
    at = next((n for n, piece in enumerate(pieces) if word.is_in(terms(piece))), 0)
    first = max(0, at - 8)
    shown = " ".join(pieces[first : at + 9])
    return f"{'… ' if first else ''}{shown}{' …' if at + 9 < len(pieces) else ''}"
