"""How a question and its answer cross from one process to another: two lengths, a JSON header, and plain bytes."""

from __future__ import annotations

import json
import socket
import struct
from io import BytesIO
from typing import Protocol

_LENGTHS = struct.Struct(">IQ")
_written, _read = json.JSONEncoder(separators=(",", ":")).encode, json.JSONDecoder().raw_decode
_ONE_PIECE = 65536
_LARGEST_PIECE = 1 << 18


class Sink(Protocol):
    """What takes the body of a message piece by piece."""

    def write(self, piece: bytes, /) -> object: ...


def written(header: dict[str, object]) -> bytes:
    """Return the header, which must be plain JSON, as it stands in a message."""
    return _written(header).encode("ascii")


def joined(header: bytes, body: bytes) -> bytes:
    """Return the message of a header that is `written`, and `body`."""
    return _start(header, len(body)) + body


def send(connection: socket.socket, header: dict[str, object], body: bytes = b"") -> None:
    """Send one message."""
    if len(body) < _ONE_PIECE:
        connection.sendall(joined(written(header), body))
    else:
        connection.sendall(_start(written(header), len(body)))
        connection.sendall(body)


def whole(held: bytes) -> tuple[dict[str, object], bytes] | None:
    """Return the header and the body of the message that `held` is, None when more of it is to come."""
    if len(held) < _LENGTHS.size:
        return None
    header_length, body_length = _LENGTHS.unpack_from(held)
    end = _LENGTHS.size + header_length
    return (_header(held[_LENGTHS.size : end]), held[end:]) if len(held) == end + body_length else None


def receive(connection: socket.socket) -> tuple[dict[str, object], bytes]:
    """Return the header and the body of one message; EOFError when the other side is gone."""
    held, body = _some(connection, _ONE_PIECE), BytesIO()
    return whole(held) or (receive_to(connection, held, body), body.getvalue())


def receive_to(connection: socket.socket, first: bytes, sink: Sink) -> dict[str, object]:
    """Return the header of one message that begins with `first`, and give its body to `sink` as it comes."""
    held = _filled(connection, first, _LENGTHS.size)
    header_length, left = _LENGTHS.unpack_from(held)
    end = _LENGTHS.size + header_length
    held = _filled(connection, held, end)
    piece = held[end:]
    while True:
        sink.write(piece)
        left -= len(piece)
        if left <= 0:
            return _header(held[_LENGTHS.size : end])
        piece = _some(connection, min(left, _LARGEST_PIECE))


def _start(header: bytes, length: int) -> bytes:
    return _LENGTHS.pack(len(header), length) + header


def _header(text: bytes) -> dict[str, object]:
    return _read(text.decode("ascii"))[0]


def _filled(connection: socket.socket, held: bytes, wanted: int) -> bytes:
    while len(held) < wanted:
        held += _some(connection, _ONE_PIECE)
    return held


def _some(connection: socket.socket, most: int) -> bytes:
    piece = connection.recv(most)
    if not piece:
        raise EOFError
    return piece
