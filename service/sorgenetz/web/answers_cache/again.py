"""A request that is the same to the byte as one before, and its answer if that is held: found without reading it.

Programs ask with the same fields each time. What is noted is the way from such a request to what is held, never an
answer: the bound on memory counts as before, and a new release as well.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple
from weakref import ref

from sorgenetz.releases.served import CurrentRelease
from sorgenetz.web.answers_cache.asked import Asked
from sorgenetz.web.answers_cache.kept import Coded, Kept, KeptAnswers

MOST = 512
LONGEST_BYTES = 8 * 1024
# What a field takes beside its letters, about.
FIELD_BYTES = 100
Request = tuple[str, bytes, str, str, tuple[tuple[bytes, bytes], ...]]


class _Way(NamedTuple):
    """From a request to its answer: of which release, where it is held, and in which coding it goes out."""

    release: object
    key: tuple
    kept: ref[Kept]
    encoding: str


class SameAgain:
    """Knows the last `MOST` requests that `answers` held an answer to; for one thread, the loop of the server."""

    def __init__(self, answers: KeptAnswers, current: CurrentRelease) -> None:
        self._answers = answers
        self._current = current
        self._ways: OrderedDict[Request, _Way] = OrderedDict()

    def answer(self, scope: dict[str, Any]) -> Coded | None:
        """Return what is held for exactly this request (ASGI 3), ready to be sent; None when it has to be read."""
        if scope["method"] != "GET":
            return None
        request = _request(scope)
        way = self._ways.get(request)
        if way is None:
            return None
        kept = way.kept()
        if kept and way.release is self._current.get() and self._answers.is_asked_again(way.key, kept):
            self._ways.move_to_end(request)
            return kept.codings[way.encoding]
        del self._ways[request]
        return None

    def note(self, scope: dict[str, Any], asked: Asked, kept: Kept) -> None:
        """Note that the request reads as `asked`, and that all of its answer is `kept`."""
        request = _request(scope)
        if asked.key is None or _size(request) > LONGEST_BYTES:
            return
        encoding = asked.encoding if kept.comes_encoded else ""
        self._ways[request] = _Way(asked.release, asked.key, ref(kept), encoding)
        if len(self._ways) > MOST:
            self._ways.popitem(last=False)


def _request(scope: dict[str, Any]) -> Request:
    """Return all that an answer may depend on."""
    return (scope["path"], scope["query_string"], scope["scheme"], scope["http_version"], tuple(scope["headers"]))


def _size(request: Request) -> int:
    path, query, *_, fields = request
    return len(path) + len(query) + sum(len(name) + len(value) + FIELD_BYTES for name, value in fields)
