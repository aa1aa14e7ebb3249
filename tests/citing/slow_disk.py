"""A release kept as changes only, on a disk that is slow: its changes come when they are let go."""

from __future__ import annotations

import os
from collections.abc import Callable

from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import thin


def thin_on_a_slow_disk(home: Home) -> Callable[..., None]:
    """Keep all but the newest release as changes; those of the first, or others, are read once this is called."""
    thin(home, 1)
    changes = next(home.releases.glob("000001-*")) / "added.nq.gz"
    content = changes.read_bytes()
    changes.unlink()
    os.mkfifo(changes)

    def let_go(said: bytes = content) -> None:
        changes.write_bytes(said)
        whole = changes.with_suffix(".whole")
        whole.write_bytes(said)
        whole.replace(changes)

    return let_go
