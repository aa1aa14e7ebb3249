"""Rows as plain JSON: each cell with its type and value, a thing with its name, and null where nothing is stated."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sorgenetz.insight.answers import Row, Whole
from sorgenetz.insight.reader import Named
from sorgenetz.insight.results.cells import number_of
from sorgenetz.names import XSD
from sorgenetz.terms import Term

Cell = dict[str, object]
# The whole numbers that every reader of JSON holds exactly.
MOST_EXACT = 2**53
_WITH_FRACTION = frozenset(XSD + name for name in ("decimal", "double", "float"))


def plain_row(columns: Iterable[str], row: Row, names: Mapping[str, Named]) -> dict[str, Cell | None]:
    """Return a row by the names of its columns; a cell is null where nothing is stated."""
    return {name: plain_cell(term, names) for name, term in zip(columns, row, strict=True)}


def plain_cell(term: Term | None, names: Mapping[str, Named]) -> Cell | None:
    """Return a cell: `type` and `value`, a thing's `label`, a text's `lang`, and the `datatype` of other literals.

    >>> plain_cell(Term("literal", "2019", datatype=XSD + "integer"), {})
    {'type': 'literal', 'value': 2019, 'datatype': 'http://www.w3.org/2001/XMLSchema#integer'}
    >>> plain_cell(None, {}) is None
    True
    """
    if term is None:
        return None
    if term.kind == "uri":
        named = names.get(term.value)
        cell: Cell = {"type": "iri", "value": term.value, "label": named.label if named else None}
        return cell | {"label_lang": named.lang} if named and named.lang else cell
    if term.kind == "bnode":
        return {"type": "bnode", "value": term.value}
    cell = {"type": "literal", "value": _value(term)}
    if term.lang:
        return cell | {"lang": term.lang}
    return cell if term.datatype in (None, XSD + "string") else cell | {"datatype": term.datatype}


def csv_of(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """Return rows as SPARQL writes them in CSV (SPARQL 1.1 Query Results CSV, 3); an empty cell is not stated."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow("" if term is None else f"_:{term.value}" if term.kind == "bnode" else term.value
                        for term in row)  # fmt: skip
    return text.getvalue()


def protocol_rows(whole: Whole, start: int, stop: int) -> dict[str, object]:
    """Return the rows from `start` to before `stop` as the SPARQL protocol writes them in JSON."""
    results = json.loads(whole.given.body)
    results["results"]["bindings"] = results["results"]["bindings"][start:stop]
    return results


def _value(term: Term) -> object:
    """Return the number or truth of a literal where JSON says exactly the same, else its text."""
    if term.datatype == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(term.value, term.value)
    number = number_of(term)
    if number is None:
        return term.value
    if term.datatype not in _WITH_FRACTION:
        return int(term.value) if abs(number) <= MOST_EXACT else term.value
    return number if Decimal(repr(number)) == Decimal(term.value) else term.value
