"""What the parser refuses, in words: the place, and what is wrong there, in German and English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sorgenetz.engine.query_text import read_query
from sorgenetz.engine.query_tokens import place, read_tokens
from sorgenetz.errors import QuerySyntaxError

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_FUNCTION = re.compile(r"custom (?:aggregate )?function <([^>]*)>")
_KEYWORD = re.compile(r"[A-Za-z_0-9]+")
_TERM = re.compile(
    r"""<[^<>\s]*>|"[^"\n]*"(?:@[\w-]+|\^\^\S+)?|'[^'\n]*'(?:@[\w-]+)?|[?$]\w+|[\w-]*:[\w.:-]*\w|[\w.+-]*\w"""
)
_SHOWN_CHARACTERS = 40
# To be set behind each query. The parser reads as many characters as a keyword has before it compares; at the end of
# the text it would stumble there, and name the end as the place of every mistake.
READ_AHEAD = "\n" + " " * 20
_INVALID = "IRI parsing failed"
_SAID_BY_THE_PARSER = (
    ("a variable that is unbound", "SELECT nennt eine Variable, die weder gruppiert noch zusammengefasst ist",
     "SELECT names a variable that is neither grouped nor aggregated"),
    ("Duplicated variable name", "SELECT nennt eine Variable zweimal", "SELECT names a variable twice"),
    ("overrides an existing variable", "AS gibt einer Variable einen Wert, die es schon gibt",
     "AS gives a value to a variable that exists already"),
    ("not authorized with GROUP BY", "SELECT * ist mit GROUP BY nicht möglich; nennen Sie die Variablen",
     "SELECT * is not possible with GROUP BY; name the variables"),
    (_INVALID, "hier steht eine ungültige IRI", "here is an invalid IRI"),
    ("language tag parsing failed", "das Sprachkürzel ist ungültig", "the language tag is invalid"),
    ("in its SELECT projection", "ein Parameter kommt in SELECT nicht vor", "a parameter does not occur in SELECT"),
)  # fmt: skip

