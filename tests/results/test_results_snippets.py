"""The code beside a result runs as it is copied, whatever stands in the query."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import LiveServer
from pages.parsed import Parsed

from sorgenetz.insight.results.snippets import python_text, r_text, shell_text

RUN_ALL = """
import json, runpy, sys
print(json.dumps([json.loads(runpy.run_path(path)["rows"].to_json(orient="records")) for path in sys.argv[1:]]))
"""
TEXTS = (
    "it's", 'say "ä"', "'''", "back\\\\slash", "$HOME `id` $(id)", "%s {x} {{y}} \\\\n", "two\\nlines",
    "zwölf Äpfel 🍏", "\u202eabc", "tab\\there", "@file <>&;|!*?", "a\u2028b\u00a0c",
)  # fmt: skip
QUERIES = {
    "one line": 'SELECT ("x" AS ?a) {}',
    "many texts": "SELECT ?text {\n  VALUES ?text {\n" + "\n".join(f'    "{_}"' for _ in (
        text.replace('"', '\\"') for text in TEXTS)) + "\n  }\n}\n",
    "long strings": 'SELECT ?a {\n BIND("""one "two" \'three\'\nfour""" AS ?a)\n}',
    "ends with a quote": 'SELECT ("x" AS ?a) {} # say "',
    "ends with a backslash": 'SELECT ("x" AS ?a) {}\n# \\',
    "one column with gaps": 'SELECT ?a { VALUES ?a { UNDEF "x" UNDEF "two\\n\\nlines" UNDEF } }',
    "keys and numbers": 'SELECT ?key ?n ?d { VALUES (?key ?n ?d) { ("05315" 7 1.5) ("NA" 8 UNDEF) } }',
}  # fmt: skip


def snippet(server: LiveServer, query: str, language: str) -> str:
    """Return the code as a reader copies it from the page."""
    response, body = server.get("/en/sparql?" + urlencode({"query": query}), Accept="text/html")
    assert response.status == 200
    page = Parsed(body.decode()).one("details", class_="snippets")
    return "".join(page.one("pre", **{"aria-label": language}).one("code").inside)


def rows(server: LiveServer, query: str) -> list[dict[str, str | None]]:
    """Return what the endpoint answers, an empty cell as None."""
    _, body = server.get("/sparql?" + urlencode({"query": query, "format": "csv"}))
    head, *found = csv.reader(io.StringIO(body.decode(), newline=""))
    return [{name: value or None for name, value in zip(head, row or [""], strict=True)} for row in found]


def test_the_python_code_gives_the_rows_of_the_endpoint(live_server: LiveServer, tmp_path: Path) -> None:
    paths = []
    for name, query in QUERIES.items():
        paths.append(tmp_path / f"{name}.py")
        paths[-1].write_text(snippet(live_server, query, "Python"), "utf-8")
    done = subprocess.run([sys.executable, "-c", RUN_ALL, *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for (name, query), got in zip(QUERIES.items(), json.loads(done.stdout.splitlines()[-1]), strict=True):
        wanted = rows(live_server, query)
        if name == "keys and numbers":
            wanted = [{"key": "05315", "n": 7, "d": 1.5}, {"key": "NA", "n": 8, "d": None}]
        assert got == wanted, name
        assert len(got) > 1 or len(QUERIES[name]) < 80


def test_the_python_code_of_a_yes_and_of_a_graph_runs(live_server: LiveServer, tmp_path: Path) -> None:
    for query, said in (("ASK {}", "True"), ('CONSTRUCT { <urn:a> <urn:b> "Ä" } {}', '<urn:a> <urn:b> "Ä"')):
        path = tmp_path / "snippet.py"
        path.write_text(snippet(live_server, query, "Python"), "utf-8")
        done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout


@pytest.mark.parametrize("name", QUERIES)
def test_the_shell_code_gives_the_bytes_of_the_endpoint(live_server: LiveServer, tmp_path: Path, name: str) -> None:
    path = tmp_path / "snippet.sh"
    path.write_text(snippet(live_server, QUERIES[name], "curl"), "utf-8")
    done = subprocess.run(["sh", path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    _, wanted = live_server.get("/sparql?" + urlencode({"query": QUERIES[name], "format": "csv"}))
    assert done.stdout == wanted


def test_the_r_code_asks_the_same_and_reads_keys_as_text(live_server: LiveServer) -> None:
    code = snippet(live_server, QUERIES["keys and numbers"], "R")
    assert f'endpoint <- "http://{live_server.host}:{live_server.port}/sparql"' in code
    assert r_text(QUERIES["keys and numbers"]) in code and 'colClasses = "character"' in code
    assert 'rows[["n"]] <- as.numeric(rows[["n"]])' in code and 'rows[["key"]] <-' not in code


@pytest.mark.parametrize("text", [*TEXTS, "\x00\x07\r\x1b", '"""', '\\"""\\', "'; rm -rf ~; '"])
def test_python_reads_back_what_is_written_for_it(text: str) -> None:
    import ast

    for one in (text, f"{text}\n{text}"):
        assert ast.literal_eval(python_text(one)) == one


@pytest.mark.parametrize("text", [*TEXTS, '"""', "'; echo harm; '", "a\nb"])
def test_a_shell_reads_back_what_is_written_for_it(text: str) -> None:
    done = subprocess.run(["sh", "-c", f"printf %s {shell_text(text)}"], capture_output=True, check=True)
    assert done.stdout.decode() == text


def test_r_has_no_quote_or_backslash_left_open() -> None:
    assert r_text('a"b\\c\u202ed') == '"a\\"b\\\\c\\u{202e}d"'


def test_nothing_of_a_query_can_be_seen_as_something_else() -> None:
    assert "\u202e" not in python_text("\u202eabc") and "\u202e" not in r_text("\u202eabc")
