"""The content of a file that a person wrote: UTF-8, with or without the mark that some editors put before it."""

from __future__ import annotations

from pathlib import Path

from sorgenetz.errors import FileMissing, SorgenetzError


class FileNotUtf8(SorgenetzError):
    """A file in another encoding; names the first line that shows it. errors.toml has the words."""

    exit_code, code = 2, "file-not-utf-8"


def bytes_of(path: Path) -> bytes:
    """Return the content of a file; raises FileMissing."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(file=path, reason=error.strerror) from error


def text_of(path: Path, content: bytes) -> str:
    """Return the content of the file at `path` as text, without a byte order mark; raises FileNotUtf8 with the line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileNotUtf8(file=path, line=line) from error
