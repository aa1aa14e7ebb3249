"""What can be known of a query without running it: its form, the graphs it names, and why it is not answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sorgenetz.engine.departures import Departures, Refusal
from sorgenetz.engine.iri_reference import resolve
from sorgenetz.engine.query_tokens import Token, place, read_tokens
from sorgenetz.errors import QueryRefused, ServiceRefused, UpdateRefused

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
# The parser takes keywords without a space after them: ASKFROM<g>{}, FROMNAMED<g>, FROMg:x, PREFIXg:<…>.
_DATASET_WORD = re.compile(r"[A-Z]*FROM(NAMED)?")
_KEYWORD_OF_A_NAME = re.compile(r"((?:[A-Z]*FROM)(?:NAMED)?|NAMED|PREFIX|.*)(.*)", re.IGNORECASE | re.DOTALL)
_KEPT_LENGTH = 8192
# The usual query, told at one glance: after its prefixes it begins, and nowhere is a word that could say more of it.
_USUAL = re.compile(r"\s*(?:PREFIX\s+[\w.-]*:\s*<[^<>\s]*>\s*)*+(SELECT|ASK)\b", re.IGNORECASE | re.ASCII)
_SAYS_MORE = ("FROM", "SERVICE", "\\", "BNODE", "-[")


class Dataset(NamedTuple):
    """The graphs a query is asked of: what its default graph is made of, and what GRAPH can name."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class QueryText:
    """`form` is select, ask, construct, describe, update or unknown; the graphs are those of FROM and FROM NAMED.

    `refused` is the error of a query that is not answered, and `refused_for` what it says, with line and column.
    """

    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    has_dataset: bool = False
    refused: type[QueryRefused] | None = None
    refused_for: tuple[tuple[str, object], ...] = ()

    def raise_if_refused(self) -> None:
        """Raise UpdateRefused, ServiceRefused or what departures.py refuses, if there is a reason."""
        if self.refused:
            raise self.refused(**dict(self.refused_for))


def read_query(text: str) -> QueryText:
    """Return what `text` says of itself; never fails, since the parser is the one to judge it.

    >>> read_query("prefix g: <http://g/> describe g:x from g:1 from named <http://h>").default_graphs
    ('http://g/1',)
    """
    return _read_short(text) if len(text) <= _KEPT_LENGTH else _read(text)


class _Reading:
    def __init__(self) -> None:
        self.form = "unknown"
        self.base = ""
        self.prefixes: dict[str, str] = {}
        self.graphs: tuple[dict[str, None], dict[str, None]] = ({}, {})
        self.has_dataset = False
        self._refusal: Refusal | None = None
        self._depth = 0
        self._expects = ""
        self._declared = ""

    def read(self, text: str) -> QueryText:
        departures = Departures(text)
        for token in read_tokens(text):
            departures.take(token)
            if token.kind == "open":
                self._depth += len(token.text)
            elif token.kind == "close":
                self._depth -= len(token.text)
            elif token.kind == "name":
                self._name(token)
            elif token.kind == "word":
                self._word(token.text.upper(), token.at)
            elif token.kind == "iri":
                self._iri(token.text)
        default, named = self.graphs
        form = "unknown" if self.form == "other" else self.form
        refusal = self._refusal or departures.refusal
        if not refusal:
            return QueryText(form, tuple(default), tuple(named), self.has_dataset)
        line, column = place(text, refusal.at)
        said = (("line", line), ("column", column), *refusal.said)
        return QueryText(form, tuple(default), tuple(named), self.has_dataset, refusal.error, said)

    def _word(self, word: str, at: int) -> None:
        if "SERVICE" in word and not self._refusal:
            self._refusal = Refusal(ServiceRefused, at)
        if self._depth:
            return
        if self.form == "unknown":
            self._expects = word if word in ("PREFIX", "BASE", "VERSION") else ""
            if not self._expects:
                self._read_form(word, at)
        found = _DATASET_WORD.fullmatch(word)
        if found and self.form != "unknown":
            self.has_dataset = True
            self._expects = "FROM NAMED" if found[1] else "FROM"
        elif word == "NAMED" and self._expects == "FROM":
            self._expects = "FROM NAMED"
        elif self.form != "unknown":
            self._expects = ""

    def _read_form(self, word: str, at: int) -> None:
        for forms in (QUERY_FORMS, UPDATE_FORMS):
            for form in forms:
                if word.startswith(form):
                    self.form = form.lower() if forms is QUERY_FORMS else "update"
                    if self.form == "update":
                        self._refusal = Refusal(UpdateRefused, at)
                    return
        self.form = "other"

    def _name(self, token: Token) -> None:
        """Take in a prefixed name; when nothing declares its prefix, that may begin with a keyword."""
        prefix = token.prefix
        if prefix and prefix not in self.prefixes and self._expects != "PREFIX":
            word, prefix = _KEYWORD_OF_A_NAME.fullmatch(prefix).groups()
            self._word(word.upper(), token.at)
        if self._depth:
            return
        if self._expects == "PREFIX":
            self._declared = prefix
            self._expects = "PREFIX IRI"
        elif self._expects.startswith("FROM"):
            if prefix in self.prefixes:
                self._add(self.prefixes[prefix] + token.text)
            self._expects = ""

    def _iri(self, reference: str) -> None:
        if self._depth or not self._expects:
            return
        iri = resolve(reference, self.base)
        if self._expects == "BASE":
            self.base = iri
        elif self._expects == "PREFIX IRI":
            self.prefixes[self._declared] = iri
        elif self._expects.startswith("FROM"):
            self._add(iri)
        self._expects = ""

    def _add(self, graph: str) -> None:
        self.graphs[self._expects == "FROM NAMED"][graph] = None


def _read(text: str) -> QueryText:
    usual = _USUAL.match(text)
    if usual:
        capitals = text.upper()
        has_subquery = "GRAPH" in capitals and "SELECT" in capitals[usual.end() :]
        if not has_subquery and not any(word in capitals for word in _SAYS_MORE):
            return QueryText(usual[1].lower())
    return _Reading().read(text)


# Whoever answers a query reads it more than once.
_read_short = lru_cache(512)(_read)
