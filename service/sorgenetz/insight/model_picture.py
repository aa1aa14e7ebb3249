"""A picture of the model: a box per class with those below it, and a line per relation, laid out from the ontology."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.model_boxes import WIDTH, Box, Line
from sorgenetz.insight.model_wires import Net, Wired, Wiring
from sorgenetz.insight.ontology_page import OntologyPage
from sorgenetz.insight.ontology_terms import OntologyTerm
from sorgenetz.insight.reader import Reader
from sorgenetz.names import SKOS

CONCEPT = SKOS + "Concept"
HEAD, ROW, FOOT = 34, 24, 8
LEAST_GAP, MOST_GAP = 26, 90


@dataclass(frozen=True)
class Picture:
    """The boxes and what runs between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    nets: tuple[Net, ...]
    wires: tuple[Wired, ...]
    labels: Mapping[str, str]


def model_picture(reader: Reader, page: OntologyPage, concept: str) -> Picture:
    """Return the picture of `page`; `concept` is the word for the box of concepts."""
    return reader.kept(("model picture", reader.language), lambda: _picture(page, concept))


def columns_of(names: Iterable[str]) -> list[list[str]]:
    """Return the columns with exactly these classes, those without a place of their own in the first."""
    text = Path(__file__).with_name("model_places.toml").read_text("utf-8")
    names = list(names)
    columns = [[name for name in column if name in names] for column in tomllib.loads(text)["columns"]]
    placed = {name for column in columns for name in column}
    columns[0] += [name for name in names if name not in placed]
    return [column for column in columns if column]


def _picture(page: OntologyPage, concept: str) -> Picture:
    classes = {entry.term.iri: entry.term for entry in page.classes}
    roots = {iri: _root(iri, classes) for iri in classes} | {CONCEPT: CONCEPT}
    below: dict[str, list[tuple[str, str, int]]] = {local_name(CONCEPT): [
        (scheme.local, scheme.thing.label, 0) for scheme in page.schemes]}  # fmt: skip
    for iri, term in classes.items():
        if roots[iri] == iri:
            below[term.local] = list(_tree(iri, classes, 0))
    relations = {name: _relations(name, page.relations, roots) for name in below}
    heights = {name: HEAD + FOOT + ROW * (len(below[name]) + len(relations[name])) for name in below}
    columns = columns_of(below)
    tops = _tops(columns, heights)
    kinds = {term.local: term.kind for term in classes.values()} | {local_name(CONCEPT): "concept"}
    labels = {term.local: term.label for term in classes.values()} | {local_name(CONCEPT): concept}
    boxes = []
    for number, column in enumerate(columns):
        for name in column:
            lines, y = [], tops[name] + HEAD
            for local, label, depth in below[name]:
                lines.append(Line(local, label, y + ROW // 2, depth))
                y += ROW
            for term, targets, returns in relations[name]:
                lines.append(Line(term.local, term.label, y + ROW // 2, 0, True, returns, targets))
                y += ROW
            boxes.append(Box(name, labels[name], kinds[name], number, tops[name], heights[name], tuple(lines)))
    wiring = Wiring(columns, {box.name: box for box in boxes}, WIDTH)
    return Picture(wiring.width, wiring.height, wiring.placed(), wiring.nets(), wiring.wires(), labels)


def _root(iri: str, classes: Mapping[str, OntologyTerm]) -> str:
    while iri in classes and classes[iri].above:
        iri = classes[iri].above[0]
    return iri


def _tree(iri: str, classes: Mapping[str, OntologyTerm], depth: int) -> Iterable[tuple[str, str, int]]:
    for below, term in classes.items():
        if iri in term.above:
            yield term.local, term.label, depth
            yield from _tree(below, classes, depth + 1)


def _relations(
    name: str, relations: list[OntologyTerm], roots: Mapping[str, str]
) -> list[tuple[OntologyTerm, tuple[str, ...], bool]]:
    """Return what leaves from this class or those below it: the relation, the boxes it leads to, whether back here."""
    found = []
    for term in relations:
        if name in {local_name(roots[one]) for one in term.domains if one in roots}:
            targets = dict.fromkeys(local_name(roots[one]) for one in term.ranges if one in roots)
            others = tuple(target for target in targets if target != name)
            # What leads from a kind of thing to the same kind and stays there (part of) is one relation, not three.
            if set(term.domains) == set(term.ranges):
                others = ()
            found.append((term, others, name in targets))
    return found


def _tops(columns: list[list[str]], heights: Mapping[str, int]) -> dict[str, int]:
    """Return where each box begins: all columns are as high as the highest, with even gaps."""
    full = [sum(heights[name] for name in column) for column in columns]
    highest = max(total + LEAST_GAP * (len(column) - 1) for total, column in zip(full, columns, strict=True))
    tops = {}
    for total, column in zip(full, columns, strict=True):
        gap = min(MOST_GAP, (highest - total) // max(1, len(column) - 1))
        y = (highest - total - gap * (len(column) - 1)) // 2
        for name in column:
            tops[name] = y
            y += heights[name] + gap
    return tops
