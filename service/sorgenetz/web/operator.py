"""What the operator says by settings: who runs this service, what else is kept, and where to report a barrier."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from sorgenetz.settings import Settings

log = logging.getLogger("sorgenetz.web")
# The lines of an address stay lines.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})


@dataclass(frozen=True)
class Operator:
    """The texts as HTML and the address; each is empty where nothing is set; `unread` names settings without a file."""

    imprint: Markup
    privacy: Markup
    feedback: str
    unread: tuple[str, ...]


def operator(settings: Settings) -> Operator:
    """Return what the settings say now; a changed file counts without a restart."""
    texts, unread = {}, []
    for name in ("imprint_file", "privacy_file"):
        path = getattr(settings, name)
        try:
            texts[name] = _as_html(Path(path).read_text("utf-8")) if path else Markup()
        except (OSError, UnicodeDecodeError) as error:
            texts[name] = Markup()
            unread.append(f"SORGENETZ_{name.upper()}")
            log.error("SORGENETZ_%s cannot be read: %s", name.upper(), error)
    return Operator(texts["imprint_file"], texts["privacy_file"], _address(settings.feedback), tuple(unread))


def _as_html(text: str) -> Markup:
    """Return Markdown as HTML, its headings one level lower, HTML in it as text."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _lower(token)
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _lower(heading: Token) -> str:
    return f"h{min(6, int(heading.tag[1]) + 1)}"


def _address(given: str) -> str:
    """Return a web address as it is, an e-mail address as one that opens a letter, and nothing for anything else."""
    if given.startswith(("https://", "http://")):
        return given
    return f"mailto:{given}" if given.count("@") == 1 and not set(given) & set(' <>"\n?&') else ""
