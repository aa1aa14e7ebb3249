"""Parts of a query in another form than SPARQL's: lists of VALUES, BIND, where DISTINCT stands, functions of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sorgenetz.insight.explain.brackets import FUNCTIONS
from sorgenetz.insight.explain.clauses import TERMS, closings
from sorgenetz.insight.explain.mend import Edit, edits_as_one
from sorgenetz.insight.explain.mistakes import Finder, Mistake, Tokens

# Words and functions of other languages, and those of SPARQL for the same.
FOREIGN = {
    "SORT": "ORDER", "FIND": "SELECT", "GET": "SELECT", "UNIQUE": "DISTINCT", "LANGUAGE": "LANG", "LOWER": "LCASE",
    "TOLOWER": "LCASE", "UPPER": "UCASE", "TOUPPER": "UCASE", "SUBSTRING": "SUBSTR", "LEN": "STRLEN",
    "LENGTH": "STRLEN", "STRING": "STR", "TEXT": "STR", "STARTSWITH": "STRSTARTS", "ENDSWITH": "STRENDS",
    "INCLUDES": "CONTAINS", "CONTAIN": "CONTAINS", "MATCHES": "REGEX", "REGEXP": "REGEX", "AVERAGE": "AVG",
    "MEAN": "AVG", "CNT": "COUNT", "STRING_AGG": "GROUP_CONCAT", "IFNULL": "COALESCE", "ISBOUND": "BOUND",
}  # fmt: skip
# What a part of a query in a comment begins with.
_PART = re.compile(r"\s(?=[?{}]|[\w-]+:[\w-]|(?:OPTIONAL|FILTER|BIND|VALUES|GRAPH|UNION|SELECT|WHERE)\b)")
MOST_COMMENTS = 40
_VALUES = ("iri", "name", "string", "number", "language")
VALUE_SIGNS = (*"(){}[],=",)


def values_lists(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield VALUES whose lists are not in the brackets they want, or have commas."""
    behind = 0
    for at, token in enumerate(tokens[:-2]):
        if at < behind or not token.says("VALUES", "VALUE"):
            continue
        first = at + 1
        while tokens[first].text in ("(", "{") and tokens[first + 1].kind == "variable":
            first += 1
        names = _run(tokens, first, ("variable",))
        begin = first + len(names)
        begin += tokens[begin].text == ")"
        behind = max(behind, _end_of_values(tokens, begin))
        rows = _rows(query, tokens[begin:behind], len(names)) if names else None
        if not rows:
            continue
        one = len(names) == 1
        head = names[0].text if one else f"({' '.join(name.text for name in names)})"
        lists = " ".join(row[0] if one else f"({' '.join(row)})" for row in rows)
        span = (tokens[at + 1].start, tokens[behind - 1].end)
        new = f"{head} {{ {lists} }}"
        if _bare(query[slice(*span)]) == _bare(new):
            continue
        commas = [token for token in tokens[begin:behind] if token.text == ","]
        if any(query[comma.start - 1 : comma.end + 1].replace(",", "").isdecimal() for comma in commas):
            continue
        edits: list[Edit] = [(comma.start, comma.end, "") for comma in commas]
        if commas and _bare(query[slice(*span)].replace(",", "")) == _bare(new):
            yield Mistake("no-commas", edits[0][:2], edits_as_one(query, edits), "without-commas")
        else:
            place = (tokens[begin].start, span[1]) if one and begin == at + 2 else span
            yield Mistake("values-brackets", place, (*span, new))


def _run(tokens: Tokens, at: int, kinds: tuple[str, ...]) -> Tokens:
    end = at
    while end < len(tokens) and tokens[end].kind in kinds:
        end += 1
    return tokens[at:end]


