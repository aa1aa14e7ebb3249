"""A result with all that its part of a page needs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request

from sorgenetz.engine.departures import has_alternatives
from sorgenetz.formats import Format, offered_for
from sorgenetz.insight.results.snippets import Snippet, snippets
from sorgenetz.insight.results.views import Shown, show
from sorgenetz.insight.selection.choice import Problem
from sorgenetz.releases.chain import Release
from sorgenetz.web.downloads import file_name
from sorgenetz.web.page_numbers import not_the_page
from sorgenetz.web.pages import reader
from sorgenetz.web.results.ways import Ways, ways_from, wish_in
from sorgenetz.web.services import release_named
from sorgenetz.web.templating import origin


@dataclass(frozen=True)
class ResultBlock:
    """What was answered and is shown, the ways on from here, formats, code that fetches it, and what is not shown."""

    shown: Shown
    ways: Ways
    formats: tuple[Format, ...]
    snippets: tuple[Snippet, ...]
    release: Release
    has_alternatives: bool
    problems: tuple[Problem, ...]

    def file_name(self, fmt: Format) -> str:
        """Return what the answer in a format is called when it is kept."""
        return file_name(self.release.name, "", fmt.ending)

    @property
    def form(self) -> str:
        """Return select, ask, construct or describe."""
        return self.shown.form


def result_block(query: str) -> ResultBlock:
    """Return the answer to `query` as this request wants to see it; raises the errors of the engine."""
    wish = wish_in(request)
    shown = show(reader(), query, wish)
    return ResultBlock(
        shown,
        ways_from(request, query, g.language, wish),
        offered_for(shown.form),
        snippets(f"{origin()}/sparql", query, shown.form, shown.tallies),
        release_named(shown.answered.release),
        has_alternatives(query),
        not_the_page(shown.answered.part.page),
    )
