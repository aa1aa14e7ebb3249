"""What a text brings along from where it was copied: from web pages, addresses, documents, mails and code."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus

from sorgenetz.insight.explain.mend import Edit, edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens

LONGEST_HEAD = 40
_QUOTES = {**dict.fromkeys("„“”«»″", '"'), **dict.fromkeys("‚‘’‹›′´`", "'")}
_LETTERS = _QUOTES | {
    **dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("⁄∕", "/"), **dict.fromkeys("∗×", "*"),
    "≤": "<=", "≥": ">=", "≠": "!=", "¿": "?", "¦": "|", "ˆ": "^", "∶": ":", "\u037e": ";", "。": ".", "、": ",",
    "꞊": "=", "∧": "&&", "∨": "||", "¬": "!", "〈": "<", "〉": ">", "⟨": "<", "⟩": ">",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_TAG = re.compile(r"</?(?:br|p|pre|code|div|span|li)(?:\s[^<>\n]{0,100})?/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_BEGIN = re.compile(r"\b(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_TAIL = re.compile(r"(?:```|\"\"\"|'''|[\"'“”;.])\s*\Z")
_LINE_SIGN = re.compile(r"^[ \t]*+(?:\d{1,4}(?:[:.|)][ \t]?|[ \t]|$)|>[ \t]?|\|[ \t]?)", re.MULTILINE)
# How comments of other languages begin and end; the end of a line is no part of them.
_COMMENTS = {"/*": "*/", "<!--": "-->", "--": "\n", "//": "\n"}


def in_an_address(query: str, _: Tokens, __: int) -> Iterator[Mistake]:
    """Yield a whole query that is written as in an address, with %20 or + for its spaces."""
    text = query.strip()
    if _ESCAPED.search(text) and not re.search(r"\s", text):
        plain = (unquote_plus if "+" in text and "%20" not in text else unquote)(text)
        yield Mistake("percent-encoded", (0, len(query)), (0, len(query), plain), "plain-letters")


def entities(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield letters written as in HTML, &lt; or &nbsp;, and its tags; all of them, when one is no part of a text."""
    signs = {token.start for token in tokens if token.text == "&" or token.kind == "iri"}
    tags = [(*one.span(), "") for one in _TAG.finditer(query) if one.start() in signs]
    named = [(*one.span(), _as_typed(html.unescape(one[0]))) for one in _ENTITY.finditer(query)]
    edits = sorted([*tags, *(named if any(start in signs for start, _end, _new in named) else [])])
    if edits:
        yield Mistake("html-letters", edits[0][:2], edits_as_one(query, edits), "plain-letters")


def _as_typed(text: str) -> str:
    """Return letters as a keyboard has them, where that is known."""
    return "".join(_LETTERS.get(letter) or unicodedata.normalize("NFKC", letter) for letter in text)


def printed_quotes(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield quotation marks of print, as word processors and web pages make them."""
    marks = [token for token in tokens if token.kind == "sign" and token.text in _QUOTES]
    if marks:
        edit = edits_as_one(query, [(mark.start, mark.end, _QUOTES[mark.text]) for mark in marks])
        yield Mistake("printed-quotes", (marks[0].start, marks[0].end), edit)


def printed_letters(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield signs and letters of print or of another keyboard outside of texts: full width, ≤, long dashes."""
    edits: list[Edit] = []
    for token in tokens:
        if token.kind in ("sign", "word", "number") and not token.text.isascii():
            plain = _as_typed(token.text)
            if plain.isascii() and plain.strip():
                edits.append((token.start, token.end, plain))
    if edits:
        yield Mistake("printed-letter", edits[0][:2], edits_as_one(query, edits), "plain-letters")


def around(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield what stands before and behind a query where it was copied: `query=`, quotation marks, fences."""
    first = tokens[0].start
    begin = _BEGIN.search(query, first, first + LONGEST_HEAD)
    tail = _TAIL.search(query.rstrip())
    if begin and begin.start() > first:
        culprit = (first, first + len(query[first : begin.start()].rstrip()))
        head = (first, begin.start(), "")
        if tail:
            yield Mistake("around", culprit, edits_as_one(query, [head, (*tail.span(), "")]), "around")
        yield Mistake("around", culprit, head, "around")
    elif tail:
        yield Mistake("around", tail.span(), (*tail.span(), ""), "around")


def line_signs(query: str, _: Tokens, __: int) -> Iterator[Mistake]:
    """Yield the numbers or signs with which each line begins."""
    lines = [line for line in query.split("\n") if line.strip()]
    if len(lines) > 1 and all(map(_LINE_SIGN.match, lines)):
        found = _LINE_SIGN.search(query)
        new = "\n".join(_LINE_SIGN.sub("", line, count=1) for line in query.split("\n"))
        yield Mistake("line-signs", found.span(), (0, len(query), new), "around")


def comments(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield comments that begin as in other languages: with //, --, /* or <!--."""
    edits, first, at = [], None, 0
    last = {close: query.rfind(close) for close in _COMMENTS.values()}
    for token in tokens:
        sign = next((one for one in _COMMENTS if query.startswith(one, token.start)), None)
        if not sign or token.kind != "sign" or token.start < at:
            continue
        begin, close = token.start + len(sign), _COMMENTS[sign]
        if last[close] < begin and close != "\n":
            continue
        end = query.find(close, begin) if last[close] >= begin else len(query)
        at = end if close == "\n" else end + len(close)
        said = query[begin:end].strip().replace("\n", "\n# ")
        line_goes_on = query[at : at + 1] not in ("", "\n")
        edits.append((token.start, at, f"# {said}" + "\n" * line_goes_on))
        first = first or (token.start, begin)
    if edits:
        yield Mistake("comment-sign", first, edits_as_one(query, edits))


PASTED: tuple[Finder, ...] = (in_an_address, entities, line_signs, around, comments, printed_quotes, printed_letters)
