"""The code for R beside a result runs as it is copied, in UTF-8 and out of it; skipped without R, unless required."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import LiveServer

from results.test_results_snippets import QUERIES, TEXTS, rows, snippet
from sorgenetz.insight.results.snippets import LONGEST_FOR_GET, r_text

REQUIRED = os.environ.get("SORGENETZ_REQUIRE_R") == "1"
GERMAN = {
    "a name and a text": 'SELECT ("Größe" AS ?größe) ("Straße 5 – „Süd“" AS ?ort) (5 AS ?zähler) {}',
    "too long for an address": f'SELECT ("Ü" AS ?a) (3 AS ?zähler) {{}} # {"ä" * LONGEST_FOR_GET}',
}
# What a cell holds, a line each; a cell that is empty has a line of its own kind.
SHOW = """
cells <- unlist(lapply(seq_len(nrow(rows)), function(i) vapply(rows, function(one) as.character(one[i]), "")))
writeLines(ifelse(is.na(cells), "(empty)", gsub("\\n", "(line)", enc2utf8(cells))), "cells.txt", useBytes = TRUE)
writeLines(vapply(rows, class, ""), "classes.txt")
"""


def run_in_r(code: str, folder: Path, encoding: str) -> str:
    """Return what the code prints, run in the way of computers that work in this encoding."""
    if not shutil.which("Rscript"):
        (pytest.fail if REQUIRED else pytest.skip)("R is missing; on Debian: apt-get install r-base-core r-cran-curl")
    path = folder / "snippet.R"
    path.write_text(code, "utf-8")
    settings = {**os.environ, "LC_ALL": encoding, "LANG": encoding}
    done = subprocess.run(["Rscript", "--vanilla", path], cwd=folder, env=settings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("encoding", ["C.UTF-8", "C"])
@pytest.mark.parametrize("name", [*QUERIES, *GERMAN])
def test_the_r_code_gives_the_rows_of_the_endpoint(
    live_server: LiveServer, tmp_path: Path, name: str, encoding: str
) -> None:
    query = {**QUERIES, **GERMAN}[name]
    run_in_r(snippet(live_server, query, "R") + SHOW, tmp_path, encoding)
    wanted = rows(live_server, query)
    cells = [cell for row in wanted for cell in row.values()]
    shown = ["(empty)" if cell is None else cell.replace("\n", "(line)") for cell in cells]
    assert (tmp_path / "cells.txt").read_text("utf-8").split("\n")[:-1] == shown
    numbers = (tmp_path / "classes.txt").read_text().split()
    assert [kind == "numeric" for kind in numbers] == [column in ("n", "d", "zähler") for column in wanted[0]]


@pytest.mark.parametrize("encoding", ["C.UTF-8", "C"])
def test_the_r_code_of_a_yes_and_of_a_graph_runs(live_server: LiveServer, tmp_path: Path, encoding: str) -> None:
    for query, said in (
        ('ASK { FILTER("ä" < "ö") }', "[1] TRUE\n"),
        ('ASK { FILTER(STRLEN("ä") = 2) }', "[1] FALSE\n"),
        ('CONSTRUCT { <urn:a> <urn:b> "Ä" } {}', '<urn:a> <urn:b> "Ä" .\n'),
        ('DESCRIBE <urn:ä>', ""),
    ):  # fmt: skip
        assert run_in_r(snippet(live_server, query, "R"), tmp_path, encoding).endswith(said), query


@pytest.mark.parametrize("encoding", ["C.UTF-8", "C"])
def test_r_reads_back_what_is_written_for_it(tmp_path: Path, encoding: str) -> None:
    texts = [*TEXTS, "a\nb", '"""', "Größe\u200b", "\x07\r\x1b"]
    code = "".join(f"text <- {r_text(text)}\ncat(utf8ToInt(`Encoding<-`(text, 'UTF-8')), '\\n')\n" for text in texts)
    numbers = [" ".join(str(ord(letter)) for letter in text) for text in texts]
    assert [line.rstrip() for line in run_in_r(code, tmp_path, encoding).splitlines()] == numbers
