"""Why a query failed, told by its text alone: it cannot be read, asks others, or asks for too much."""

from __future__ import annotations

import re

from sorgenetz.errors import (
    QueryOutOfMemory,
    QuerySyntaxError,
    QueryTimedOut,
    ResultTooLarge,
    ServiceRefused,
    SorgenetzError,
)
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.reading import offset
from sorgenetz.insight.explain.services import asks_others
from sorgenetz.insight.explain.sketch import Sketch, unconnected
from sorgenetz.insight.explain.tokens import NotReadable
from sorgenetz.insight.explain.unreadable import Called, Failure, HowFar, unreadable

TOO_MUCH = (QueryTimedOut, QueryOutOfMemory, ResultTooLarge)
_LONG_PATH = re.compile(r"[*+]\s*+\)?\s*+$")


def failing(query: str, error: SorgenetzError, how_far: HowFar, called: Called = lambda _: []) -> Failure | None:
    """Return why `query` failed with `error`; None when the error itself is all there is to say.

    `how_far` tells up to which place a text can be read: what is offered can be read further. `called` gives the terms
    of the vocabulary by their names.
    """
    try:
        if isinstance(error, QuerySyntaxError):
            return unreadable(query, offset(query, error), how_far, called)
        if isinstance(error, ServiceRefused):
            return asks_others(query, how_far)
        if isinstance(error, TOO_MUCH):
            return _too_much(read_sketch(query), error)
    except NotReadable:
        return None
    return None


def _too_much(sketch: Sketch, error: SorgenetzError) -> Failure:
    """Return what makes the query large: patterns that share nothing, paths without end, nothing that narrows."""
    apart = unconnected(sketch.where)
    if apart:
        first, second = apart
        return Failure("unconnected", (second.start, second.end), details={"with": [(first.start, first.end)]})
    for piece in sketch.where:
        if piece.kind == "triple" and piece.nodes[0].is_variable and piece.nodes[2].is_variable:
            step = piece.nodes[1]
            if _LONG_PATH.search(step.text):
                return Failure("path-from-everywhere", (step.start, step.end))
    if isinstance(error, ResultTooLarge):
        return Failure("result-too-large")
    for piece in sketch.where:
        if piece.kind == "triple" and all(node.is_variable for node in piece.nodes):
            return Failure("all-statements", (piece.start, piece.end))
    for piece in sketch.where:
        if piece.kind == "filter" and any(token.says("REGEX") for token in piece.tokens):
            return Failure("regex-heavy", (piece.start, piece.end))
    return Failure("too-broad")
