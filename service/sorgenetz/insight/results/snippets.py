"""A query as a few lines of Python, R or shell that run as they are copied, whatever stands in the query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sorgenetz.insight.results.cells import Tally

# Quotes that would end a text between three of them.
_ENDS_EARLY = re.compile(r'"{3,}|"+\Z')
# R alone asks by GET only, and servers on the way refuse longer addresses (8 KB, with three signs for one).
LONGEST_FOR_GET = 2000
_AS_TEXT = "# Everything is read as text first, so that keys keep their zeros in front; an empty line is a row, too."
_PANDAS = 'dtype="string", keep_default_na=False, na_values=[""], skip_blank_lines=False'
_READ_CSV = 'colClasses = "character", na.strings = "", blank.lines.skip = FALSE, encoding = "UTF-8"'


@dataclass(frozen=True)
class Snippet:
    """Some lines of code, and the name of their language."""

    language: str
    code: str


def snippets(endpoint: str, query: str, form: str, tallies: Iterable[Tally] = ()) -> tuple[Snippet, ...]:
    """Return the query as code that asks `endpoint` and shows the answer; numbers are numbers, keys stay texts."""
    query = query.replace("\r\n", "\n").strip("\n")
    numbers = [tally.name for tally in tallies if tally.only("number")]
    return (
        Snippet("Python", _python(endpoint, query, form, numbers)),
        Snippet("R", _r(endpoint, query, form, numbers)),
        Snippet("curl", _curl(endpoint, query, form)),
    )


def fetching(json_address: str, csv_address: str) -> tuple[Snippet, ...]:
    """Return the lines that fetch what stands at an address, as JSON or as CSV."""
    return (
        curl(json_address),
        Snippet("Python", _lines(
            "# pip install pandas", "import pandas as pd", "", _AS_TEXT,
            f"address = {python_text(csv_address)}",
            f"rows = pd.read_csv(address, {_PANDAS})", "print(rows)",
        )),
        Snippet("R", _lines(
            _AS_TEXT, f"address <- {r_text(csv_address)}",
            f"rows <- read.csv(address, {_READ_CSV})", "print(rows)",
        )),
    )  # fmt: skip


def curl(address: str, *arguments: str) -> Snippet:
    """Return the lines that fetch an address with curl; each option among `arguments` begins a line."""
    lines = ["curl --fail --silent --show-error"]
    for one in arguments:
        lines += [f"  {one}"] if one.startswith("--") else []
        lines[-1] += "" if one.startswith("--") else f" {shell_text(one)}"
    return Snippet("curl", _lines(" \\\n".join((*lines, f"  {shell_text(address)}"))))


def walking(address: str, column: str) -> str:
    """Return the lines that fetch an answer page by page and show one of its columns."""
    return _lines(
        "# pip install requests", "import requests", "", f"address = {python_text(address)}", "while address:",
        "    answer = requests.get(address, timeout=60)", "    answer.raise_for_status()",
        '    for row in answer.json()["rows"]:', f"        cell = row[{python_text(column)}]",
        '        print(cell["value"] if cell else "not stated")',
        '    address = answer.links.get("next", {}).get("url")',
    )  # fmt: skip


def _python(endpoint: str, query: str, form: str, numbers: list[str]) -> str:
    ask = [f"endpoint = SPARQLWrapper({python_text(endpoint)})", "endpoint.setMethod(POST)",
           f"endpoint.setQuery({python_text(query)})"]  # fmt: skip
    if form == "ask":
        return _lines(
            "# pip install SPARQLWrapper", "from SPARQLWrapper import JSON, POST, SPARQLWrapper", "", *ask,
            "endpoint.setReturnFormat(JSON)", "", 'print(endpoint.query().convert()["boolean"])',
        )  # fmt: skip
    if form != "select":
        return _lines(
            "# pip install SPARQLWrapper", "from SPARQLWrapper import POST, TURTLE, SPARQLWrapper", "", *ask,
            "endpoint.setReturnFormat(TURTLE)", "", 'print(endpoint.query().convert().decode("utf-8"))',
        )  # fmt: skip
    to_numbers = [f"for column in [{', '.join(map(python_text, numbers))}]:",
                  "    rows[column] = pd.to_numeric(rows[column])"] if numbers else []  # fmt: skip
    return _lines(
        "# pip install SPARQLWrapper pandas", "import io", "", "import pandas as pd",
        "from SPARQLWrapper import CSV, POST, SPARQLWrapper", "", *ask, "endpoint.setReturnFormat(CSV)", "",
        _AS_TEXT, "answer = io.BytesIO(endpoint.query().convert())",
        f"rows = pd.read_csv(answer, {_PANDAS})",
        *to_numbers, "print(rows)",
    )  # fmt: skip


def _r(endpoint: str, query: str, form: str, numbers: list[str]) -> str:
    ending = {"select": "csv", "ask": "json"}.get(form, "ttl")
    by_post = len(query) > LONGEST_FOR_GET
    # Where R does not work in UTF-8, it would ask for other letters than these.
    mark = 'if (Encoding(query) == "unknown") Encoding(query) <- "UTF-8"  # whatever this computer works in'
    marked = () if query.isascii() or not _readable(query) else (mark,)
    fetch = [
        *(('# install.packages("curl")',) if by_post else ()),
        f"endpoint <- {r_text(endpoint)}", f"query <- {r_text(query)}", *marked, "file <- tempfile()",
        *(_r_post if by_post else _r_get)(ending),
    ]  # fmt: skip
    if form == "ask":
        return _lines(*fetch, """print(any(grepl('"boolean" *: *true', readLines(file, warn = FALSE))))""")
    if form != "select":
        return _lines(*fetch, 'writeLines(readLines(file, encoding = "UTF-8", warn = FALSE), useBytes = TRUE)')
    return _lines(
        *fetch, _AS_TEXT, f"rows <- read.csv(file, check.names = FALSE, {_READ_CSV})",
        *(f"rows[[{name}]] <- as.numeric(rows[[{name}]])" for name in map(_r_ascii, numbers)), "print(rows)",
    )  # fmt: skip


def _r_get(ending: str) -> tuple[str, ...]:
    return (
        'address <- paste0(endpoint, "?format=' + ending + '&query=", URLencode(enc2utf8(query), reserved = TRUE))',
        'download.file(address, file, quiet = TRUE, mode = "wb", method = "libcurl")',
    )


def _r_post(ending: str) -> tuple[str, ...]:
    return (
        "asking <- curl::new_handle(post = TRUE, postfields = charToRaw(enc2utf8(query)))",
        'curl::handle_setheaders(asking, "Content-Type" = "application/sparql-query")',
        f'curl::curl_download(paste0(endpoint, "?format={ending}"), file, handle = asking)',
    )


def _curl(endpoint: str, query: str, form: str) -> str:
    accept = {"select": "text/csv", "ask": "application/sparql-results+json"}.get(form, "text/turtle")
    return _lines(
        f"curl --fail --silent --show-error --header 'Accept: {accept}' \\",
        f"  --data-urlencode {shell_text('query=' + query)} \\", f"  {shell_text(endpoint)}",
    )  # fmt: skip


def python_text(text: str) -> str:
    r"""Return a text as Python writes it, over several lines when it has some.

    >>> print(python_text('say "ä"'), python_text("it's a \\ \"b\""))
    'say "ä"' "it's a \\ \"b\""
    """
    escaped = _escaped(text, "\\", lambda code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    if "\n" in text:
        return '"""' + _ENDS_EARLY.sub(lambda found: '\\"' * len(found[0]), escaped) + '"""'
    if '"' in text and "'" not in text:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'


