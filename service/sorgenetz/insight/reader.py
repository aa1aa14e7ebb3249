"""One reader's view: asks the queries of the pages, and names things in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sorgenetz.insight.kinds import kind_of, local_name
from sorgenetz.insight.shelf import Shelf
from sorgenetz.insight.vocabulary import UNORDERED, Vocabulary
from sorgenetz.library.registry import Library
from sorgenetz.names import OWL, RDF, SN
from sorgenetz.terms import Term

Row = dict[str, Term]
TYPE = RDF + "type"
DULL_CLASSES = (OWL + "NamedIndividual", OWL + "Thing")


class Engine(Protocol):
    """What insight needs of an engine."""

    release: object

    def rows(self, query: str) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with the name a reader sees; `lang` is the name's language where it is not the reader's."""

    iri: str
    label: str
    kind: str = "thing"
    lang: str = ""
    classes: tuple[str, ...] = ()
    order: float = UNORDERED
    known: bool = True


@dataclass(frozen=True)
class Reader:
    """Someone who reads in a language, from the release that is served now."""

    engine: Engine
    library: Library
    shelf: Shelf
    language: str
    _vocabulary: list[Vocabulary] = field(default_factory=list, compare=False, repr=False)

    def ask(self, page: str, **values: object) -> list[Row]:
        """Return the rows of the page query of this name, with these values for its parameters."""
        return self.engine.rows(self.library.page(page).with_values(values))

    @property
    def release(self) -> str:
        """Return the name of the release served now."""
        return self.engine.release.name  # type: ignore[attr-defined]

    def kept(self, key: object, make: object) -> object:
        """Return what `make` works out, once per release."""
        return self.shelf.get(self.release, key, make)  # type: ignore[arg-type]

    @property
    def vocabulary(self) -> Vocabulary:
        """Return what the ontology of the release says."""
        if not self._vocabulary:
            self._vocabulary.append(self.kept("vocabulary", lambda: Vocabulary(self.ask("vocabulary"))))
        return self._vocabulary[0]

    def best(self, texts: Iterable[Term]) -> Term | None:
        """Return the text in the reader's language, else the German, the untagged, the English, or any one."""
        ranks = {"de": 1, "": 2, "en": 3} | {self.language: 0}
        return min(texts, key=lambda term: (ranks.get(_main(term), 4), len(term.value), term.value), default=None)

    def foreign(self, term: Term) -> str:
        """Return the language of a text where it is another than the reader's."""
        return "" if _main(term) in ("", self.language) else str(term.lang)

    def names(self, iris: Iterable[str]) -> dict[str, Named]:
        """Return each of `iris` with its name, kind and classes; unknown ones by what their IRI ends with."""
        wanted = sorted(set(iris))
        labels: dict[str, list[Term]] = {}
        classes: dict[str, set[str]] = {}
        orders: dict[str, float] = {}
        for row in self.ask("names", iri=wanted) if wanted else ():
            iri = row["iri"].value
            if "label" in row and row["label"].kind == "literal":
                labels.setdefault(iri, []).append(row["label"])
            if "type" in row:
                classes.setdefault(iri, set()).add(row["type"].value)
            if "order" in row:
                orders[iri] = _float(row["order"].value)
        return {
            iri: self.name(iri, labels.get(iri, ()), classes.get(iri, ()), orders.get(iri, UNORDERED)) for iri in wanted
        }

    def name(self, iri: str, labels: Iterable[Term], classes: Iterable[str], order: float = UNORDERED) -> Named:
        """Return a thing with the best of its `labels`."""
        label = self.best(labels)
        narrow = tuple(self.vocabulary.narrowest(set(classes) - set(DULL_CLASSES)))
        if iri in self.vocabulary:
            return Named(iri, self.vocabulary.label(iri, self.language), "thing", "", narrow, order)
        return Named(
            iri,
            label.value.strip() if label and label.value.strip() else local_name(iri),
            kind_of(iri, (*narrow, *classes)),
            self.foreign(label) if label else "",
            narrow,
            order,
            known=bool(label or narrow),
        )

    def class_label(self, named: Named) -> str:
        """Return what sort of thing this is in words, or an empty text."""
        return ", ".join(self.vocabulary.label(name, self.language) for name in named.classes[:2])


def by_column(rows: Iterable[Row], column: str, values: str) -> dict[str, set[str]]:
    """Return what the rows have in the column `values`, for each value of another column.

    >>> by_column([{"a": Term("uri", "urn:x"), "b": Term("uri", "urn:y")}], "a", "b")
    {'urn:x': {'urn:y'}}
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row[column].value, set()).add(row[values].value)
    return found


def sn(local: str) -> str:
    """Return the IRI of a term of the ontology."""
    return SN + local


def _main(term: Term) -> str:
    return (term.lang or "").split("-")[0].lower()


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return UNORDERED