def _end_of_values(tokens: Tokens, begin: int) -> int:
    """Return the index behind a list of values: where its bracket closes, or where no more values come."""
    depth, at = 0, begin
    while at < len(tokens) - 1:
        token = tokens[at]
        is_value = token.kind in _VALUES or token.says("UNDEF", "TRUE", "FALSE") or token.text in ("^^", "-")
        if not is_value and (token.text not in VALUE_SIGNS or (token.text in "})]" and depth == 0)):
            break
        depth += (token.text in "({[") - (token.text in ")}]")
        at += 1
        if depth == 0 and token.text in ")}]":
            break
    return at


def _rows(query: str, tokens: Tokens, width: int) -> list[list[str]] | None:
    """Return the values as they are written, so many in a row; None where they do not come out even."""
    values: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind == "sign" and token.text in VALUE_SIGNS:
            continue
        joins = token.kind == "language" or token.text == "^^" or (before and before.text in ("^^", "-"))
        if joins and values:
            values[-1] += token.text
        else:
            values.append(query[token.start : token.end])
    if not values or len(values) % width:
        return None
    return [values[at : at + width] for at in range(0, len(values), width)]


def _bare(text: str) -> str:
    return "".join(text.split())


def misplaced_distinct(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield DISTINCT that does not stand right behind SELECT, or within the brackets of COUNT."""
    select = next((token for token in tokens if token.says("SELECT")), None)
    for at, token in enumerate(tokens[:-2]):
        before, other = tokens[at - 1], tokens[at + 1]
        if not token.says("DISTINCT", "REDUCED") or not at:
            continue
        span, word = (token.start, token.end), token.text
        if other.text == "*" and tokens[at + 2].kind == "variable":
            yield Mistake("doubled", (other.start, other.end), (other.start, other.end, ""), "without")
        elif before.says(*FUNCTIONS) and other.text == "(":
            edit = (token.start, other.end, f"({word} ")
            yield Mistake("distinct-place", span, edit)
        elif other.says(*FUNCTIONS) and tokens[at + 2].text == "(":
            yield Mistake("distinct-place", span, (token.start, tokens[at + 2].end, f"{other.text}({word} "))
        elif before.kind == "variable" and tokens[at - 2].text == "(" and other.text == ")":
            yield Mistake("distinct-place", span, (before.start, token.end, f"{word} {before.text}"))
        elif select and not before.says("SELECT") and before.text != "(":
            place = (select.end, select.end, f" {word}")
            edits = sorted([place, (token.start, token.end + (query[token.end : token.end + 1] == " "), "")])
            yield Mistake("distinct-place", span, edits_as_one(query, edits))


def binds(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield BIND, LET and SET in other forms than BIND(… AS ?name)."""
    ends = closings(tokens)
    for at, token in enumerate(tokens[:-3]):
        if not token.says("BIND", "LET", "SET"):
            continue
        is_round = tokens[at + 1].text == "("
        first = at + 1 + is_round
        end = ends[at + 1] if is_round else _line_end(query, tokens, at + 1)
        behind = tokens[end].end if is_round else tokens[end - 1].end
        inside = query[tokens[first].start : tokens[end - 1].end]
        signs = [one for one in tokens[first + 1 : first + 3] if one.text in (":", "=", ",") or one.says("AS")]
        new = ""
        last, sign = tokens[end - 1], tokens[end - 2]
        if is_round and last.kind == "variable" and sign.text == "," and end - first > 2:
            new = f"BIND({query[tokens[first].start : sign.start]} AS {last.text})"
        elif tokens[first].kind == "variable" and signs:
            new = f"BIND({query[signs[-1].end : tokens[end - 1].end].strip()} AS {tokens[first].text})"
        elif is_round and tokens[min(end + 1, len(tokens) - 1)].says("AS"):
            name = tokens[min(end + 2, len(tokens) - 1)]
            behind, new = name.end, f"BIND({inside} AS {name.text})"
        elif not is_round:
            new = f"BIND({inside})"
        if new:
            yield Mistake("bind-form", (token.start, behind), (token.start, behind, new))


def _line_end(query: str, tokens: Tokens, at: int) -> int:
    """Return the index of the first token behind `at` that stands in another line."""
    end = at + 1
    while end < len(tokens) - 1 and "\n" not in query[tokens[end - 1].end : tokens[end].start]:
        end += 1
    return end


def bare_bindings(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield ?name = … among the patterns, up to the end of the line."""
    for at, (before, one, sign) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if before.text in (".", "{", "}") and one.kind == "variable" and sign.text == "=" and at + 3 < len(tokens):
            end = _line_end(query, tokens, at + 3)
            span = (one.start, tokens[end - 1].end)
            yield Mistake("bind-form", span, (*span, f"BIND({query[sign.end : span[1]].strip()} AS {one.text})"))


def filter_words(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield conditions among the patterns that begin with another word than FILTER, or with none."""
    for before, word, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        begins = before.text in (".", "{", "}", ";", ")") or before.kind in TERMS
        if begins and word.says("WHERE", "HAVING", "AND", "IF", "WHEN") and other.text == "(":
            yield Mistake("filter-word", (word.start, word.end), (word.start, word.end, "FILTER"))
        elif before.text in (".", "{", "}") and word.text == "(":
            yield Mistake("filter-word", (word.start, word.end), (word.start, word.start, "FILTER"), "added")


def graph_words(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield GRAPH that is left out before its graph, or called otherwise."""
    for before, word, one, brace in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if before.says("GRAPH") and word.text == "(" and brace.text == ")" and one.kind in TERMS:
            yield Mistake("graph-word", (word.start, brace.end), (word.start, brace.end, one.text))
        if brace.text != "{" or one.kind not in ("variable", "name", "iri"):
            continue
        if word.says("FROM", "NAMED", "IN"):
            yield Mistake("graph-word", (word.start, word.end), (word.start, word.end, "GRAPH"))
        elif word.text in (".", "{", "}") and before.kind != "end":
            yield Mistake("graph-word", (one.start, one.end), (one.start, one.start, "GRAPH "), "added")


def bare_arguments(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield functions without brackets around what they are of."""
    for at, (word, one) in enumerate(pairwise(tokens)):
        if not word.says(*FUNCTIONS) or (one.kind != "variable" and not one.says("DISTINCT")):
            continue
        end = at + 2
        while tokens[end].kind != "end" and tokens[end].text not in (")", "}") and not tokens[end].says("AS"):
            end += 1
        for stop in dict.fromkeys((end - 1, at + 1) if one.kind == "word" else (at + 1, end - 1)):
            span = (one.start, tokens[stop].end)
            edit = (word.end, span[1], f"({query[slice(*span)]})")
            yield Mistake("bare-argument", (word.start, word.end), edit)


def no_form(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield a query that begins with its variables."""
    before = [None, *tokens]
    for last, token in zip(before, tokens, strict=False):
        if token.kind == "variable" and (last is None or last.kind == "iri"):
            yield Mistake("form-missing", (token.start, token.end), (token.start, token.start, "SELECT "), "added")
        if token.kind == "variable" or token.text == "{":
            return


def swallowed(query: str, tokens: Tokens, _: int) -> Iterator[Mistake]:
    """Yield comments with parts of the query in them, as when all lines were made one."""
    start = tokens[-2].end if len(tokens) > 1 else 0
    gap = query[start:]
    if not re.match(r"\s+#[^\n]*[{}]", gap):
        return
    edits, at = [], gap.find("#")
    while at >= 0 and (part := _PART.search(gap, at)):
        edits.append((start + part.start(), start + part.end(), "\n"))
        at = gap.find(" # ", part.end()) if len(edits) < MOST_COMMENTS else -1
    if edits:
        yield Mistake("swallowed", (start + gap.find("#"), edits[0][0]), edits_as_one(query, edits))


FORMS: tuple[Finder, ...] = (
    values_lists, misplaced_distinct, binds, bare_bindings, bare_arguments, filter_words, graph_words, no_form,
    swallowed,
)  # fmt: skip