_SAID_OF_AN_IRI = (_INVALID, "No scheme found")
_INCOMPLETE = "hier steht eine unvollständige IRI ohne BASE", "here is an incomplete IRI without BASE"
_ENDS_A_PATTERN = re.compile(r"[{};]|\.\s")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def as_error(query: str, message: str, prefixes: Mapping[str, str]) -> QuerySyntaxError:
    """Return the error for what the parser said in `message` about `query`; `prefixes` are those worth recommending."""
    told = _PLACE.match(message)
    line, column = (int(told[1]), int(told[2])) if told else (1, 1)
    expected = told[3] if told else message
    function = _FUNCTION.search(message)
    if function:
        return _at(
            query,
            _find_function(query, function[1]),
            f"die Funktion <{function[1]}> gibt es hier nicht",
            f"there is no function <{function[1]}> here",
        )
    if "Prefix not found" in expected:
        missing = _undeclared_prefix(query)
        if missing:
            name, at = missing
            known = f": PREFIX {name}: <{prefixes[name]}>" if name in prefixes else ""
            return _at(
                query,
                at,
                f"das Präfix {name}: ist nicht vereinbart{known}",
                f"the prefix {name}: is not declared{known}",
            )
    incomplete = _incomplete_iri(query)
    if incomplete is not None and any(words in expected for words in _SAID_OF_AN_IRI):
        return _at(query, incomplete, *_INCOMPLETE)
    for words, german, english in _SAID_BY_THE_PARSER:
        if words in expected:
            # What is found out only when all is read has its place behind the end: SELECT is where to look.
            at = _offset(query + READ_AHEAD, line, column)
            if words == _INVALID:
                at = max(0, query.rfind("<", 0, at))
            return _at(query, at if at < len(query.rstrip()) else _select(query), german, english)
    form = read_query(query).form
    if form == "unknown":
        return _at(
            query,
            _beginning(query),
            "eine Abfrage beginnt, nach PREFIX name: <…>, mit SELECT, ASK, CONSTRUCT oder DESCRIBE",
            "after PREFIX name: <…> a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    at = min(_offset(query + READ_AHEAD, line, column) - _read_ahead(expected), len(query))
    opened = _left_open(query)
    if opened:
        sign, start = opened
        return _at(query, start, f"„{sign}“ wird nicht geschlossen", f"“{sign}” is not closed")
    at = _behind_space(query, at)
    if incomplete is not None and at <= incomplete and not _ENDS_A_PATTERN.search(query, at, incomplete):
        return _at(query, incomplete, *_INCOMPLETE)
    return _does_not_fit(query, at)


def _read_ahead(expected: str) -> int:
    """Return how far behind the trouble the parser looked: it reads as many characters as a keyword has, then compares.

    What it expected besides keywords (signs, classes of characters) stands where it says.
    """
    items = [item for item in expected.split(", ") if item != "[_]"]
    lengths = [len(item) for item in items if _KEYWORD.fullmatch(item)]
    return min(lengths) if lengths and len(lengths) == len(items) else 0


def _does_not_fit(query: str, at: int) -> QuerySyntaxError:
    shown = query[at : at + _SHOWN_CHARACTERS].split("\n")[0].strip()
    if not shown:
        return _at(query, at, "hier fehlt noch etwas", "something is still missing here")
    german, english = f"ab „{shown}“", f"from “{shown}” on"
    before = query[:at].rstrip()[-1:]
    # A statement that begins here: how many parts stand before its end?
    parts = _TERM.findall(re.split(r"\s\.|[.;]\s|[;{}]", query[at : at + 400])[0])
    if before in (".", "{", ";", "}") and 0 < len(parts) < 3 - (before == ";") and query[at] not in "{}()":
        german += "; ein Tripel braucht drei Teile: Subjekt, Prädikat, Objekt"
        english += "; a triple needs three parts: subject, predicate, object"
    elif before and before not in ".;,{}(" and query[at] in "?$<:\"'" or (before == "}" and query[at] == "}"):
        german += "; davor fehlt vielleicht ein Punkt, ein Strichpunkt oder eine Klammer"
        english += "; perhaps a full stop, a semicolon or a bracket is missing before it"
    return _at(query, at, german, english)


def _at(query: str, at: int, german: str, english: str) -> QuerySyntaxError:
    line, column = place(query, at)
    return QuerySyntaxError(line=line, column=column, reason=english, reason_de=german)


def _offset(query: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = query.find("\n", start) + 1
        if not start:
            return len(query)
    return min(start + column - 1, len(query))


def _behind_space(query: str, at: int) -> int:
    """Return where the next text stands, from `at` on."""
    at = max(0, at)
    while at < len(query) and query[at].isspace():
        at += 1
    return at


def _incomplete_iri(query: str) -> int | None:
    """Return where the first IRI without a scheme stands that no BASE makes complete."""
    for token in read_tokens(query):
        if token.kind == "iri" and not _SCHEME.match(token.text):
            return token.at
        if token.kind == "word" and token.text.upper() == "BASE":
            base = query.find("<", token.at)
            return None if _SCHEME.match(query, base + 1) else base
    return None


def _find_function(query: str, iri: str) -> int:
    """Return where the function of this IRI is called, as an IRI or by the end of its name; 0 if it is not found."""
    for token in read_tokens(query):
        if (token.kind == "iri" and token.text == iri) or (
            token.kind == "name" and token.text and iri.endswith(token.text)
        ):
            return token.at
    return 0


def _select(query: str) -> int:
    """Return where SELECT stands; 0 without it."""
    return next((token.at for token in read_tokens(query) if token.text.upper() == "SELECT"), 0)


def _beginning(query: str) -> int:
    """Return where the query begins behind its prologue; its end when there is nothing."""
    in_prologue = False
    for token in read_tokens(query):
        if token.kind == "word" and token.text.upper() in ("PREFIX", "BASE", "VERSION"):
            in_prologue = True
        elif not (in_prologue and token.kind in ("name", "iri")):
            return token.at
    return len(query.rstrip())


def _undeclared_prefix(query: str) -> tuple[str, int] | None:
    """Return the first prefix that no PREFIX line declares, and where it is used."""
    declared: set[str] = set()
    declares = False
    for token in read_tokens(query):
        if token.kind == "name":
            if declares:
                declared.add(token.prefix)
            elif token.prefix not in declared:
                return token.prefix, token.at
        declares = token.kind == "word" and token.text.upper() == "PREFIX"
    return None


def _left_open(query: str) -> tuple[str, int] | None:
    """Return the brace or quotation mark that is opened last and never closed, and where."""
    opened: list[int] = []
    for token in read_tokens(query):
        if token.kind == "unclosed":
            return token.text, token.at
        if token.kind == "open":
            opened += range(token.at, token.at + len(token.text))
        elif token.kind == "close":
            del opened[max(0, len(opened) - len(token.text)) :]
    return ("{", opened[-1]) if opened else None
