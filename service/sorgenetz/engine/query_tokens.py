"""The tokens of a SPARQL 1.1 query that say what it is: keywords, names, IRIs, variables and braces (section 19.8).

Everything else (comments, strings, blank nodes, language tags, numbers, most operators) is passed over in one go.
Every repetition is possessive and no character is looked at more than a fixed number of times, so the time grows with
the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LETTER = (
    "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VARIABLE = _LETTER + "_0-9\xb7\u0300-\u036f\u203f-\u2040"
_NAME = _VARIABLE + r"\-"
# SPARQL 1.1, 19.2: an escape may stand for any character of the text.
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_NAME_TEXT = rf"(?:[{_LETTER}]|{_ESCAPE})(?:\.*+(?:[{_NAME}]|{_ESCAPE}))*+"
_LOCAL_TEXT = rf"(?:[{_LETTER}_:0-9]|{_LOCAL_ESCAPE}|{_ESCAPE})(?:\.*+(?:[{_NAME}:]|{_LOCAL_ESCAPE}|{_ESCAPE}))*+"
_PASSED_OVER = "|".join((
    r"[\x00-\x20]++",
    r"#[^\n\r]*+",
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*+"""',
    r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''",
    # An empty string, unless it opens a long one that never ends; then a string on one line.
    r'""(?!")|' + r"''(?!')",
    r'"(?!"")(?:[^"\\\n\r]|\\.)++"',
    r"'(?!'')(?:[^'\\\n\r]|\\.)++'",
    rf"_:[{_LETTER}_0-9](?:\.*+[{_NAME}])*+",
    r"@[A-Za-z]++(?:-{1,2}+[A-Za-z0-9]++)*+",
    rf"[^{_LETTER}:<{{}}()|\"'#?$@\\\x00-\x20]",
))  # fmt: skip
_TOKEN = re.compile(
    rf"(?P<passed>(?:{_PASSED_OVER})++)"
    rf"|<(?P<iri>(?:[^\x00-\x20<>\"{{}}|^`\\]|{_ESCAPE})*+)>"
    rf"|(?P<name>{_NAME_TEXT})?+(?P<local>:(?:{_LOCAL_TEXT})?+)"
    rf"|(?P<word>{_NAME_TEXT})"
    r"|(?P<open>\{++)|(?P<close>\}++)|(?P<sign>[()]|\|++)"
    rf"|(?P<variable>[?$](?:[{_LETTER}_0-9]|{_ESCAPE})(?:[{_VARIABLE}]|{_ESCAPE})*+)"
    r"|(?P<string>[\"'])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ONE_WORD = re.compile(r"[A-Za-z_0-9]+")
_ESCAPED = re.compile(_ESCAPE)
_LOCAL_ESCAPED = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")


class Token(NamedTuple):
    """`kind` is word, name, iri, variable, open, close, sign or unclosed; a sign is a parenthesis or a run of bars.

    `prefix` belongs to a name; `at` is the token's place in the text.
    """

    kind: str
    text: str
    prefix: str
    at: int


def read_tokens(query: str) -> Iterator[Token]:
    """Yield the tokens that say what `query` is, with escapes resolved; stop at an open string.

    >>> [token.text for token in read_tokens("from <http://g> { ?s a 'service' } # service")]
    ['from', 'http://g', '{', '?s', 'a', '}']
    """
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup
        if kind in ("passed", "other"):
            continue
        at = found.start()
        if kind == "word":
            # A dot or a hyphen can stand in a name before its colon, but not in a keyword.
            for word in _ONE_WORD.finditer(unescape(found["word"])):
                yield Token("word", word[0], "", at)
        elif kind == "local":
            local = _LOCAL_ESCAPED.sub(r"\1", unescape(found["local"][1:]))
            yield Token("name", local, unescape(found["name"] or ""), at)
        elif kind == "string":
            yield Token("unclosed", found["string"], "", at)
            return
        elif kind in ("iri", "variable"):
            yield Token(kind, unescape(found[kind]), "", at)
        else:
            yield Token(kind, found[0], "", at)


def place(query: str, at: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of what stands `at` characters from the beginning of `query`."""
    before = query[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def unescape(text: str) -> str:
    r"""Return `text` with \uXXXX and \UXXXXXXXX resolved; what names no character stays as it is."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found[0][2:], 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else found[0]
