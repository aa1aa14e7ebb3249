"""The bytes of an answer while they wait to be sent: in memory up to a bound, beyond it in a file without a name."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO
from weakref import finalize

MEMORY_BYTES = 1024 * 1024
PIECE_BYTES = 256 * 1024


class Spool:
    """Bytes that are written once and then read by one reader."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 (closed with this object)
        # Not by __del__: in a circle of objects that all go, the file would complain first that nobody closed it.
        finalize(self, self._file.close)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def write(self, piece: bytes) -> None:
        """Add `piece` at the end."""
        self._length += len(piece)
        self._file.write(piece)

    def whole(self) -> bytes:
        """Return everything at once."""
        self._file.seek(0)
        return self._file.read()

    def file(self) -> IO[bytes]:
        """Return everything as a file that is read from its beginning."""
        self._file.seek(0)
        return self._file

    def pieces(self) -> Iterator[bytes]:
        """Return everything, little by little."""
        self._file.seek(0)
        while piece := self._file.read(PIECE_BYTES):
            yield piece
