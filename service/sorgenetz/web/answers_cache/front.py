"""The WSGI application before the application: what it holds of the served release, it answers without Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from threading import Lock

from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from sorgenetz.engine.spool import MEMORY_BYTES
from sorgenetz.errors import SorgenetzError
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.web.answers_cache.encodings import chosen_encoding, is_worth_it, tag_in, tags_without
from sorgenetz.web.answers_cache.kept import Coded, Headers, Kept, KeptAnswers, Wire, coded, headers_in, replaced
from sorgenetz.web.headers import POLICY

Environ = dict[str, object]
StartResponse = Callable[..., object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MEGABYTE = 1024 * 1024
# A larger one would push too many others out.
PART_OF_ALL = 16
# What a view says of an answer to a POST that the same content always brings; a GET says so by its ETag.
MAY_BE_KEPT = "sorgenetz.may_be_kept"
POSTED_TO = "/sparql"
LONGEST_POST = 64 * 1024
NOT_MODIFIED = "304 NOT MODIFIED"
# Conditions that only Flask looks at, and requests that are none of anybody else's business.
PAST_US = frozenset(
    ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_AUTHORIZATION")
)


@dataclass(slots=True)
class Sent:
    """A whole answer; `wire` are its fields as bytes, where they are held."""

    status: str
    headers: Headers
    content: bytes
    wire: Wire | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A GET: its path as WSGI has it, its query, scheme and host, and the fields that its answer depends on."""

    path: str
    query: str
    place: tuple[str, str]
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Asked:
    """What is asked for: the coding the client takes, and the key of the answer, None when none is kept."""

    environ: Environ
    release: object
    key: tuple | None
    encoding: str

    @property
    def conditions(self) -> str:
        return str(self.environ.get("HTTP_IF_NONE_MATCH", "")) if self.environ["REQUEST_METHOD"] != "POST" else ""


