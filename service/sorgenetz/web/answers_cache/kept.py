"""Answers in memory, within a bound: those asked for last stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from sorgenetz.web.answers_cache.encodings import encoded, tag_in

# What an entry takes beside its bytes, about.
ENTRY_BYTES = 4000
# So that one address with many ways of asking leaves room for the others.
MOST_WAYS = 32
REMEMBERED = 512

Headers = list[tuple[str, str]]
Wire = list[tuple[bytes, bytes]]
Fields = tuple[tuple[str, object], ...]
Ways = tuple[str | None, ...]


@dataclass(slots=True)
class Coded:
    """An answer in one coding, ready to be sent; `wire` are its fields as bytes, and a large one `is_packed`.

    `size` is the memory it takes, about: names of fields and most values are shared.
    """

    headers: Headers
    content: bytes
    tag: str
    wire: Wire = field(default_factory=list)
    is_packed: bool = False
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.wire = self.wire or on_the_wire(self.headers)
        self.size = ENTRY_BYTES + sum([len(value) for _, value in self.headers]) + len(self.content)


def coded(plain: Coded, encoding: str) -> Coded:
    """Return the answer `plain` in this coding, with the fields that say so."""
    if not encoding:
        return plain
    content = encoded(plain.content, encoding)
    return Coded(headers_in(plain.headers, encoding, len(content)), content, tag_in(plain.tag, encoding))


def headers_in(plain: Headers, encoding: str, length: int | None = None) -> Headers:
    """Return the fields of an answer in this coding; without its length where nobody knows it."""
    tags = [tag_in(value, encoding) for name, value in plain if name.lower() == "etag"]
    headers = replaced(plain, "ETag", tags[0]) if tags else plain
    headers = [*headers, ("Content-Encoding", encoding)]
    return replaced(headers, "Content-Length", None if length is None else str(length))


def on_the_wire(headers: Headers) -> Wire:
    """Return the fields as they are sent; most are the same in every answer, and are shared."""
    return [_shared_in_bytes(*one) for one in headers]


def in_bytes(headers: Headers) -> Wire:
    """Return the fields as they are sent, of one answer alone."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


@lru_cache(1024)
def _shared_in_bytes(name: str, value: str) -> tuple[bytes, bytes]:
    return in_bytes([(name, value)])[0]


def replaced(headers: Headers, name: str, value: str | None) -> Headers:
    """Return the fields with this one as given, or without it."""
    others = [one for one in headers if one[0].lower() != name.lower()]
    return others if value is None else [*others, (name, value)]


@dataclass(eq=False, slots=True, weakref_slot=True)
class Kept:
    """One answer of a release as it is, and in each coding that was asked for so far."""

    codings: dict[str, Coded]
    comes_encoded: bool
    asked: int = 1
    is_held: bool = False
    name_bytes: int = 0

    @property
    def size(self) -> int:
        """Return the memory it takes, about, with the address and the fields by which it is found."""
        return self.name_bytes + sum(one.size for one in self.codings.values())


class _Address:
    """The answers at one address: one for each way of asking that matters there, by the fields that Vary names."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        self.ways: dict[Ways, Kept] = {}

    def way_of(self, environ: Mapping[str, object]) -> Ways:
        return tuple(environ.get(name) for name in self.fields)  # type: ignore[misc]


class KeptAnswers:
    """Answers by address and way of asking, `most_bytes` together; safe to use from many threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._lock = Lock()
        self._addresses: OrderedDict[tuple, _Address] = OrderedDict()
        self._met: OrderedDict[int, None] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        with self._lock:
            return sum(len(address.ways) for address in self._addresses.values())

    def get(self, key: tuple, environ: Mapping[str, object]) -> Kept | None:
        """Return the answer at this address to one who asks like this."""
        with self._lock:
            address = self._addresses.get(key)
            kept = address.ways.get(address.way_of(environ)) if address else None
            if kept:
                kept.asked += 1
                self._addresses.move_to_end(key)
            return kept

    def is_asked_again(self, key: tuple, kept: Kept) -> bool:
        """Take note that the answer `kept` at this address is asked for; tell whether it still is held."""
        with self._lock:
            if kept.is_held:
                kept.asked += 1
                self._addresses.move_to_end(key)
            return kept.is_held

    def put(self, key: tuple, environ: Mapping[str, object], fields: tuple[str, ...], kept: Kept) -> None:
        """Hold an answer that depends on these `fields` of the request; what was not asked for longest goes."""
        with self._lock:
            address = self._addresses.get(key)
            if address is None or not set(fields) <= set(address.fields):
                known = address.fields if address else ()
                self._drop(key)
                address = self._addresses[key] = _Address(tuple(dict.fromkeys((*known, *fields))))
            way = address.way_of(environ)
            self._let_go(address.ways.pop(way, None))
            address.ways[way] = kept
            kept.is_held = True
            kept.name_bytes = sum([len(part) for part in (*key, *way) if isinstance(part, str)])
            self.bytes += kept.size
            while len(address.ways) > MOST_WAYS:
                self._let_go(address.ways.pop(next(iter(address.ways))))
            self._addresses.move_to_end(key)
            self._make_room()

    def has_met(self, key: tuple) -> bool:
        """Tell whether this was called with the same key not long ago: whoever asks twice may ask again."""
        number = hash(key)
        with self._lock:
            known = number in self._met
            self._met[number] = None
            self._met.move_to_end(number)
            if len(self._met) > REMEMBERED:
                self._met.popitem(last=False)
        return known

    def in_coding(self, kept: Kept, encoding: str) -> Coded:
        """Return the answer in this coding, made when it is asked for first."""
        found = kept.codings.get(encoding)
        if found is None:
            found = coded(kept.codings[""], encoding)
            with self._lock:
                if encoding not in kept.codings:
                    kept.codings[encoding] = found
                    self.bytes += found.size if kept.is_held else 0
                    self._make_room()
        return found

    def most_asked(self, of: Callable[[tuple], bool], number: int) -> list[tuple[tuple, Fields]]:
        """Return key and fields of what was asked for more than once, most often first, for the keys that are meant."""
        with self._lock:
            every = [
                (kept.asked, key, tuple(zip(address.fields, way, strict=True)))
                for key, address in self._addresses.items()
                if of(key)
                for way, kept in address.ways.items()
                if kept.asked > 1
            ]
        every.sort(key=lambda one: one[0], reverse=True)
        return [one[1:] for one in every[:number]]

    def _make_room(self) -> None:
        while self.bytes > self._most and self._addresses:
            self._drop(next(iter(self._addresses)))

    def _drop(self, key: tuple) -> None:
        address = self._addresses.pop(key, None)
        for kept in address.ways.values() if address else ():
            self._let_go(kept)

    def _let_go(self, kept: Kept | None) -> None:
        if kept:
            kept.is_held = False
            self.bytes -= kept.size
