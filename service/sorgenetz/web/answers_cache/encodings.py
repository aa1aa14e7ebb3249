"""Content codings: which one a client takes, what is worth it, and the tag of each (RFC 9110, 8.4 and 12.5.3)."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from werkzeug.http import parse_accept_header

# What the server likes best comes first; "" is the answer as it is.
OFFERED = ("br", "gzip")
# Below, the fields that say so are longer than what is saved.
LEAST_BYTES = 512
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
TEXT = ("application/json", "application/xml", "application/javascript", "application/n-triples", "application/n-quads",
        "application/trig", "image/svg+xml", "application/sparql-query")  # fmt: skip


@lru_cache(256)
def chosen_encoding(accepted: str | None) -> str:
    """Return the coding for a client that sends this Accept-Encoding; "" for none, also when it sends no such field.

    >>> chosen_encoding("gzip, deflate, br;q=0.9"), chosen_encoding("br;q=0"), chosen_encoding(None)
    ('gzip', '', '')
    """
    if not accepted:
        return ""
    weights = dict(parse_accept_header(accepted.lower()))
    offered = {name: weights.get(name, weights.get("*", 0)) for name in OFFERED}
    best = max(OFFERED, key=lambda name: offered[name])
    return best if offered[best] > 0 and offered[best] >= weights.get("identity", 0) else ""


def is_worth_it(status: int, headers: dict[str, str], size: int, most: int) -> bool:
    """Tell whether this answer comes encoded where the client takes it; `headers` have names in small letters."""
    if status != 200 or not LEAST_BYTES <= size <= most:
        return False
    # A file that is asked for in parts, or whose digest is said, goes out as it is.
    if headers.keys() & {"content-encoding", "accept-ranges", "repr-digest"}:
        return False
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in TEXT


def encoded(content: bytes, encoding: str) -> bytes:
    """Return `content` in this coding; the same bytes each time."""
    if encoding == "br":
        return brotli.compress(content, quality=BROTLI_QUALITY)
    if encoding == "gzip":
        return gzip.compress(content, GZIP_LEVEL, mtime=0)
    return content


def tag_in(tag: str, encoding: str) -> str:
    """Return the entity tag of an answer in this coding, from its tag as it is (RFC 9110, 8.8.3.3).

    >>> tag_in('"a"', "br"), tag_in('W/"a"', "gzip"), tag_in('"a"', "")
    ('"a-br"', 'W/"a-gzip"', '"a"')
    """
    return f'{tag[:-1]}-{encoding}"' if encoding else tag


def tags_without(tags: str, encoding: str) -> str:
    """Return the If-None-Match of a client that may hold the answer in this coding, as if it held it as it is.

    >>> tags_without('"a-br", W/"b"', "br")
    '"a", W/"b"'
    """
    return tags.replace(f'-{encoding}"', '"') if encoding else tags