def r_text(text: str) -> str:
    r"""Return a text as R writes it: as it is read, or in ASCII alone when it holds what cannot be seen.

    R mixes up letters that are written and letters by number, where it does not work in UTF-8.

    >>> print(r_text("Ä"), r_text("Ä\u200b"))
    "Ä" "\u{00c4}\u{200b}"
    """
    return '"' + _escaped(text, '\\"', _r_number) + '"' if _readable(text) else _r_ascii(text)


def _r_ascii(text: str) -> str:
    escaped = _escaped(text, '\\"', _r_number)
    return '"' + "".join(one if one.isascii() else _r_number(ord(one)) for one in escaped) + '"'


def _r_number(code: int) -> str:
    return f"\\u{{{code:04x}}}" if code < 0x10000 else f"\\U{{{code:08x}}}"


def _readable(text: str) -> bool:
    return all(letter.isprintable() or letter in "\n\t" for letter in text)


def shell_text(text: str) -> str:
    """Return a text as every shell takes it: between single quotes, which it leaves for each that it holds.

    >>> shell_text("it's")
    "'it'\\\\''s'"
    """
    return "'" + text.replace("'", "'\\''") + "'"


def _escaped(text: str, special: str, by_number: Callable[[int], str]) -> str:
    """Return a text with a backslash before what is `special`, and what cannot be seen by its number."""
    return "".join(
        "\\" + letter if letter in special
        else letter if letter.isprintable() or letter in "\n\t" else by_number(ord(letter))
        for letter in text
    )  # fmt: skip


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"
