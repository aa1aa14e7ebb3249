"""One .rq file: what it asks in two languages, its parameters, and its text with other values filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import BadQueryFile, BadRequest
from sorgenetz.library.header import Declared, read_header
from sorgenetz.library.values import Parameter, Value
from sorgenetz.names import PREFIXES, XSD
from sorgenetz.terms import Term
from sorgenetz.text_files import bytes_of, text_of

_DEFAULT = re.compile(
    r'<(?P<iri>[^<>\s]*)>|(?P<prefix>[a-z-]*):(?P<local>[A-Za-z0-9-]+)|"(?P<text>[^"\\]*)"(?:@(?P<lang>[A-Za-z-]+)|'
    r"\^\^xsd:(?P<type>[A-Za-z]+))?|(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)|(?P<open>UNDEF)|\s+"
)
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class QueryFile:
    """A query as its file says it; `text` runs as it stands, `fields` holds every header field by name."""

    name: str
    kind: str
    text: str
    form: str
    fields: dict[str, str]
    parameters: tuple[Parameter, ...]

    def title(self, language: str) -> str:
        """Return the question in one line; in English when the file says it in no other language."""
        return self._in("title", language)

    def description(self, language: str) -> str:
        """Return how the answer is to be read, or an empty text."""
        return self._in("description", language)

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the tags in the order of the file."""
        return tuple(tag.strip() for tag in self.fields.get("tags", "").split(",") if tag.strip())

    @property
    def query(self) -> str:
        """Return the text without its header lines."""
        return _without_header(self.text)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns of a SELECT query in their order."""
        return tuple(variable.value for variable in ox.Store().query(self.query).variables)  # type: ignore[union-attr]

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of this name; raises BadRequest, which lists those there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters)
        raise BadRequest(
            what_de=f"Diese Abfrage hat keinen Parameter „{name}“.",
            remedy_de=f"Sie hat: {known}." if known else "Sie hat keine Parameter. Lassen Sie ihn weg.",
            what_en=f"This query has no parameter “{name}”.",
            remedy_en=f"It has: {known}." if known else "It has no parameters. Leave it out.",
        )

    def with_values(self, values: Mapping[str, Value | Iterable[Value]]) -> str:
        """Return the query text with `values` between the braces of their VALUES lines, header left out.

        A value is a term, a plain Python value or what a reader typed, several of them, or None for left open.
        Parameters that are not named keep what the file has. Raises BadRequest when a value has another type.
        """
        text = self.query
        for name, value in values.items():
            inside = self.parameter(name).between_braces(value)
            before, _, after = _values_line(text, name)
            text = f"{before} {inside} {after}"
        return text

    def _in(self, field: str, language: str) -> str:
        return self.fields.get(f"{field}-{language}") or self.fields.get(f"{field}-en", "")


def read_query_file(path: Path, kind: str) -> QueryFile:
    """Return the file, read; `kind` is the folder it lies in. Raises BadQueryFile or FileNotUtf8."""
    file = f"{kind}/{path.name}"
    text = text_of(path, bytes_of(path))
    header = read_header(text, file, kind)
    form = _FORM.search(_without_header(text))
    if not form:
        raise BadQueryFile(file=file, line=1, what_de="darin steht keine Abfrage, die mit SELECT, ASK, CONSTRUCT "
                           "oder DESCRIBE am Anfang einer Zeile beginnt", what_en="it holds no query that begins "
                           "with SELECT, ASK, CONSTRUCT or DESCRIBE at the start of a line")  # fmt: skip
    parameters = tuple(_parameter(declared, text, file) for declared in header.parameters)
    return QueryFile(path.stem, kind, text, form[1].lower(), header.fields, parameters)


def _without_header(text: str) -> str:
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#+"):
        lines.pop(0)
    return "".join(lines).lstrip("\n")


def _values_line(text: str, name: str) -> tuple[str, str, str] | None:
    """Return the text before, between and after the braces of the one line `VALUES ?name { … }`."""
    found = list(re.finditer(rf"^[ \t]*VALUES[ \t]+\?{name}[ \t]*\{{(.*)\}}[ \t]*$", text, re.MULTILINE))
    if len(found) != 1:
        return None
    start, end = found[0].span(1)
    return text[:start], text[start:end], text[end:]


def _parameter(declared: Declared, text: str, file: str) -> Parameter:
    parts = _values_line(text, declared.name)
    if parts is None:
        line = f"VALUES ?{declared.name} {{ … }}"
        raise BadQueryFile(file=file, line=declared.line, what_de=f"der Parameter braucht genau eine Zeile „{line}“",
                           what_en=f"the parameter needs exactly one line “{line}”")  # fmt: skip
    parameter = Parameter(
        declared.name,
        declared.type,
        declared.scheme,
        declared.of_class,
        declared.label,
        (),
        declared.one_of,
        is_needed=declared.is_needed,
    )
    default = _read_default(parts[1])
    try:
        terms = None if default is None else tuple(parameter.term(term) for term in default)
    except BadRequest:
        terms = None
    if terms is None:
        raise BadQueryFile(file=file, line=parts[0].count("\n") + 1,
                           what_de=f"was hier zwischen den Klammern steht, hat nicht den Typ {declared.type}",
                           what_en=f"what stands between these braces is not of type {declared.type}")  # fmt: skip
    return replace(parameter, default=terms)


def _read_default(inside: str) -> tuple[Term, ...] | None:
    """Return the terms between the braces, nothing for UNDEF, None for what is neither."""
    terms: list[Term] = []
    is_open = False
    position = 0
    while position < len(inside):
        found = _DEFAULT.match(inside, position)
        if not found:
            return None
        position = found.end()
        if found["iri"] is not None:
            terms.append(Term("uri", found["iri"]))
        elif found["local"]:
            if found["prefix"] not in PREFIXES:
                return None
            terms.append(Term("uri", PREFIXES[found["prefix"]] + found["local"]))
        elif found["text"] is not None:
            terms.append(Term("literal", found["text"], found["lang"], found["type"] and XSD + found["type"]))
        elif found["number"]:
            kind = "decimal" if "." in found["number"] else "integer"
            terms.append(Term("literal", found["number"], datatype=XSD + kind))
        is_open = is_open or bool(found["open"])
    return None if is_open == bool(terms) else tuple(terms)