class AnswersCache:
    """Answers what it holds of the served release, asks `application` for the rest, and encodes what is worth it."""

    def __init__(self, application: Application, current: CurrentRelease, most_mb: int) -> None:
        self._application = application
        self._current = current
        self._most = min(MEMORY_BYTES, most_mb * MEGABYTE // PART_OF_ALL)
        self.kept = KeptAnswers(most_mb * MEGABYTE)
        self._lock = Lock()
        self.at_work = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        asked = self._asked(environ)
        kept = self.kept.get(asked.key, environ) if asked.key else None
        if kept is None:
            with self._at_work():
                return self._ask(asked, start_response)
        sent = _sent(asked, kept, self.kept.in_coding(kept, asked.encoding if kept.comes_encoded else ""))
        start_response(sent.status, sent.headers)
        return [sent.content]

    def at_once(self, environ: Environ) -> Sent | None:
        """Return the answer when it is held ready, else None."""
        asked = self._asked(environ)
        kept = self.kept.get(asked.key, environ) if asked.key else None
        ready = kept and kept.codings.get(asked.encoding if kept.comes_encoded else "")
        return _sent(asked, kept, ready) if kept and ready else None

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

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._lock:
            self.at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self.at_work -= 1

    def _asked(self, environ: Environ) -> _Asked:
        encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING"))  # type: ignore[arg-type]
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        content: object = ""
        if method == "POST" and path == POSTED_TO:
            content = _content_of(environ)
        elif method not in ("GET", "HEAD"):
            content = None
        release = None
        if content is not None and self._most and PAST_US.isdisjoint(environ):
            try:
                release = self._current.get()
            except SorgenetzError:
                release = None
        if release is None:
            return _Asked(environ, None, None, encoding)
        query = environ.get("QUERY_STRING", "")
        key = (release.name, environ["wsgi.url_scheme"], environ.get("HTTP_HOST"), path, query, content)
        return _Asked(environ, release, key, encoding)

    def _ask(self, asked: _Asked, start_response: StartResponse) -> Iterable[bytes]:
        """Return the application's answer, encoded where it is worth it, and held where it may be."""
        environ, conditions, begun = asked.environ, asked.conditions, []
        if conditions:
            environ["HTTP_IF_NONE_MATCH"] = tags_without(conditions, asked.encoding)

        def begin(status: str, headers: Headers, exc_info: object = None) -> None:
            begun[:] = [status, headers]

        pieces = self._application(environ, begin)
        # The server says when it sends.
        status, headers = begun[0], replaced(begun[1], "Date", None)
        code, by_name = int(status[:3]), {name.lower(): value for name, value in headers}
        tag, vary = by_name.get("etag", ""), by_name.get("vary", "")
        if code in (200, 304) and "accept-encoding" not in vary.lower():
            headers = replaced(headers, "Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")
        if code == 304:
            held = _tag_held(tag, asked.encoding, conditions) if tag else None
            start_response(status, replaced(headers, "ETag", held))
            return pieces
        length = by_name.get("content-length", "")
        size = int(length) if length.isdecimal() else self._most + MEMORY_BYTES
        comes_encoded = is_worth_it(code, by_name, size, MEMORY_BYTES)
        encoding = asked.encoding if comes_encoded else ""
        keeps = asked.key is not None and size <= self._most and self._may_be_kept(asked, code, by_name)
        if environ["REQUEST_METHOD"] == "HEAD" or not (encoding or keeps):
            start_response(status, headers_in(headers, encoding) if encoding else headers)
            return pieces
        plain = Coded(headers, _whole(pieces), tag)
        answer = coded(plain, encoding)
        if keeps and asked.release is self._current.get():
            self.kept.put(asked.key, environ, _fields(vary), Kept({"": plain, encoding: answer}, comes_encoded))  # type: ignore[arg-type]
        start_response(status, answer.headers)
        return [answer.content]

    @staticmethod
    def _may_be_kept(asked: _Asked, code: int, headers: dict[str, str]) -> bool:
        """Tell whether the same request has the same answer as long as the release is served."""
        control = headers.get("cache-control", "")
        if asked.environ["REQUEST_METHOD"] == "POST":
            promised = asked.environ.get(MAY_BE_KEPT, False)
        else:
            promised = "etag" in headers and "public" in control
        of_release = headers.get("sorgenetz-release") in (None, asked.release.name)  # type: ignore[attr-defined]
        is_private = "set-cookie" in headers or "no-store" in control or "private" in control
        return bool(promised) and code == 200 and of_release and not is_private and "*" not in headers.get("vary", "")


def _content_of(environ: Environ) -> bytes | None:
    """Return a digest of what was posted, and leave it to be read again; None when its length is unsaid or large."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > LONGEST_POST:
        return None
    content = environ["wsgi.input"].read(int(length))  # type: ignore[attr-defined]
    environ["wsgi.input"] = BytesIO(content)
    kind = str(environ.get("CONTENT_TYPE", "")).encode("utf-8", "replace")
    return blake2b(content, digest_size=32, key=blake2b(kind, digest_size=32).digest()).digest()


def _sent(asked: _Asked, kept: Kept, ready: Coded) -> Sent:
    """Return what goes out: all of it, the fields only (HEAD), or 304 to those who have it (RFC 9110, 15.4.5)."""
    conditions, plain = asked.conditions, kept.codings[""]
    if conditions and parse_etags(tags_without(conditions, asked.encoding)).contains_weak(unquote_etag(plain.tag)[0]):
        headers = replaced(plain.headers, "ETag", _tag_held(plain.tag, asked.encoding, conditions))
        remove_entity_headers(headers)
        return Sent(NOT_MODIFIED, [one for one in headers if one[0] != POLICY], b"")
    content = b"" if asked.environ["REQUEST_METHOD"] == "HEAD" else ready.content
    return Sent("200 OK", ready.headers, content, ready.wire)


def _tag_held(tag: str, encoding: str, conditions: str) -> str:
    """Return the tag of the representation that the client says it has: in the coding it would get, or as it is."""
    in_coding = tag_in(tag, encoding)
    return in_coding if in_coding.removeprefix("W/") in conditions else tag


def _whole(pieces: Iterable[bytes]) -> bytes:
    try:
        return b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()


def _fields(vary: str) -> tuple[str, ...]:
    """Return the fields of the request that the answer depends on, by their names in a WSGI environment."""
    names = (name.strip().upper().replace("-", "_") for name in vary.split(","))
    return tuple(f"HTTP_{name}" for name in names if name)
