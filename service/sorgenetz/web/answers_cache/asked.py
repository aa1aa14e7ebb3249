"""What a request is after, told from its WSGI environment: the address of an answer, and the coding it goes out in."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO

from sorgenetz.errors import SorgenetzError
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.web.answers_cache.encodings import chosen_encoding

Environ = dict[str, object]

ENDPOINT = "/sparql"
LONGEST_POST = 64 * 1024
# In an environment: the rule of HTTP that the request breaks, which Flask then says.
BROKEN = "sorgenetz.broken"
# Conditions that only Flask looks at, and requests that are none of anybody else's business.
PAST_US = frozenset(
    ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_AUTHORIZATION", BROKEN)
)


@dataclass(frozen=True, slots=True)
class Question:
    """A GET: its path as WSGI has it, its query, scheme and host, and the fields that its answer depends on."""

    path: str
    query: str
    place: tuple[str, str]
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Asked:
    """What is asked for: the coding the client takes, and the key of the answer, None when none is kept."""

    environ: Environ
    release: object
    key: tuple | None
    encoding: str

    @property
    def conditions(self) -> str:
        """Return the tags of what the client has."""
        return str(self.environ.get("HTTP_IF_NONE_MATCH", "")) if self.environ["REQUEST_METHOD"] != "POST" else ""


def read_asked(environ: Environ, current: CurrentRelease | None) -> Asked:
    """Return what this request is after; without `current` no answer is kept."""
    encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING"))  # type: ignore[arg-type]
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    content: object = ""
    if method == "POST" and path == ENDPOINT:
        content = _content_of(environ)
    elif method not in ("GET", "HEAD"):
        content = None
    release = None
    if content is not None and current and PAST_US.isdisjoint(environ):
        try:
            release = current.get()
        except SorgenetzError:
            release = None
    if release is None:
        return Asked(environ, None, None, encoding)
    query = environ.get("QUERY_STRING", "")
    key = (release.name, environ["wsgi.url_scheme"], environ.get("HTTP_HOST"), path, query, content)
    return Asked(environ, release, key, encoding)


def _content_of(environ: Environ) -> bytes | None:
    """Return a digest of what was posted, and leave it to be read again; None when its length is unsaid or large."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > LONGEST_POST:
        return None
    content = environ["wsgi.input"].read(int(length))  # type: ignore[attr-defined]
    environ["wsgi.input"] = BytesIO(content)
    kind = str(environ.get("CONTENT_TYPE", "")).encode("utf-8", "replace")
    return blake2b(content, digest_size=32, key=blake2b(kind, digest_size=32).digest()).digest()
