"""The WSGI application before the application: what it holds of the served release, it answers without Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from threading import Lock

from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from sorgenetz.engine.spool import MEMORY_BYTES
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.web.answers_cache.asked import Asked, Environ, Question, read_asked
from sorgenetz.web.answers_cache.common import Common, fields_named
from sorgenetz.web.answers_cache.encodings import LEAST_BYTES, is_worth_it, tag_in, tags_without
from sorgenetz.web.answers_cache.kept import (
    Coded,
    Headers,
    Kept,
    KeptAnswers,
    Wire,
    coded,
    headers_in,
    in_bytes,
    replaced,
)
from sorgenetz.web.answers_cache.packed import packing, unpacked
from sorgenetz.web.headers import POLICY

StartResponse = Callable[..., object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MEGABYTE = 1024 * 1024
# A larger one would push too many others out.
PART_OF_ALL = 16
# What a view says of an answer to a POST that the same content always brings; a GET says so by its ETag.
MAY_BE_KEPT = "sorgenetz.may_be_kept"
NOT_MODIFIED = "304 NOT MODIFIED"


@dataclass(slots=True)
class Sent:
    """A whole answer; `wire` are its fields as bytes, where they are held, and `kept` is where all of it is."""

    status: str
    headers: Headers
    content: bytes
    wire: Wire | None = None
    is_packed: bool = False
    kept: Kept | None = None

    def pieces(self) -> Iterator[bytes]:
        """Return the content as it goes out."""
        return unpacked(self.content) if self.is_packed else iter((self.content,))


class AtWork:
    """Counts the blocks that run in it just now."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.number = 0

    def __enter__(self) -> None:
        with self._lock:
            self.number += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.number -= 1


@dataclass(frozen=True, slots=True)
class _Ways:
    """How an answer goes out and whether it is held, told from its fields; these with the Vary of all encodings."""

    headers: Headers
    tag: str
    vary: str
    comes_encoded: bool
    encoding: str
    keeps: bool
    packs: bool


