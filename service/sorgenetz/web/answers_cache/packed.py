"""Large answers, held packed in memory and unpacked piece by piece for each who asks (zlib, RFC 1950)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

PIECE_BYTES = 256 * 1024
# The quickest: the packed bytes never leave the house.
LEVEL = 1
_AT_A_TIME = 16 * 1024


def packing(pieces: Iterable[bytes], most: int, keep: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield `pieces` as they are; `keep` gets all of them packed, once the last one was taken, if that is below `most`.

    >>> kept = []
    >>> len(b"".join(packing([b"a" * 1000, b"b"], 100, kept.append))), b"".join(unpacked(kept[0]))[-2:]
    (1001, b'ab')
    """
    packer, packed = zlib.compressobj(LEVEL), bytearray()
    try:
        for piece in pieces:
            if len(packed) <= most:
                packed += packer.compress(piece)
            yield piece
        packed += packer.flush()
        if len(packed) <= most:
            keep(bytes(packed))
    finally:
        if hasattr(pieces, "close"):
            pieces.close()


def unpacked(packed: bytes) -> Iterator[bytes]:
    """Yield what was packed, in pieces of at most PIECE_BYTES."""
    unpacker = zlib.decompressobj()
    for start in range(0, len(packed), _AT_A_TIME):
        rest = packed[start : start + _AT_A_TIME]
        while rest:
            yield unpacker.decompress(rest, PIECE_BYTES)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()
