"""Room for everybody: nobody may have more than a share of the workers with queries that run or wait.

Clients are told apart by a hash of their address with a key that is made at the start and held in memory only.
"""

from __future__ import annotations

import math
import secrets
from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from ipaddress import IPv6Address
from threading import Lock

from flask import Flask, g, request

from sorgenetz.errors import TooManyQueries
from sorgenetz.settings import Settings

# Where visitors' own queries are answered.
ROOMS = frozenset(
    ("sparql.endpoint", "result_files.workbook", "result_files.network", "explain.explain", "citing.cite",
     "citing.answer", "api.answer", "explorer.editor.sparql", "explorer.editor.check")
)  # fmt: skip
NETWORK_BITS = 64


class TooManyOfOneClient(TooManyQueries):
    """One client asks more at the same time than its share; the others are to be answered too."""

    status, code = 429, "too-many-at-once"


class Shares:
    """Counts the queries of each client while they run or wait; `most` for each."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._at_work: Counter[bytes] = Counter()

    def enter(self, address: str) -> bytes | None:
        """Return what `leave` takes afterwards; None when the client has its share already."""
        client = blake2b(_one_client(address).encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
        with self._lock:
            if self._at_work[client] >= self._most:
                return None
            self._at_work[client] += 1
        return client

    def leave(self, client: bytes) -> None:
        """Let the place of one query of this client be free again."""
        with self._lock:
            self._at_work[client] -= 1
            if not self._at_work[client]:
                del self._at_work[client]

    @property
    def at_work(self) -> int:
        """Return how many queries run or wait, of all clients together."""
        return self._at_work.total()

    def __len__(self) -> int:
        """Return of how many clients anything is known just now."""
        return len(self._at_work)


def most_of_one(settings: Settings) -> int:
    """Return how many queries of one client may run or wait at the same time, at least one."""
    return max(1, math.floor(settings.query_workers * settings.query_client_share))


def add_to(app: Flask, settings: Settings) -> None:
    """Give every client of `app` its share."""
    shares = app.extensions["sorgenetz-shares"] = Shares(most_of_one(settings))

    def enter() -> None:
        if request.endpoint in ROOMS and request.method != "OPTIONS":
            g.client = shares.enter(client_address(request.environ, settings.client_header))
            if g.client is None:
                raise TooManyOfOneClient(limit=most_of_one(settings), retry_s=max(1, math.ceil(settings.query_seconds)))

    def leave(_: BaseException | None) -> None:
        client = g.pop("client", None)
        if client is not None:
            shares.leave(client)

    app.before_request(enter)
    app.teardown_request(leave)


def client_address(environ: Mapping[str, object], header: str) -> str:
    """Return the address of the connection, or what the trusted proxy says in the `header` that the settings name.

    Of several addresses the last counts: the proxy has written it, the ones before may be the client's invention.
    """
    said = str(environ.get(f"HTTP_{header.upper().replace('-', '_')}", "")) if header else ""
    return said.rpartition(",")[2].strip() or str(environ.get("REMOTE_ADDR") or "")


def _one_client(address: str) -> str:
    """Return the network of an IPv6 address, all of which is one household's, and any other address as it is."""
    if ":" not in address:
        return address
    try:
        read = IPv6Address(address.strip("[]"))
    except ValueError:
        return address
    return str(read.ipv4_mapped or int(read) >> NETWORK_BITS)