class AnswersCache:
    """Answers what it holds of the served release, asks `application` for the rest, and encodes what is worth it."""

    def __init__(self, application: Application, current: CurrentRelease, most_mb: int) -> None:
        self._application = application
        self._current = current
        self._most_packed = most_mb * MEGABYTE // PART_OF_ALL
        self._most = min(MEMORY_BYTES, self._most_packed)
        self.kept = KeptAnswers(most_mb * MEGABYTE)
        # Nothing is asked ahead meanwhile.
        self.busy = AtWork()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        asked = self.asked(environ)
        kept = self.kept.get(asked.key, environ) if asked.key else None
        if kept is None:
            with self.busy:
                return self._ask(asked, start_response)
        sent = _sent(asked, kept, self.kept.in_coding(kept, asked.encoding if kept.comes_encoded else ""))
        start_response(sent.status, sent.headers)
        return sent.pieces()

    def held(self, asked: Asked) -> Sent | None:
        """Return the answer when it is held ready, else None."""
        kept = self.kept.get(asked.key, asked.environ) if asked.key else None
        ready = kept and kept.codings.get(asked.encoding if kept.comes_encoded else "")
        return _sent(asked, kept, ready) if kept and ready else None

    def sent(self, asked: Asked, common: Common, tag: str, content: bytes) -> Sent:
        """Return an answer (200) that came without the application, as it goes out, and hold it where it may be."""
        own = [("ETag", tag), ("Content-Length", str(len(content)))]
        plain = Coded([*common.headers, *own], content, tag, [*common.wire, *in_bytes(own)])
        comes_encoded = common.is_text and LEAST_BYTES <= len(content) <= MEMORY_BYTES
        encoding = asked.encoding if comes_encoded else ""
        answer = coded(plain, encoding)
        if asked.key and asked.release.name == common.release and len(content) <= self._most:  # type: ignore[attr-defined]
            self._keep(asked, common.fields, Kept({"": plain, encoding: answer}, comes_encoded))
        return Sent("200 OK", answer.headers, answer.content, answer.wire)

    def asked_most(self, release: str, number: int) -> list[Question]:
        """Return what was asked more than once of the release of this name, most often first; POSTs are left out."""
        return [
            Question(
                path, query, (scheme, host or ""), tuple((name, value) for name, value in fields if value is not None)
            )
            for (_, scheme, host, path, query, _), fields in self.kept.most_asked(
                lambda key: key[0] == release and key[-1] == "", number
            )
        ]

    def asked(self, environ: Environ) -> Asked:
        """Return what this request is after."""
        return read_asked(environ, self._current if self._most else None)

    def _ask(self, asked: Asked, start_response: StartResponse) -> Iterable[bytes]:
        """Return the application's answer, encoded where it is worth it, and held where it may be."""
        environ, conditions, begun = asked.environ, asked.conditions, []
        if conditions:
            environ["HTTP_IF_NONE_MATCH"] = tags_without(conditions, asked.encoding)

        def begin(status: str, headers: Headers, exc_info: object = None) -> None:
            begun[:] = [status, headers]

        pieces = self._application(environ, begin)
        # The server says when it sends.
        status, headers = begun[0], replaced(begun[1], "Date", None)
        ways = self._ways(asked, int(status[:3]), headers)
        if status.startswith("304"):
            held = _tag_held(ways.tag, asked.encoding, conditions) if ways.tag else None
            start_response(status, replaced(ways.headers, "ETag", held))
            return pieces
        if environ["REQUEST_METHOD"] == "HEAD" or not (ways.encoding or ways.keeps):
            start_response(status, headers_in(ways.headers, ways.encoding) if ways.encoding else ways.headers)
            if ways.packs and environ["REQUEST_METHOD"] != "HEAD" and self.kept.has_met(asked.key):  # type: ignore[arg-type]
                return packing(pieces, self._most_packed, partial(self._keep_packed, asked, ways))
            return pieces
        whole = self._whole(asked, ways, _all_of(pieces))
        start_response(status, whole.headers)
        return [whole.content]

    def _ways(self, asked: Asked, code: int, headers: Headers) -> _Ways:
        by_name = {name.lower(): value for name, value in headers}
        vary, length = by_name.get("vary", ""), by_name.get("content-length", "")
        if code in (200, 304) and "accept-encoding" not in vary.lower():
            headers = replaced(headers, "Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")
        size = int(length) if length.isdecimal() else self._most + MEMORY_BYTES
        comes_encoded = is_worth_it(code, by_name, size, MEMORY_BYTES)
        keeps = asked.key is not None and self._may_be_kept(asked, code, by_name)
        packs = keeps and size > MEMORY_BYTES and is_worth_it(code, by_name, MEMORY_BYTES, MEMORY_BYTES)
        encoding = asked.encoding if comes_encoded else ""
        return _Ways(
            headers, by_name.get("etag", ""), vary, comes_encoded, encoding, keeps and size <= self._most, packs
        )

    def _whole(self, asked: Asked, ways: _Ways, content: bytes) -> Sent:
        plain = Coded(ways.headers, content, ways.tag)
        answer = coded(plain, ways.encoding)
        if ways.keeps:
            self._keep(asked, fields_named(ways.vary), Kept({"": plain, ways.encoding: answer}, ways.comes_encoded))
        return Sent("200 OK", answer.headers, answer.content, answer.wire)

    def _keep_packed(self, asked: Asked, ways: _Ways, packed: bytes) -> None:
        kept = Kept({"": Coded(ways.headers, packed, ways.tag, is_packed=True)}, False)
        self._keep(asked, fields_named(ways.vary), kept)

    def _keep(self, asked: Asked, fields: tuple[str, ...], kept: Kept) -> None:
        if asked.release is self._current.get():
            self.kept.put(asked.key, asked.environ, fields, kept)  # type: ignore[arg-type]

    @staticmethod
    def _may_be_kept(asked: Asked, code: int, headers: dict[str, str]) -> bool:
        """Tell whether the same request has the same answer as long as the release is served."""
        control = headers.get("cache-control", "")
        if asked.environ["REQUEST_METHOD"] == "POST":
            promised = asked.environ.get(MAY_BE_KEPT, False)
        else:
            promised = "etag" in headers and "public" in control
        of_release = headers.get("sorgenetz-release") in (None, asked.release.name)  # type: ignore[attr-defined]
        is_private = "set-cookie" in headers or "no-store" in control or "private" in control
        return bool(promised) and code == 200 and of_release and not is_private and "*" not in headers.get("vary", "")


def _sent(asked: Asked, kept: Kept, ready: Coded) -> Sent:
    """Return what goes out: all of it, the fields only (HEAD), or 304 to those who have it (RFC 9110, 15.4.5)."""
    conditions, plain = asked.conditions, kept.codings[""]
    if conditions and parse_etags(tags_without(conditions, asked.encoding)).contains_weak(unquote_etag(plain.tag)[0]):
        headers = replaced(plain.headers, "ETag", _tag_held(plain.tag, asked.encoding, conditions))
        remove_entity_headers(headers)
        return Sent(NOT_MODIFIED, [one for one in headers if one[0] != POLICY], b"")
    if asked.environ["REQUEST_METHOD"] == "HEAD":
        return Sent("200 OK", ready.headers, b"", ready.wire)
    return Sent("200 OK", ready.headers, ready.content, ready.wire, ready.is_packed, None if ready.is_packed else kept)


def _tag_held(tag: str, encoding: str, conditions: str) -> str:
    """Return the tag of the representation that the client says it has: in the coding it would get, or as it is."""
    in_coding = tag_in(tag, encoding)
    return in_coding if in_coding.removeprefix("W/") in conditions else tag


def _all_of(pieces: Iterable[bytes]) -> bytes:
    try:
        return b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
