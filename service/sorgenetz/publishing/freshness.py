"""Whether the served release already says what the files say."""

from __future__ import annotations

from sorgenetz import __version__
from sorgenetz.bundle import Bundle
from sorgenetz.errors import SorgenetzError
from sorgenetz.releases.chain import Home, Release
from sorgenetz.sources.authored import input_digest


def compare_files(bundle: Bundle, home: Home) -> tuple[Release | None, str]:
    """Return the current release, if there is a good one, and the SHA-256 of the bundle's files."""
    try:
        current = home.current()
    except SorgenetzError:
        current = None
    return current, input_digest(bundle, __version__)
