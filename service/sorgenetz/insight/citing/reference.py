"""The permanent address of an answer holds all that is needed to get it again: query, graphs, release, fingerprint.

Nothing is stored: a service has no state of its own, every replica gives the same page, and nobody can fill a disk by
citing. The price is an address that grows with the query; one that would be too long is refused with words.
"""

from __future__ import annotations

import json
import textwrap
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

LONGEST = 6000
LONGEST_NAME = 120
MOST_BYTES = 256 * 1024
CHECK = 6
# The order of the names in the list below; another order needs another version.
VERSION = 1


@dataclass(frozen=True)
class Reference:
    """What was asked, of which release, and the SHA-256 of what came of it."""

    query: str
    release: str
    fingerprint: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the reference as an address holds it: compressed, with a few letters that tell a damaged one.

        >>> reference = Reference("ASK {}", "000001-ab", "0" * 64)
        >>> read_reference(reference.id) == reference
        True
        """
        parts = [VERSION, self.query, self.release, self.fingerprint, self.default_graphs, self.named_graphs]
        packed = zlib.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(), 9)
        return sha256(packed).hexdigest()[:CHECK] + urlsafe_b64encode(packed).decode().rstrip("=")

    @property
    def name(self) -> str:
        """Return what its author calls the query: the comment it begins with, "" where it begins otherwise.

        >>> Reference("# Initiatives by Kreis\nASK {}", "000001-ab", "0" * 64).name
        'Initiatives by Kreis'
        """
        first = self.query.lstrip().partition("\n")[0]
        if not first.startswith("#"):
            return ""
        shown = "".join(one if one.isprintable() else " " for one in first.lstrip("#"))
        return textwrap.shorten(shown, LONGEST_NAME, placeholder=" …")

    @property
    def fits(self) -> bool:
        """Tell whether the reference is short enough for an address."""
        return len(self.id) <= LONGEST


def read_reference(text: str) -> Reference | None:
    """Return the reference that `text` holds, or None when it is damaged or never was one."""
    if len(text) > LONGEST:
        return None
    try:
        packed = urlsafe_b64decode(text[CHECK:] + "=" * (-len(text[CHECK:]) % 4))
        if sha256(packed).hexdigest()[:CHECK] != text[:CHECK]:
            return None
        unpacked = zlib.decompressobj().decompress(packed, MOST_BYTES)
        version, query, release, fingerprint, defaults, named = json.loads(unpacked)
        if version != VERSION or not all(isinstance(part, str) for part in (query, release, fingerprint)):
            return None
        return Reference(query, release, fingerprint, tuple(map(str, defaults)), tuple(map(str, named)))
    except (NotBase64, zlib.error, ValueError, TypeError):
        return None
