"""What many answers share: most of their fields, and what the answers depend on, read once."""

from __future__ import annotations

from sorgenetz.engine.spool import MEMORY_BYTES
from sorgenetz.web.answers_cache.encodings import LEAST_BYTES, is_worth_it
from sorgenetz.web.answers_cache.kept import Headers, in_bytes, replaced


class Common:
    """What answers to plain queries share: their fields but for ETag and Content-Length, read once."""

    def __init__(self, headers: Headers) -> None:
        by_name = {name.lower(): value for name, value in headers}
        self.release = by_name["sorgenetz-release"]
        self.fields = fields_named(by_name["vary"])
        self.is_text = is_worth_it(200, by_name, LEAST_BYTES, MEMORY_BYTES)
        self.headers = replaced(headers, "Vary", f"{by_name['vary']}, Accept-Encoding")
        self.wire = in_bytes(self.headers)


def fields_named(vary: str) -> tuple[str, ...]:
    """Return the fields of the request that the answer depends on, by their names in a WSGI environment."""
    names = (name.strip().upper().replace("-", "_") for name in vary.split(","))
    return tuple(f"HTTP_{name}" for name in names if name)
