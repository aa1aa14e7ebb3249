"""What people often write that is no SPARQL, out of other languages, of print or of haste, and what they mean by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sorgenetz.insight.explain.mend import Edit, edits_as_one
from sorgenetz.insight.explain.tokens import KEYWORDS, Token

Span = tuple[int, int]
Tokens = list[Token]

_PREFIX_LINE = re.compile(
    r"^[ \t]*+(?P<at>@?)(?P<word>prefixe?[ \t]++|xmlns:)?(?P<name>[\w-]*+)(?P<colon>:?)[ \t]*+=?[ \t]*+"
    r"(?P<open>[<\"'\[]?)(?P<iri>[a-z]++://[^\s<>;\"'\]]++)(?P<close>[>\"'\]]?)(?P<end>[ \t]*+[;.]?)",
    re.IGNORECASE | re.MULTILINE,
)
_GERMAN_DATE = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w.]\d)")
_ADDRESS = re.compile(r"<[a-z]++://[^\s<>\"{}|^`\\]*+", re.IGNORECASE)
_MISSIGNED = {"==": "=", "=>": ">=", "=<": "<=", "<=": "<=", ">=": ">=", "=!": "!=", "/=": "!=", ":=": "="}
_WORDED = {
    "AND": "&&", "UND": "&&", "&": "&&", "OR": "||", "ODER": "||", "EQ": "=", "NE": "!=", "<>": "!=", "GT": ">",
    "LT": "<", "GE": ">=", "LE": "<=",
}  # fmt: skip
_SPACED = re.compile(r"<[ ]*+[a-z]++://[^<>\"{}|^`\\\n]*+>", re.IGNORECASE)


@dataclass(frozen=True)
class Mistake:
    """What is wrong, where, and the change that would put it right; `says` names the sentence about that."""

    reason: str
    culprit: Span
    edit: Edit
    says: str = "instead"
    prefixes: tuple[str, ...] = ()


Finder = Callable[[str, Tokens, int], Iterator[Mistake]]


def prefix_lines(query: str, _: Tokens, __: int) -> Iterator[Mistake]:
    """Yield lines that declare a prefix as Turtle does, or without its colon or brackets."""
    found = []
    for line in _PREFIX_LINE.finditer(query):
        iri = line["iri"].rstrip(".") if not line["close"] else line["iri"]
        declared = f"PREFIX {line['name']}: <{iri}>"
        is_meant = line["word"] or (line["name"] and line["colon"])
        if is_meant and "".join(line[0].split()).upper() != declared.replace(" ", "").upper():
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            found.append((start, line.end(), declared))
    if found:
        start, end, _new = found[0]
        yield Mistake("prefix-line", (start, end), edits_as_one(query, found))


def addresses(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield addresses that are not closed, or that hold a space."""
    for token in tokens:
        if token.text != "<":
            continue
        spaced, begun = _SPACED.match(query, token.start), _ADDRESS.match(query, token.start)
        if spaced:
            inside = spaced[0][1:-1].strip().replace(" ", "%20")
            yield Mistake("iri-with-space", spaced.span(), (*spaced.span(), f"<{inside}>"))
        if begun:
            yield Mistake("not-closed", (token.start, token.end), (*begun.span(), begun[0] + ">"))
            return


