"""The literals of a condition: what each is compared with, where it ends, and other forms of it."""

from __future__ import annotations

from collections.abc import Iterator

from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.literal_reasons import unquoted
from sorgenetz.insight.explain.mend import Mend
from sorgenetz.insight.explain.tokens import Token, string_value
from sorgenetz.terms import Term

WORN = ("STR", "LANG", "DATATYPE", "BOUND", "LCASE", "UCASE", "YEAR", "MONTH", "DAY", "STRLEN")


def as_numbers(tokens: list[Token]) -> Iterator[Mend]:
    """Yield the numbers that are written as texts, each without its quotation marks and its type."""
    for index, token in enumerate(tokens):
        if unquoted(token):
            yield Mend((token.start, end_of_literal(tokens, index), string_value(token)))


def listed(found: Finding) -> Iterator[Mend]:
    """Yield other forms of the values that VALUES gives to variables of the condition."""
    for piece in found.before:
        tokens = list(piece.tokens) if piece.kind == "values" and piece.variables & found.piece.variables else []
        for index, token in enumerate(tokens):
            if token.kind == "string":
                text = string_value(token).strip()
                number = [text] if unquoted(token) else []
                for new in (*number, Term("literal", text).n3()):
                    yield Mend((token.start, end_of_literal(tokens, index), new), "listed-value")


def compared_with(tokens: list[Token], index: int) -> tuple[str, str]:
    """Return the variable that the literal at `index` is compared with, and the function around it, if any."""
    nearest = sorted((i for i, token in enumerate(tokens) if token.kind == "variable"), key=lambda i: abs(i - index))
    if not nearest:
        return "", ""
    at = nearest[0]
    worn = (
        tokens[at - 2].text.upper() if at > 1 and tokens[at - 1].text == "(" and tokens[at - 2].kind == "word" else ""
    )
    return tokens[at].text[1:], worn if worn in WORN else ""


def end_of_literal(tokens: list[Token], index: int) -> int:
    following = tokens[index + 1 : index + 3]
    if following and following[0].kind == "language":
        return following[0].end
    return following[1].end if len(following) == 2 and following[0].text == "^^" else tokens[index].end


def closing(tokens: list[Token], opening: int) -> int:
    """Return the index of the bracket that closes the one at `opening`; the last token when none does."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if depth == 0:
            return index
    return len(tokens) - 1


def outer(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in no brackets of their own."""
    depth = 0
    for token in tokens:
        if depth == 0:
            yield token
        depth += (token.text == "(") - (token.text == ")")
