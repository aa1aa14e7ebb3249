"""The literals of a condition: what each is compared with or an argument of, where it ends, and other forms of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sorgenetz.insight.explain.clauses import closing
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


def arguments(tokens: Sequence[Token], at: int) -> list[list[Token]]:
    """Return the arguments of the function at `at`, each as its tokens."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[at + 2 : closing(tokens, at + 1)]:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and depth == 0:
            found.append([])
        else:
            found[-1].append(token)
    return found
