"""How a question and its answer cross from one process to another: two lengths, a JSON header, and plain bytes."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable

_LENGTHS = struct.Struct(">IQ")
_ONE_PIECE = 65536


def send(connection: socket.socket, header: dict[str, object], body: bytes = b"") -> None:
    """Send `header`, which must be plain JSON, and `body`."""
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    start = _LENGTHS.pack(len(text), len(body)) + text
    if len(body) < _ONE_PIECE:
        connection.sendall(start + body)
    else:
        connection.sendall(start)
        connection.sendall(body)


def receive(connection: socket.socket, first: bytes = b"") -> tuple[dict[str, object], bytes]:
    """Return the header and the body of one message that begins with `first`; EOFError when the other side is gone."""
    pieces = [first]
    held = len(first)

    def fill(wanted: int) -> None:
        nonlocal held
        while held < wanted:
            piece = connection.recv(max(_ONE_PIECE, min(wanted - held, 1 << 20)))
            if not piece:
                raise EOFError
            pieces.append(piece)
            held += len(piece)

    return _split(pieces, fill)


def _split(pieces: list[bytes], fill: Callable[[int], None]) -> tuple[dict[str, object], bytes]:
    fill(_LENGTHS.size)
    start = b"".join(pieces)
    header_length, body_length = _LENGTHS.unpack_from(start)
    end = _LENGTHS.size + header_length
    fill(end + body_length)
    whole = b"".join(pieces)
    return json.loads(whole[_LENGTHS.size : end]), whole[end:]
