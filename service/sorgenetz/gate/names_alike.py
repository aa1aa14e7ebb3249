"""Two things of one class in the same place whose names are nearly the same: perhaps one thing, entered twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
from rapidfuzz import fuzz

from sorgenetz.gate.checks import CHECK
from sorgenetz.gate.findings import Finding
from sorgenetz.library.registry import Library
from sorgenetz.names import OWL

SHAPE = CHECK + "names-alike"
# Of 100. Below it, towns and saints make most of the likeness.
ALIKE = 90

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "à": "a", "ç": "c"})
_LEGAL_FORM = re.compile(r"\be\.\s?[vgk]\.|\b(e\.?\s?v|eg|eingetragener verein|g?gmbh|g?ug|g?ag|kdoer|kg|gbr)\b")
_DIFFERENT = ox.NamedNode(OWL + "differentFrom")
_TEXT_DE = (
    "{a} und {b} heißen fast gleich ({score} von 100: „{name_a}“, „{name_b}“) und sind von derselben Klasse am selben "
    "Ort. Führen Sie beide zusammen, oder halten Sie mit owl:differentFrom oder in data/decisions.csv fest, dass es "
    "zwei sind."
)
_TEXT_EN = (
    "{a} and {b} have nearly the same name ({score} of 100: “{name_a}”, “{name_b}”) and are of the same class in the "
    "same place. Merge the two, or record with owl:differentFrom or in data/decisions.csv that they are two."
)


def normalised(name: str) -> str:
    """Return the name without case, umlauts, legal form, punctuation and order of words.

    >>> normalised("Bürger für Bürger e. V.") == normalised("BUERGER FUER BUERGER")
    True
    """
    folded = name.casefold().translate(_FOLD)
    words = re.findall(r"[^\W_]+", _LEGAL_FORM.sub(" ", folded))
    return " ".join(sorted(words))


def likeness(one: str, other: str) -> float:
    """Return from 0 to 100 how alike two normalised names are; names that differ in a number are not alike at all."""
    score = fuzz.ratio(one, other, score_cutoff=ALIKE)
    return score if score and re.findall(r"\d+", one) == re.findall(r"\d+", other) else 0


@dataclass
class _Called:
    """A thing of one class: where it is, and its names, plain by normalised."""

    places: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


def names_alike(store_path: Path, queries: Path) -> list[Finding]:
    """Return a finding for each pair of alike names that nobody has decided on yet.

    Only things of one class in one place are compared; of things whose place is not known, only those with the same
    name. The same name in the same place blocks, all else warns.
    """
    store = ox.Store.read_only(str(store_path))
    decided = _decided(store)
    found = []
    for things in _by_class(store, queries).values():
        for a, b in sorted(_neighbours(things) - decided):
            score, name_a, name_b = _closest(things[a].names, things[b].names)
            if score >= ALIKE and (score == 100 or things[a].places):
                words = {"a": a, "b": b, "score": round(score), "name_a": name_a, "name_b": name_b}
                severity = "Violation" if score == 100 and things[a].places else "Warning"
                found.append(
                    Finding(
                        severity, a, _TEXT_DE.format(**words), _TEXT_EN.format(**words), SHAPE, value=b, component=SHAPE
                    )
                )
    return sorted(found)


def _by_class(store: ox.Store, queries: Path) -> dict[str, dict[str, _Called]]:
    found: dict[str, dict[str, _Called]] = {}
    for row in store.query(Library(queries).page("names-in-places").query):
        called = found.setdefault(row["class"].value, {}).setdefault(row["thing"].value, _Called())
        if row["name"] is not None:
            called.names.setdefault(normalised(row["name"].value), row["name"].value)
        if row["place"] is not None:
            called.places.add(row["place"].value)
    return found


def _neighbours(things: dict[str, _Called]) -> set[tuple[str, str]]:
    """Return the pairs, in order, that share a place, or that have no place and share a normalised name."""
    blocks: dict[tuple[str, str], list[str]] = {}
    for thing, called in things.items():
        keys = [("place", place) for place in called.places] or [("name", name) for name in called.names]
        for key in keys:
            blocks.setdefault(key, []).append(thing)
    return {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}


def _closest(ours: dict[str, str], theirs: dict[str, str]) -> tuple[float, str, str]:
    scored = ((likeness(one, other), ours[one], theirs[other]) for one in ours for other in theirs)
    return max(scored, default=(0, "", ""))


def _decided(store: ox.Store) -> set[tuple[str, str]]:
    said = store.quads_for_pattern(None, _DIFFERENT, None, ox.DefaultGraph())
    return {tuple(sorted((quad.subject.value, quad.object.value))) for quad in said}
