"""What REGEX and REPLACE search for, as far as a query says it, and what the engine would read otherwise."""

from __future__ import annotations

import re

# So many calls of a query are looked at, each so far: a call may stand within a call within a call.
MOST_CALLS, LONGEST_CALL = 100, 500
_STRING = r"'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\""
_PART = re.compile(rf"(?P<string>{_STRING})|(?P<passed>\s++|#[^\n\r]*+)|<[^<>\s]*+>|[^()'\"#<,\s]++|.", re.DOTALL)
_SIGN = re.compile(r"\\.|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read_otherwise(query: str, at: int) -> str:
    """Return what the call at `at` searches for and the engine would read otherwise; an empty text if there is nothing.

    XPath and XQuery Functions 3.1, 5.6.1, refers back by `\\1`, which the engine does not know, and takes away from a
    class of characters by `[a-z-[m]]`, which the engine would add.
    """
    in_class, before = False, ""
    for sign in _SIGN.findall(_searched(query, at)):
        if in_class and before + sign == "-[":
            return "-["
        if not in_class and sign[0] == "\\" and sign[-1] in "123456789":
            return sign
        if sign in "[]":
            in_class = sign == "["
        before = sign
    return ""


def _searched(query: str, at: int) -> str:
    """Return the second argument of the call when it is a string and nothing else."""
    start = query.find("(", at)
    depth, argument, found = 0, 0, []
    for part in _PART.finditer(query, start, start + LONGEST_CALL if start >= 0 else 0):
        text = part[0]
        depth += {"(": 1, ")": -1}.get(text, 0)
        if depth == 0 or (text == "," and depth == 1 and argument == 1):
            break
        if text == "," and depth == 1:
            argument = 1
        elif argument == 1 and part.lastgroup != "passed":
            found.append((part.lastgroup, text))
    if len(found) != 1 or found[0][0] != "string":
        return ""
    quotes = 3 if found[0][1][:3] in ("'''", '"""') else 1
    return _ESCAPED.sub(lambda escape: _CONTROLS.get(escape[1], escape[1]), found[0][1][quotes:-quotes])
