"""Where tables are printed: cells wrap on a terminal; into a file or pipe each row is one line."""

from __future__ import annotations

import sys

from rich.console import Console


def table_console(*, stderr: bool = False) -> Console:
    """Return the console of standard output or error, as wide as a row may be where no terminal bounds it."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr) if stream.isatty() else Console(stderr=stderr, width=10_000)
