"""The ways from one view of a result to the others and to its files; the whole state is in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Request

from sorgenetz.formats import Format
from sorgenetz.insight.answers import Part
from sorgenetz.insight.results.views import Wish
from sorgenetz.web.page_numbers import page_asked

STATE = ("view", "sort", "page", "measure")
# A longer query does not go into an address: links become buttons that send it.
LONGEST_IN_ADDRESS = 4000


@dataclass(frozen=True)
class Ways:
    """Where the other views of this result are; `asks` is what the address says besides the view, `path` its page."""

    path: str
    asks: tuple[tuple[str, str], ...]
    query: str
    language: str
    wish: Wish

    @property
    def by_form(self) -> bool:
        """Tell whether the query is too long for an address."""
        return len(self.query) > LONGEST_IN_ADDRESS

    def view(self, name: str) -> str:
        """Return the address of another view."""
        return self._to(view=name)

    def sorted_by(self, column: str) -> str:
        """Return the address of the table by a column, the other way round when it is by that column already."""
        turned = self.wish.part.sort == column and not self.wish.part.descending
        return self._to(view="table", sort=f"-{column}" if turned else column)

    def page(self, number: int) -> str:
        """Return the address of a page of the table."""
        part = self.wish.part
        return self._to(view="table", sort=f"{'-' if part.descending else ''}{part.sort}", page=number)

    def measure(self, column: str) -> str:
        """Return the address of the chart of another number."""
        return self._to(view="chart", measure=column)

    def data(self, fmt: Format) -> str:
        """Return the address of the answer in a format of the endpoint."""
        return self._file("/sparql", format=fmt.key)

    def workbook(self) -> str:
        """Return the address of the Excel workbook."""
        return self._file("/sparql.xlsx", language=self.language)

    def graphml(self) -> str:
        """Return the address of the network file."""
        return self._file("/sparql.graphml", language=self.language)

    def cite(self) -> str:
        """Return the address that leads to the permanent address of this answer."""
        return self._file("/cite", language=self.language)

    def _file(self, path: str, **said: str) -> str:
        query = () if self.by_form else (("query", self.query),)
        return f"{path}?{urlencode((*query, *said.items()))}"

    def _to(self, **state: object) -> str:
        said = [(name, str(value)) for name, value in state.items() if value and not (name == "page" and value == 1)]
        asks = [(name, value) for name, value in self.asks if not (self.by_form and name == "query")]
        return f"{self.path}?{urlencode(asks + said)}#answer"


def wish_in(request: Request) -> Wish:
    """Return what the address wants to see; what it says wrongly it does not say."""
    sort = request.args.get("sort", "")
    part = Part(page_asked(), sort.removeprefix("-"), sort.startswith("-"))
    return Wish(request.args.get("view", "table"), part, request.args.get("measure", ""))


def ways_from(request: Request, query: str, language: str, wish: Wish) -> Ways:
    """Return the ways from the page at this address."""
    asks = [(name, value) for name, value in request.values.items(multi=True) if name not in STATE]
    return Ways(request.path, tuple(asks), query, language, wish)
