"""The built styles, fonts and scripts by their lasting names; pages stay readable without them."""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path

BUILT = Path(__file__).parent / "static" / "built"
log = logging.getLogger("sorgenetz.web")


@cache
def _manifest() -> dict[str, str]:
    try:
        return json.loads((BUILT / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        log.warning("The pages have no styles yet: run `make setup`, which builds service/frontend (needs npm).")
        return {}


def asset(name: str) -> str:
    """Return the path of a built file, such as "pages.css"; an empty text when nothing was built."""
    file = _manifest().get(name)
    return f"/static/built/{file}" if file else ""


def fingerprint() -> str:
    """Return a text that changes when a built file changes."""
    return "".join(sorted(_manifest().values()))


def size_of(name: str) -> tuple[int, int]:
    """Return the bytes of a built file and of its packed copy; raises OSError where it was not built."""
    path = BUILT / _manifest().get(name, name)
    return path.stat().st_size, path.with_name(f"{path.name}.gz").stat().st_size
