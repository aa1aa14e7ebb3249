"""What needs the whole graph is asked by queries that must return no row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.gate.findings import Finding
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE

CHECK = BASE + "check/"


def run_checks(store_path: Path, queries: Path) -> list[Finding]:
    """Return a finding for each row of each query in queries/checks.

    A check has `message-de`, `message-en` and `severity` in its header and selects ?thing, optionally ?path and
    ?value; the messages may name {thing} and {value}.
    """
    store, checks, found = ox.Store.read_only(str(store_path)), list(Library(queries).checks()), []
    # Threads: the store evaluates without holding the interpreter.
    with ThreadPoolExecutor(cpu_count()) as threads:
        answers = list(threads.map(lambda check: list(store.query(check.query)), checks))
    for check, rows in zip(checks, answers, strict=True):
        for row in rows:
            values = {name: _text(row[name]) for name in ("thing", "path", "value") if _has(row, name)}
            thing, value = values.get("thing", ""), values.get("value", "")
            words = {key: check.fields[key].format(thing=thing, value=value) for key in ("message-de", "message-en")}
            found.append(
                Finding(
                    severity=check.fields["severity"],
                    thing=thing,
                    text_de=words["message-de"],
                    text_en=words["message-en"],
                    shape=CHECK + check.name,
                    path=values.get("path", ""),
                    value=value,
                )
            )
    return found


def _has(row: ox.QuerySolution, name: str) -> bool:
    try:
        return row[name] is not None
    except KeyError:
        return False


def _text(term: object) -> str:
    return term.value if hasattr(term, "value") else str(term)
