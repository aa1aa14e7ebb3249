"""Facets: by which properties things can be chosen. The shapes say so, in their own words and order."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader, sn
from sorgenetz.names import ID
from sorgenetz.terms import Term

PLACE = sn("Place")


@dataclass(frozen=True)
class Facet:
    """One way to choose; `via` is the property by which something else points to the thing, empty for its own ones."""

    key: str
    property: str
    via: str
    scheme: str
    label: str
    order: float

    @property
    def kind(self) -> str:
        """Return what kind of thing its concepts are, such as "barrier"; empty where the values are things.

        >>> Facet("lowersBarrier", "", "", ID + "scheme/barriers", "", 0).kind
        'barrier'
        """
        return self.scheme.removeprefix(f"{ID}scheme/").removesuffix("s") if self.scheme else ""

    def token(self, value: str) -> str:
        """Return how an address names `value`: a concept by its own part, a thing by its kind and part.

        >>> Facet("lowersBarrier", "", "", ID + "scheme/barriers", "", 0).token(ID + "barrier/language")
        'language'
        """
        return value.removeprefix(f"{ID}{self.kind}/" if self.kind else ID)

    def value(self, token: str) -> str:
        """Return the IRI that `token` names."""
        return token if ":" in token else f"{ID}{self.kind}/{token}" if self.kind else f"{ID}{token}"


def facets(reader: Reader, of_class: str) -> tuple[Facet, ...]:
    """Return the facets for things of a class, those with concepts first: its own, and those of measures and the like.

    Left out are properties that lead to places, which have a choice of their own, and to things of the same class.
    """
    labels: dict[tuple[str, str], list[Term]] = {}
    orders: dict[tuple[str, str], float] = {}
    schemes: dict[tuple[str, str], str] = {}
    classes: dict[tuple[str, str], set[str]] = {}
    for row in reader.ask("facets", **{"class": of_class}):
        key = (row["via"].value if "via" in row else "", row["property"].value)
        labels.setdefault(key, []).append(row["name"])
        orders[key] = float(row["order"].value)
        if "scheme" in row:
            schemes[key] = row["scheme"].value
        else:
            classes.setdefault(key, set()).add(row["class"].value)
    left_out = {key for key, of in classes.items() if of <= {PLACE, of_class}}
    found = []
    for via, property in sorted(labels.keys() - left_out, key=lambda key: (key not in schemes, orders[key], key)):
        label = reader.best(labels[via, property])
        words = label.value if label else local_name(property)
        scheme = schemes.get((via, property), "")
        found.append(Facet(local_name(property), property, via, scheme, words, orders[via, property]))
    return tuple(found)
