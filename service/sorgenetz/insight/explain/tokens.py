"""Every token of a query with its place in the text, so that one of them can be named, and changed alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sorgenetz.engine.query_tokens import unescape

MOST_TOKENS = 8000
MOST_CHARACTERS = 100_000
# From each of them the rest of the line is searched for its end.
MOST_OPEN_QUOTES = 20
_TOKEN = re.compile(
    r"(?P<space>[\s\ufeff]++|#[^\n\r]*+)"
    r"|(?P<iri><[^\x00-\x20<>\"{}|^`\\]*+>)"
    r'|(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*+"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*+\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\')'
    r"|(?P<variable>[?$][\w\u200c\u200d\ufeff]+)"
    r"|(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"
    r"|(?P<blank>_:[\w](?:[\w.-]*[\w-])?)"
    # Names may hold the three letters without width (SPARQL 1.1, PN_CHARS_BASE), which nobody means.
    # A prefix of any length would make each part of "a.b.c" look for its colon up to the end of the text.
    r"|(?P<name>(?:[^\W\d_](?:\.*+[\w-]){0,200}+)?:(?:(?:[\w:\u200c\u200d\ufeff]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
    r"(?:\.*(?:[\w:\u200c\u200d\ufeff-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]))*+)?+)"
    r"|(?P<number>(?:\d++(?:\.\d++)?+|\.\d++)(?:[eE][+-]?\d++)?+)"
    r"|(?P<word>[^\W\d]\w*+)"
    r"|(?P<sign>\^\^|&&|\|\||[<>!]=|\{\||\|\}|<<|>>|.)",
    re.DOTALL,
)
KEYWORDS = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "OPTIONAL", "FILTER", "UNION", "MINUS", "GRAPH", "VALUES",
    "BIND", "DISTINCT", "REDUCED", "GROUP", "ORDER", "BY", "LIMIT", "OFFSET", "HAVING", "PREFIX", "BASE", "FROM",
    "NAMED", "EXISTS", "NOT", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "REGEX", "CONTAINS",
    "STRSTARTS", "STRENDS", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "STR", "LCASE", "UCASE", "IN", "AS", "DESC",
    "ASC", "UNDEF", "COALESCE", "IF", "CONCAT", "REPLACE", "SUBSTR", "STRLEN", "YEAR", "MONTH", "DAY", "ISIRI",
    "ISLITERAL", "ISBLANK", "IRI", "URI", "STRLANG", "STRDT", "ABS", "ROUND", "CEIL", "FLOOR", "STRBEFORE",
    "STRAFTER", "SEPARATOR", "SERVICE", "SILENT", "TRUE", "FALSE", "NOW", "RAND", "UUID", "STRUUID", "BNODE", "MD5",
    "SHA1", "SHA256", "SHA384", "SHA512", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ", "SAMETERM", "ISNUMERIC",
    "ISURI", "ENCODE_FOR_URI", "A", "ADJUST", "LATERAL", "TRIPLE", "SUBJECT", "PREDICATE", "OBJECT", "ISTRIPLE",
)  # fmt: skip
_LOCAL_ESCAPED = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")


class NotReadable(Exception):
    """The query is written in a way, or is so long, that nothing can be said of its parts."""


@dataclass(frozen=True)
class Token:
    """A piece of the text; `kind` is iri, string, variable, language, blank, name, number, word, sign or end."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def says(self, *words: str) -> bool:
        """Tell whether this is one of these keywords, whatever its capitals."""
        return self.kind == "word" and self.text.upper() in words


def read_all(query: str) -> list[Token]:
    """Return the tokens of `query` without spaces and comments, and one for the end; raises NotReadable.

    >>> [token.text for token in read_all("?event a sn:Event . # all")]
    ['?event', 'a', 'sn:Event', '.', '']
    """
    if len(query) > MOST_CHARACTERS:
        raise NotReadable
    found: list[Token] = []
    open_quotes = 0
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        open_quotes += match[0] in ("'", '"')
        if open_quotes > MOST_OPEN_QUOTES:
            raise NotReadable
        if kind != "space":
            found.append(Token(kind, match[0], match.start()))
            if len(found) > MOST_TOKENS:
                raise NotReadable
    return [*found, Token("end", "", len(query))]


def string_value(token: Token) -> str:
    """Return the text that a string stands for."""
    quotes = 3 if token.text[:3] in ('"""', "'''") else 1
    inside = unescape(token.text[quotes:-quotes])
    pairs = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
    return re.sub(r"\\(.)", lambda found: pairs.get(found[1], found[1]), inside, flags=re.DOTALL)


def local_part(name: str) -> tuple[str, str]:
    """Return prefix and local name of a prefixed name, escapes resolved."""
    prefix, _, local = name.partition(":")
    return unescape(prefix), _LOCAL_ESCAPED.sub(r"\1", unescape(local))
