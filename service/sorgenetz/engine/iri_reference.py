"""Relative IRIs made absolute (RFC 3986, 5.2), for the graphs that a query names."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)


def resolve(reference: str, base: str) -> str:
    """Return `reference` as seen from `base`; an absolute IRI, and any without a base, stays as written.

    >>> resolve("../2", "http://g/x/y")
    'http://g/2'
    >>> resolve("http://g/a/../2", "http://g/")
    'http://g/a/../2'
    """
    scheme, authority, path, query, fragment = _PARTS.fullmatch(reference).groups()
    if scheme is not None or not base:
        return reference
    scheme, base_authority, base_path, base_query, _ = _PARTS.fullmatch(base).groups()
    if authority is not None:
        path = _without_dots(path)
    else:
        authority = base_authority
        if not path:
            path, query = base_path, base_query if query is None else query
        elif path.startswith("/"):
            path = _without_dots(path)
        elif authority is not None and not base_path:
            path = _without_dots("/" + path)
        else:
            path = _without_dots(base_path[: base_path.rfind("/") + 1] + path)
    return "".join((
        f"{scheme}:" if scheme is not None else "",
        f"//{authority}" if authority is not None else "",
        path,
        f"?{query}" if query is not None else "",
        f"#{fragment}" if fragment is not None else "",
    ))  # fmt: skip


def _without_dots(path: str) -> str:
    """Return `path` with its `.` and `..` segments applied (5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
