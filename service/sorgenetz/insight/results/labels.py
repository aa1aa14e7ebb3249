"""What a row is called: the columns that name it, and the words of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sorgenetz.insight.kinds import kind_of, local_name
from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import Tally
from sorgenetz.names import curie
from sorgenetz.terms import Term

Row = tuple[Term | None, ...]
MOST_LABEL_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """The words for a thing or a text, its IRI and kind, whether it is named, and the language of foreign words."""

    text: str
    iri: str = ""
    kind: str = "thing"
    lang: str = ""
    known: bool = True


def label_of(term: Term | None, names: Mapping[str, Named]) -> Label:
    """Return how a cell is called; a thing without a name by its short IRI or its end, an empty cell by nothing."""
    if term is None:
        return Label("")
    if term.kind == "bnode":
        return Label(f"_:{term.value}")
    if term.kind == "uri":
        named = names.get(term.value)
        if named:
            return Label(named.label, named.iri, named.kind, named.lang)
        short = curie(term.value)
        text = local_name(term.value) if short == term.value else short
        return Label(text, term.value, kind_of(term.value), known=False)
    return Label(term.value, lang=term.lang or "")


def label_columns(tallies: tuple[Tally, ...], rows: tuple[Row, ...], without: set[int]) -> tuple[int, ...]:
    """Return the fewest columns, from the left, whose cells tell the rows apart; at most three.

    The column `xName` only says again what `x` is.
    """
    columns = [tally.name for tally in tallies]
    candidates = [
        at for at, tally in enumerate(tallies)
        if at not in without and tally.filled and not tally.sorts["point"] and not _says_again(tally.name, columns)
    ]  # fmt: skip
    chosen: list[int] = []
    for at in candidates[:MOST_LABEL_COLUMNS]:
        chosen.append(at)
        if len({tuple(row[one] for one in chosen) for row in rows}) == len(rows):
            break
    return tuple(chosen)


def row_label(row: Row, columns: tuple[int, ...], names: Mapping[str, Named]) -> Label:
    """Return the words of a row: those of its label columns, with the first thing among them."""
    labels = [label for label in (label_of(row[at], names) for at in columns) if label.text]
    if not labels:
        return Label("–")
    thing = next((label for label in labels if label.iri), labels[0])
    lang = labels[0].lang if len(labels) == 1 else ""
    return Label(" · ".join(label.text for label in labels), thing.iri, thing.kind, lang, thing.known)


def _says_again(name: str, columns: list[str]) -> bool:
    return name.endswith("Name") and name.removesuffix("Name") in columns
