"""What points to a thing, in groups of one property and one class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sorgenetz.insight.reader import Named, Reader, Row
from sorgenetz.insight.sources import Citations
from sorgenetz.insight.ties import LINKS
from sorgenetz.names import SN

MOST_POINTING = 100


@dataclass(frozen=True)
class Pointing:
    """A thing that points here, with the sources that say so."""

    thing: Named
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Pointers:
    """The things of one class that point here by one property; `total` counts those not shown as well."""

    property: str
    label: str
    class_iri: str
    class_label: str
    pointing: tuple[Pointing, ...]
    total: int

    @property
    def cut(self) -> bool:
        """Tell whether there are more than are shown."""
        return self.total > len(self.pointing)


def pointers(
    reader: Reader, rows: Iterable[Row], counts: Mapping[str, int], names: Mapping[str, Named], citations: Citations
) -> list[Pointers]:
    """Return the groups in the order of the ontology; ties are left out, for they are shown as rows of their own."""
    graphs: dict[tuple[str, str], dict[str, set[str]]] = {}
    shown: dict[str, set[str]] = {}
    for row in rows:
        property = row["p"].value
        if property.removeprefix(SN) in LINKS and property.startswith(SN):
            continue
        if row["s"].kind != "uri":
            continue
        subject = names[row["s"].value]
        group = graphs.setdefault((property, subject.classes[0] if subject.classes else ""), {})
        group.setdefault(subject.iri, set()).update({row["g"].value} if "g" in row else ())
        shown.setdefault(property, set()).add(subject.iri)
    found = []
    for (property, class_iri), subjects in sorted(graphs.items(), key=lambda pair: _order(reader, *pair[0])):
        ordered = sorted(subjects.items(), key=lambda pair: _rank(names[pair[0]]))
        pointing = tuple(Pointing(names[iri], citations.marks(said)) for iri, said in ordered[:MOST_POINTING])
        hidden = max(0, counts.get(property, 0) - len(shown[property]))
        found.append(
            Pointers(
                property,
                reader.vocabulary.label(property, reader.language),
                class_iri,
                reader.vocabulary.label(class_iri, reader.language) if class_iri else "",
                pointing,
                len(subjects) + hidden,
            )
        )
    return found


def _rank(named: Named) -> tuple[float, str, str]:
    return (named.order, named.label.casefold(), named.iri)


def _order(reader: Reader, property: str, class_iri: str) -> tuple[float, str, str]:
    return (reader.vocabulary.order(property), property, class_iri)
