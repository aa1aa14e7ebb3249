"""One frozen settings object, read once from the environment and passed in; the README table comes from it."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import inf
from pathlib import Path

from sorgenetz.errors import BadRequest

_VARIABLE = "SORGENETZ_"
# What a text must look like, and the German and English words for it.
_SHAPES = {
    "origin": (
        re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?/?"),
        "Schema und Rechner ohne Pfad, etwa https://sorgenetz.example",
        "scheme and host without a path, such as https://sorgenetz.example",
    ),
    "contact": (
        re.compile(r"https?://\S+|[^@\s<>\"?&]+@[^@\s<>\"?&]+"),
        "eine E-Mail-Adresse oder eine Adresse, die mit https:// beginnt",
        "an e-mail address, or an address that begins with https://",
    ),
    "field": (
        re.compile(r"[A-Za-z0-9-]+"),
        "der Name eines Kopffelds, etwa X-Real-IP",
        "the name of a header field, such as X-Real-IP",
    ),
}


def _setting(default: object, help_text: str, least: float = 0, most: float = inf, shape: str = "") -> object:
    return field(default=default, metadata={"help": help_text, "least": least, "most": most, "shape": shape})


@dataclass(frozen=True)
class Settings:
    """All that an operator can set; each field is the variable SORGENETZ_<FIELD> in capitals."""

    home: Path = _setting(Path("var"), "Folder that holds the releases and the name of the served one.")
    host: str = _setting("127.0.0.1", "Address the server listens on (HOST works too).")
    port: int = _setting(8000, "Port the server listens on (PORT works too).", 1, 65_535)
    base_url: str = _setting(
        "", "Public address of this service, such as https://sorgenetz.example; empty: as asked.", shape="origin"
    )
    query_seconds: float = _setting(10.0, "Seconds after which a query is ended.", 0.1)
    query_memory_mb: int = _setting(1024, "Megabytes a query may use beyond what its worker needs anyway.", 1)
    query_workers: int = _setting(8, "Queries that may run at the same time.", 1)
    query_workers_idle: int = _setting(2, "Query workers kept ready while nothing is asked.")
    held_triples: int = _setting(
        500_000,
        "Triples a release may have to be held in memory, 0.4 KB each, and up to as much again in each query worker; "
        "queries are then mostly answered two to six times as fast. A larger one is read from disk.",
    )
    query_queue_seconds: float = _setting(5.0, "Seconds a query waits for a free worker before the answer is 503.")
    query_client_share: float = _setting(
        0.5, "Part of the workers that the queries of one client may have or wait for; more than 1 lets more wait."
    )
    client_header: str = _setting(
        "",
        "Header in which a trusted proxy names the client's address, such as X-Forwarded-For; empty: none is trusted.",
        shape="field",
    )
    query_kb: int = _setting(512, "Kilobytes a query text or request body may have; an address has room for 64.", 1)
    result_mb: int = _setting(64, "Megabytes a result may have; a larger one is an error, never cut.", 1)
    result_rows: int = _setting(
        1_000_000, "Rows or statements a result may have; one with more is an error, never cut.", 1
    )
    merged_graph_quads: int = _setting(1_000_000, "Statements that graphs named together as default graph may have.")
    answers_cache_mb: int = _setting(
        64, "Megabytes of answers of the served release that are held in memory; 0: none is."
    )
    answers_warm_seconds: float = _setting(
        30.0, "Seconds after a new release in which what was asked most is asked ahead, one by one; 0: nothing is."
    )
    imprint_file: str = _setting(
        "", "Markdown file with who runs this service, for the page /de/imprint.", shape="file"
    )
    privacy_file: str = _setting("", "Markdown file with what the operator adds to the page /de/privacy.", shape="file")
    feedback: str = _setting("", "E-mail or web address at which barriers and mistakes are reported.", shape="contact")
    server_threads: int = _setting(32, "Requests the server works on at the same time.", 1)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
        """Return the settings of `environment` (os.environ if None), overridden by `given` values that are not None.

        Raises BadRequest with the variable's name when a value cannot be read, or the name is misspelt.
        """
        environment = os.environ if environment is None else environment
        _refuse_misspelt(environment, [name for name, _, _ in cls.table()])
        values: dict[str, object] = {}
        for item in dataclasses.fields(cls):
            names = [f"{_VARIABLE}{item.name.upper()}"]
            if item.name in ("host", "port"):
                names.append(item.name.upper())
            for name in names:
                if environment.get(name):
                    values[item.name] = _read(name, environment[name], item)
                    break
        values.update({key: value for key, value in given.items() if value is not None})
        return cls(**values)

    @classmethod
    def table(cls) -> list[tuple[str, str, str]]:
        """Return (variable, default, help) of each setting, for the README and for --help."""
        return [
            (f"{_VARIABLE}{item.name.upper()}", str(item.default), item.metadata["help"])
            for item in dataclasses.fields(cls)
        ]


def _refuse_misspelt(environment: Mapping[str, str], known: list[str]) -> None:
    """Refuse a variable that is nearly one of the `known`; others may be somebody else's."""
    for name in environment:
        meant = get_close_matches(name, known, 1, 0.9) if name.startswith(_VARIABLE) and name not in known else []
        if meant:
            raise BadRequest(
                what_de=f"Die Einstellung {name} gibt es nicht; gemeint ist wohl {meant[0]}.",
                remedy_de="Berichtigen Sie den Namen; „sorgenetz serve --help“ zeigt alle.",
                what_en=f"There is no setting {name}; probably {meant[0]} is meant.",
                remedy_en="Correct the name; “sorgenetz serve --help” shows all of them.",
            )


def _read(name: str, text: str, item: dataclasses.Field) -> object:
    kind, least, most = type(item.default), item.metadata["least"], item.metadata["most"]
    try:
        value = Path(text) if issubclass(kind, Path) else kind(text)
    except ValueError:
        value = None
    # Neither “nan” nor “inf” is a number that anything could be held to.
    if value is None or (isinstance(value, int | float) and not (least <= value <= most and value < inf)):
        raise _refused(name, text, *_kind_words(kind, least, most))
    shape = item.metadata["shape"]
    if shape == "file":
        _must_be_read(name, text)
    elif shape and not _SHAPES[shape][0].fullmatch(text):
        raise _refused(name, text, *_SHAPES[shape][1:])
    return value


def _must_be_read(name: str, path: str) -> None:
    try:
        Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise _refused(
            name, path, f"eine Datei in UTF-8, die sich lesen lässt ({reason})", f"a readable file in UTF-8 ({reason})"
        ) from error


def _refused(name: str, text: str, words_de: str, words_en: str) -> BadRequest:
    return BadRequest(
        what_de=f"{name} hat den Wert „{text}“; erwartet wird: {words_de}.",
        remedy_de="Ändern Sie den Wert, oder lassen Sie die Variable weg.",
        what_en=f"{name} is “{text}”; expected is {words_en}.",
        remedy_en="Change the value, or leave the variable out.",
    )


def _kind_words(kind: type, least: float, most: float) -> tuple[str, str]:
    to_de, to_en = (f" bis {most}", f" to {most}") if most < inf else ("", "")
    return {
        int: (f"eine ganze Zahl ab {least}{to_de}", f"a whole number from {least}{to_en}"),
        float: (f"eine Zahl ab {least}{to_de}", f"a number from {least}{to_en}"),
    }.get(kind, ("ein Text", "a text"))
