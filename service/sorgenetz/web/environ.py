"""A request as WSGI describes one (PEP 3333), told from what the server says of it (ASGI 3)."""

from __future__ import annotations

import sys
from functools import lru_cache
from io import BytesIO
from typing import Any

from sorgenetz.web.answers_cache.asked import BROKEN, Environ

Scope = dict[str, Any]
# Of all fields together, each with what it takes beside its letters: whoever reads or remembers them has short work.
MOST_FIELD_BYTES = 16 * 1024
FIELD_BYTES = 32


def environ_of(scope: Scope) -> Environ:
    """Return the request without its content; `BROKEN` in it names the rule of HTTP that it breaks."""
    host, port = scope.get("server") or ("", 0)
    client, _ = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    hosts, fields = 0, scope["headers"]
    if sum(len(name) + len(value) + FIELD_BYTES for name, value in fields) > MOST_FIELD_BYTES:
        environ[BROKEN] = "fields-too-large"
        return environ
    for name, value in fields:
        hosts += name == b"host"
        if b"_" in name:
            # It would pass for the field with a hyphen, such as one that only a proxy may set.
            continue
        key, text = _key_of(name), value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    if (hosts != 1 or not environ["HTTP_HOST"]) and scope["http_version"] == "1.1":
        # RFC 9112, 3.2: one who stands in between might read another host than we.
        environ[BROKEN] = "host-missing"
    return environ


@lru_cache(256)
def _key_of(name: bytes) -> str:
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
