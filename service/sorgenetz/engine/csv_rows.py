"""Rows as CSV, where a reader would break those of the engine's own writer.

It sets no quotation marks around a comma in an IRI, and a row of one column without a value is an empty line, which
readers of CSV such as pandas and R pass over.
"""

from __future__ import annotations

import re
from itertools import islice

import pyoxigraph as ox

CSV_QUOTED = re.compile(rb'"[^"]*+"')
ROWS_AT_ONCE = 1000
_NEEDS_QUOTES = re.compile('[",\r\n]')


def would_be_misread(body: bytes, columns: int) -> bool:
    """Tell whether an answer has more commas than there are between its columns, or a row that is an empty line.

    >>> would_be_misread(b'a,b\\r\\n1,"x,y"\\r\\n', 2), would_be_misread(b"a,b\\r\\nhttp://a.example/1,2,y\\r\\n", 2)
    (False, True)
    >>> would_be_misread(b"a\\r\\n\\r\\n", 1)
    True
    """
    bare = CSV_QUOTED.sub(b"-", body)
    if columns == 1 and b"\r\n\r\n" in bare:
        return True
    return bare.count(b",") > bare.count(b"\r\n") * max(0, columns - 1)


def write_csv(rows: ox.QuerySolutions, output) -> None:
    """Write an answer as SPARQL 1.1 says (Query Results CSV and TSV Formats, 3.1 and 3.2)."""
    output.write((",".join(variable.value for variable in rows.variables) + "\r\n").encode())
    nothing = '""' if len(rows.variables) == 1 else ""
    lines = ((",".join(map(_cell, row)) or nothing) + "\r\n" for row in rows)
    while piece := "".join(islice(lines, ROWS_AT_ONCE)):
        output.write(piece.encode())


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str:
    if term is None:
        return ""
    text = str(term) if isinstance(term, ox.BlankNode) else term.value
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
