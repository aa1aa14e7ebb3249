"""How many rows an answer holds, told from its bytes: at most, while it is written, and exactly, when it is whole."""

from __future__ import annotations

import re

from sorgenetz.engine.csv_rows import CSV_QUOTED

_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')
# What stands once for each row, and in JSON and CSV possibly within a text too.
ROW_MARKS = {"json": b",{", "xml": b"<result>", "csv": b"\r\n", "tsv": b"\n"}


def rows_in(body: bytes, format_key: str) -> int:
    """Return the rows in `body`, a whole answer in this format."""
    if format_key == "json":
        # Without its strings, a comma stands before a brace only between two rows.
        bare = _JSON_STRING.sub(b"", body)
        return 0 if b"[]}}" in bare else bare.count(b",{") + 1
    if format_key == "xml":
        return body.count(b"<result>") + body.count(b"<result/>")
    if format_key == "csv":
        return CSV_QUOTED.sub(b"", body).count(b"\r\n") - 1
    return body.count(b"\n") - 1


class RowMarks:
    """Counts what stands once for each row in pieces of an answer; never fewer than there are rows."""

    def __init__(self, format_key: str) -> None:
        self._mark = ROW_MARKS[format_key]
        self._end = b""
        # The head of CSV and TSV is a line as well; before the first row of JSON stands no comma.
        self.rows = {"json": 1, "xml": 0}.get(format_key, -1)

    def read(self, piece: bytes) -> None:
        """Count the marks in `piece`, also one that began in the piece before."""
        self.rows += (self._end + piece).count(self._mark)
        self._end = piece[len(piece) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
