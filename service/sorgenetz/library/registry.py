"""The shelf of queries: find a file by its folder and name, read once and kept."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path

from sorgenetz.errors import NothingHere
from sorgenetz.library.queries import QueryFile, read_query_file

# A longer one would be no name of a file.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,199}")


class Library:
    """The queries below one folder: questions/, pages/, checks/, derive/, describe/ and profiles/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[tuple[str, str], QueryFile] = {}

    def question(self, name: str) -> QueryFile:
        """Return a question that everyone may ask; raises NothingHere when there is none of this name."""
        return self._one("questions", name)

    def page(self, name: str) -> QueryFile:
        """Return a query that the site asks for one of its pages."""
        return self._one("pages", name)

    def check(self, name: str) -> QueryFile:
        """Return a check: a query that must return no row."""
        return self._one("checks", name)

    def questions(self) -> tuple[QueryFile, ...]:
        """Return all questions, sorted by name."""
        return self._questions

    def pages(self) -> tuple[QueryFile, ...]:
        """Return all queries of the site's pages, sorted by name."""
        return self._all("pages")

    def checks(self) -> tuple[QueryFile, ...]:
        """Return all checks, sorted by name."""
        return self._all("checks")

    def derivations(self) -> tuple[QueryFile, ...]:
        """Return all rules, sorted by name, which is the order they are applied in."""
        return self._all("derive")

    def description(self, name: str) -> QueryFile:
        """Return a query that describes the dataset as a whole (VoID, DCAT)."""
        return self._one("describe", name)

    def descriptions(self) -> tuple[QueryFile, ...]:
        """Return all of these, sorted by name."""
        return self._all("describe")

    def profile(self, name: str) -> QueryFile:
        """Return a query that says what is known of a thing in the terms of some standard."""
        return self._one("profiles", name)

    def profiles(self) -> tuple[QueryFile, ...]:
        """Return all of these, sorted by name."""
        return self._all("profiles")

    def heading(self, variable: str, language: str) -> str:
        """Return what stands above the column of this variable; the variable itself when columns.toml has no words.

        The readable name of `x` stands in `xName` or, several together, in `xNames`; both have the heading of `x`.
        """
        words = self._columns.get(variable) or self._columns.get(re.sub("Names?$", "", variable)) or {}
        return words.get("en" if language == "en" else "de", variable)

    @cached_property
    def _columns(self) -> dict[str, dict[str, str]]:
        path = self.folder / "columns.toml"
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}

    @cached_property
    def _questions(self) -> tuple[QueryFile, ...]:
        return self._all("questions")

    def _all(self, kind: str) -> tuple[QueryFile, ...]:
        return tuple(self._one(kind, path.stem) for path in sorted((self.folder / kind).glob("*.rq")))

    def _one(self, kind: str, name: str) -> QueryFile:
        if (kind, name) not in self._read:
            path = self.folder / kind / f"{name}.rq"
            if not _NAME.fullmatch(name) or not path.is_file():
                raise NothingHere(address=f"{kind}/{name}")
            self._read[kind, name] = read_query_file(path, kind)
        return self._read[kind, name]