def open_texts(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield a text whose quotation mark is not closed in its line, or by another mark, or not opened."""
    for at, token in enumerate(tokens):
        if token.text not in ('"', "'") or token.kind != "sign":
            continue
        mark, culprit, line = token.text, (token.start, token.end), query[token.start :].split("\n", 1)[0]
        closed = re.match(r"""["'][^"']*["']""", line)
        if closed:
            edit = (token.start, token.start + closed.end(), mark + closed[0][1:-1] + mark)
            yield Mistake("not-closed", culprit, edit)
        for pattern in (r"(?<=\w)(@[a-z]|\^\^).*$", r"(?<=[^\s.;,})])[\s.;,})]*$", r"(?<=\w)\W.*$"):
            text = re.sub(pattern, "", line)
            yield Mistake("not-closed", culprit, (token.start, token.start + len(text), text + mark))
        before = tokens[at - 1]
        if before.kind in ("word", "number") and before.end == token.start:
            yield Mistake("not-closed", culprit, (before.start, token.end, f"{mark}{before.text}{mark}"))
            # The mark before that word may have closed a text that should have ended earlier.
            earlier = tokens[at - 2]
            first = re.match(r"""["']\w+""", earlier.text) if earlier.kind == "string" and at > 1 else None
            if first:
                end = earlier.start + first.end()
                behind = end + (query[end] in "\"'")
                yield Mistake("not-closed", (earlier.start, earlier.start + 1), (end, behind, mark), "added")
            word = tokens[at - 3] if at > 2 else earlier
            if earlier.kind == "string" and word.kind in ("word", "number") and word.end == earlier.start:
                yield Mistake("not-closed", (word.start, word.end), (word.start, word.start, mark), "added")
        return


def doubled_marks(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield texts between two quotation marks on either side."""
    for one, word, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if one.text == other.text and one.text in ("''", '""') and one.end == word.start and word.end == other.start:
            yield Mistake("not-closed", (one.start, one.end), (one.start, other.end, f'"{word.text}"'))


def operators(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield operators of other languages: == <> => & AND OR NOT gt, and `is a`, `is` or `type` for a."""
    edits: list[Edit] = []
    for one, other in pairwise(tokens):
        written, upper = query[one.start : other.end], one.text.upper()
        if edits and one.start < edits[-1][1]:
            if other.text == "=" and edits[-1][2] == "=":
                edits[-1] = (edits[-1][0], other.end, "=")
        elif "".join(written.split()) in _MISSIGNED and len(written) < 4:
            edits.append((one.start, other.end, _MISSIGNED["".join(written.split())]))
        elif one.text in ("<>", "&") or (one.kind == "word" and upper in _WORDED):
            edits.append((one.start, one.end, _WORDED[upper]))
        elif one.says("IS") and (other.kind in ("string", "number", "variable")):
            edits.append((one.start, one.end, "="))
        elif one.says("IS") and other.text == "a":
            edits.append((one.start, other.end, "a"))
        elif one.says("IS", "IST", "ISA", "TYPE", "AN", "A") and one.text != "a" and other.kind in ("name", "iri"):
            edits.append((one.start, one.end, "a"))
        elif one.says("NOT") and not other.says("EXISTS", "IN"):
            edits.append((one.end, one.end, " EXISTS") if other.text == "{" else (one.start, other.start, "!"))
    if edits:
        yield Mistake("other-operator", edits[0][:2], edits_as_one(query, edits))


def numbers(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield numbers with a comma, and days as they are written in German."""
    for one, comma, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        touching = one.end == comma.start and comma.end == other.start
        if comma.text == "," and one.kind == other.kind == "number" and touching:
            span = (one.start, other.end)
            yield Mistake("decimal-comma", span, (*span, f"{one.text}.{other.text}"))
    for token in tokens:
        found = _GERMAN_DATE.match(query, token.start) if token.kind == "number" else None
        if found:
            day, month, year = found.groups()
            new = f'"{year}-{int(month):02}-{int(day):02}"^^xsd:date'
            declared = re.search(r"PREFIX\s+xsd:", query, re.IGNORECASE)
            yield Mistake("bare-date", found.span(), (*found.span(), new), prefixes=() if declared else ("xsd",))


def variables(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield variables with a hyphen in their name."""
    edits = []
    for one, hyphen, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        touching = one.end == hyphen.start and hyphen.end == other.start
        if one.kind == "variable" and hyphen.text == "-" and other.kind == "word" and touching:
            edits.append((one.start, other.end, f"{one.text}_{other.text}"))
    if edits:
        yield Mistake("variable-name", edits[0][:2], edits_as_one(query, edits))


def bare_words(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield words that are no part of SPARQL, as texts."""
    for before, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        stands_alone = one.kind == "word" and one.text.upper() not in KEYWORDS and other.text != "("
        if stands_alone and before.text not in (*"@^", "^^"):
            yield Mistake("bare-word", (one.start, one.end), (one.start, one.end, f'"{one.text}"'), "as-a-text")


SIGNS: tuple[Finder, ...] = (
    prefix_lines, addresses, open_texts, doubled_marks, operators, numbers, variables, bare_words,
)  # fmt: skip
