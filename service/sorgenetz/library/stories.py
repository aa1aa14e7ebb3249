"""The guided tours: Markdown files with questions in them, read and checked once and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sorgenetz.errors import NothingHere, SorgenetzError
from sorgenetz.library.asked_in_text import Asked, BadDirective, full, read_block, read_inline
from sorgenetz.library.registry import Library
from sorgenetz.names import GRAPH
from sorgenetz.text_files import bytes_of, text_of

MARKDOWN = MarkdownIt("commonmark", {"html": False})
_FILE = re.compile(r"\d+-([a-z0-9-]+)\.(de|en)\.md")
_INLINE = re.compile(r"(number|value)\s")


class BadStory(SorgenetzError):
    """A guided tour that is not in order; names the file and the line; errors.toml has the words."""

    exit_code, code = 2, "story-file"


@dataclass(frozen=True)
class Story:
    """One tour in one language; the question of a token stands in its meta as "asked"."""

    name: str
    language: str
    title: str
    summary: str
    tokens: list[Token]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return all questions in the order of the text."""
        return tuple(token.meta["asked"] for token in _all(self.tokens) if "asked" in token.meta)

    @property
    def targets(self) -> tuple[str, ...]:
        """Return where its links lead: IRIs of things and graphs, and addresses."""
        return tuple(full(str(token.attrs["href"])) for token in _all(self.tokens) if token.type == "link_open")

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the graphs of the sources that it names."""
        return tuple(target for target in self.targets if target.startswith(GRAPH))


class Stories:
    """The tours in one folder, whose files are called NUMBER-NAME.LANGUAGE.md."""

    def __init__(self, folder: Path, library: Library) -> None:
        self._library = library
        self._files = {
            (found[1], found[2]): path for path in sorted(folder.glob("*.md")) if (found := _FILE.fullmatch(path.name))
        }
        self._read: dict[tuple[str, str], Story] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all tours, in their order."""
        return tuple(dict.fromkeys(name for name, _ in self._files))

    def story(self, name: str, language: str) -> Story:
        """Return the tour; raises NothingHere, and BadStory, which names file and line."""
        if (name, language) not in self._files:
            raise NothingHere(address=f"stories/{name}")
        if (name, language) not in self._read:
            self._read[name, language] = read_story(self._files[name, language], name, language, self._library)
        return self._read[name, language]

    def all(self, language: str) -> tuple[Story, ...]:
        """Return all tours in this language."""
        return tuple(self.story(name, language) for name in self.names)


def check_stories(folder: Path, library: Library) -> None:
    """Read all tours in all languages; raises BadStory for the first that is not in order."""
    stories = Stories(folder, library)
    for name in stories.names:
        for language in ("de", "en"):
            stories.story(name, language)


def read_story(path: Path, name: str, language: str, library: Library) -> Story:
    """Return the tour in this file, each of its questions found and its links understood; raises BadStory."""
    tokens = MARKDOWN.parse(text_of(path, bytes_of(path)))
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "fence":
            _read(token, line, path, library)
        for child, after in pairwise([*(token.children or ()), None]):
            _read(child, line, path, library)
            if child.type == "link_open" and full(str(child.attrs["href"])).startswith(GRAPH) != _closes(after):
                raise _bad(path, line, "ein Verweis auf eine Quelle hat keine Worte, jeder andere hat welche",
                           "a link to a source has no words, any other has")  # fmt: skip
            line += child.type in ("softbreak", "hardbreak")
    if [token.type for token in tokens[:5:2]] != ["heading_open", "heading_close", "inline"] or tokens[0].tag != "h1":
        raise _bad(path, 1, "erwartet wird „# Titel“ und dann ein Absatz", "expected is “# Title” and then a paragraph")
    if any(child.type not in ("text", "softbreak") for child in tokens[4].children or ()):
        raise _bad(path, 3, "der erste Absatz fasst zusammen und hat nur Worte",
                   "the first paragraph sums up and holds words only")  # fmt: skip
    maps = [token for token in tokens if "asked" in token.meta and token.meta["asked"].view == "map"]
    if len(maps) > 1:
        raise _bad(path, maps[1].map[0] + 1, "eine Führung hat höchstens eine Karte", "a tour has one map at most")
    return Story(name, language, tokens[1].content, tokens[4].content.replace("\n", " "), tokens)


def _read(token: Token, line: int, path: Path, library: Library) -> None:
    try:
        if token.type == "fence" and token.info.split()[:1] == ["question"]:
            token.meta["asked"] = read_block(token.info.split(maxsplit=1)[-1], library)
        elif token.type == "code_inline" and _INLINE.match(token.content):
            token.meta["asked"] = read_inline(token.content, library)
        elif token.type == "link_open":
            _check_target(str(token.attrs["href"]))
    except BadDirective as error:
        raise _bad(path, line, error.de, error.en) from None
    except ValueError as error:
        raise _bad(path, line, "ein Anführungszeichen ist offen", "a quotation mark is open") from error


def _closes(token: Token | None) -> bool:
    return token is not None and token.type == "link_close"


def _check_target(target: str) -> None:
    if not full(target).startswith(("https://", "http://", "/")):
        raise BadDirective(f"„{target}“ ist weder ein Ding noch eine Seite noch eine Adresse",
                           f"“{target}” is neither a thing nor a page nor an address")  # fmt: skip


def _bad(path: Path, line: int, what_de: str, what_en: str) -> BadStory:
    return BadStory(file=path.name, line=line, what_de=what_de, what_en=what_en)


def _all(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *(token.children or ()))]
