"""The guided tours: their list, and each with what the served release answers to its questions."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, get_template_attribute
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from sorgenetz.bundle import find_bundle
from sorgenetz.insight.sources import Citations
from sorgenetz.insight.stories import told
from sorgenetz.library.asked_in_text import Asked, full
from sorgenetz.library.stories import MARKDOWN, Stories
from sorgenetz.names import GRAPH, ID
from sorgenetz.web.addresses import page_of
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.services import services

bp = Blueprint("stories", __name__)


@cache
def _stories() -> Stories:
    return Stories(find_bundle().stories, services().library)


@bp.get(f"{IN_LANGUAGE}/stories")
def stories() -> Response:
    """Show which guided tours there are."""
    _only_over_our_data()
    return page("stories/stories.html", stories=_stories().all(g.language))


@bp.get(f"{IN_LANGUAGE}/stories/<name>")
def story(name: str) -> Response:
    """Show one guided tour."""
    _only_over_our_data()
    found = _stories().story(name, g.language)
    citations = Citations()
    citations.marks(found.graphs)
    citations.look_up(reader())
    text = _Telling(citations).render(found.tokens, MARKDOWN.options, {})
    others = [one for one in _stories().all(g.language) if one.name != name]
    return page("stories/story.html", story=found, text=Markup(text), citations=citations, others=others)


def story_paths() -> tuple[str, ...]:
    """Return the path of each tour after the language."""
    return tuple(f"stories/{name}" for name in _stories().names)


def _only_over_our_data() -> None:
    if not reader().vocabulary.is_ours:
        abort(404)


def question_address(asked: Asked) -> str:
    """Return where the question of a tour is asked by itself, with the same values."""
    values = {key: full(value) for key, value in asked.values_for(g.language).items()}
    return f"/{g.language}/questions/{asked.question.name}" + (f"?{urlencode(values)}" if values else "")


class _Telling(RendererHTML):
    """Turns the text of a tour into HTML, its questions into answers and its links into ours."""

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        super().__init__()

    def fence(self, tokens: list[Token], at: int, options: object, env: object) -> str:
        asked = tokens[at].meta.get("asked")
        return self._say("block", asked) if asked else super().fence(tokens, at, options, env)

    def code_inline(self, tokens: list[Token], at: int, options: object, env: object) -> str:
        asked = tokens[at].meta.get("asked")
        return self._say("inline", asked).strip() if asked else super().code_inline(tokens, at, options, env)

    def link_open(self, tokens: list[Token], at: int, options: object, env: object) -> str:
        target = full(str(tokens[at].attrs["href"]))
        if target.startswith(GRAPH):
            return str(get_template_attribute("parts/values.html", "marks")([target], self)).strip()
        if target.startswith("/"):
            return f'<a href="/{g.language}{escape(target)}">'
        if target.startswith(ID):
            return f'<a href="{escape(page_of(target, g.language))}">'
        return f'<a class="out" href="{escape(target)}" rel="noopener noreferrer external">'

    def link_close(self, tokens: list[Token], at: int, options: object, env: object) -> str:
        # A link to a source has no words: its mark is a link of its own.
        return "" if tokens[at - 1].type == "link_open" else "</a>"

    @property
    def citations(self) -> Citations:
        """Return the sources that the text marks."""
        return self._citations

    def _say(self, macro: str, asked: Asked) -> str:
        say = get_template_attribute("stories/told.html", macro)
        return str(say(told(reader(), asked), question_address(asked)))
