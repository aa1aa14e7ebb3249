"""One frozen settings object, read once from the environment and passed in; the README table comes from it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from sorgenetz.errors import BadRequest


def _setting(default: object, help_text: str, least: int = 0, most: float = inf) -> object:
    return field(default=default, metadata={"help": help_text, "least": least, "most": most})


@dataclass(frozen=True)
class Settings:
    """All that an operator can set; each field is the variable SORGENETZ_<FIELD> in capitals."""

    home: Path = _setting(Path("var"), "Folder that holds the releases and the name of the served one.")
    host: str = _setting("127.0.0.1", "Address the server listens on (HOST works too).")
    port: int = _setting(8000, "Port the server listens on (PORT works too).", 1, 65_535)
    base_url: str = _setting("", "Public address of this service, such as https://sorgenetz.example; empty: as asked.")
    query_seconds: float = _setting(10.0, "Seconds after which a query is ended.")
    query_memory_mb: int = _setting(1024, "Megabytes a query may use beyond what its worker needs anyway.")
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
    )
    query_kb: int = _setting(512, "Kilobytes a query text or request body may have; an address has room for 64.")
    result_mb: int = _setting(64, "Megabytes a result may have; a larger one is an error, never cut.")
    result_rows: int = _setting(
        1_000_000, "Rows or statements a result may have; one with more is an error, never cut."
    )
    merged_graph_quads: int = _setting(1_000_000, "Statements that graphs named together as default graph may have.")
    answers_cache_mb: int = _setting(
        64, "Megabytes of answers of the served release that are held in memory; 0: none is."
    )
    answers_warm_seconds: float = _setting(
        30.0, "Seconds after a new release in which what was asked most is asked ahead, one by one; 0: nothing is."
    )
    imprint_file: str = _setting("", "Markdown file with who runs this service, for the page /de/imprint.")
    privacy_file: str = _setting("", "Markdown file with what the operator adds to the page /de/privacy.")
    feedback: str = _setting("", "E-mail or web address at which barriers and mistakes are reported.")
    server_threads: int = _setting(32, "Requests the server works on at the same time.", 1)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
        """Return the settings of `environment` (os.environ if None), overridden by `given` values that are not None.

        Raises BadRequest with the variable's name when a value cannot be read.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, object] = {}
        for item in dataclasses.fields(cls):
            names = [f"SORGENETZ_{item.name.upper()}"]
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
            (f"SORGENETZ_{item.name.upper()}", str(item.default), item.metadata["help"])
            for item in dataclasses.fields(cls)
        ]


def _read(name: str, text: str, item: dataclasses.Field) -> object:
    kind, least, most = type(item.default), item.metadata["least"], item.metadata["most"]
    try:
        value = Path(text) if issubclass(kind, Path) else kind(text)
    except ValueError:
        value = None
    # Neither “nan” nor “inf” is a number that anything could be held to.
    if value is None or (isinstance(value, int | float) and not (least <= value <= most and value < inf)):
        words_de, words_en = _kind_words(kind, least, most)
        raise BadRequest(
            what_de=f"{name} hat den Wert „{text}“; erwartet wird: {words_de}.",
            remedy_de="Ändern Sie den Wert, oder lassen Sie die Variable weg.",
            what_en=f"{name} is “{text}”; expected is {words_en}.",
            remedy_en="Change the value, or leave the variable out.",
        )
    return value


def _kind_words(kind: type, least: int, most: float) -> tuple[str, str]:
    to_de, to_en = (f" bis {most}", f" to {most}") if most < inf else ("", "")
    return {
        int: (f"eine ganze Zahl ab {least}{to_de}", f"a whole number from {least}{to_en}"),
        float: (f"eine Zahl ab {least}{to_de}", f"a number from {least}{to_en}"),
    }.get(kind, ("ein Text", "a text"))
