"""Which page of a list the address asks for, and what is said where the list has no such page."""

from __future__ import annotations

from flask import request

from sorgenetz.insight.selection.choice import Problem


def page_asked() -> int:
    """Return the number of the page that the address asks for, the first where it names none."""
    return request.args.get("page", default=1, type=int)


def not_the_page(shown: int) -> tuple[Problem, ...]:
    """Return the problem that the address asks for another page than the one that is shown, if it does."""
    given = request.args.get("page", "").strip()
    asked = request.args.get("page", type=int)
    return (Problem("page", "page", given, (str(shown),)),) if given and asked != shown else ()
