"""A check of some files reads only what is new since the release, and finds what a check of everything finds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from bad_input import MISTAKES, copy_with_mistakes

from sorgenetz.bundle import Bundle
from sorgenetz.gate.findings import Finding
from sorgenetz.publishing.check import check
from sorgenetz.publishing.since_release import since_release
from sorgenetz.releases.chain import Home

COMMAND = Path(sys.executable).parent / "sorgenetz"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A copy of the repository's files with some mistakes, and one file that cannot be read."""
    bundle = copy_with_mistakes(tmp_path_factory.mktemp("mistakes"))
    (bundle.data / "initiatives" / "x-broken.trig").write_text("graph:a {\n  oh dear\n", "utf-8")
    return bundle


def run_check(bundle: Bundle, home: Path, language: str, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [COMMAND, "--home", home, "--language", language, "check", "--from", bundle.root, *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def without_place(finding: Finding) -> Finding:
    return replace(finding, file=None, line=None)


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_mistake_is_refused_with_file_line_and_what_to_write_while_the_others_are_checked(
    bundle: Bundle, published_home: Path, language: str
) -> None:
    files = [] if language == "de" else [bundle.data / mistake.file for mistake in MISTAKES]
    done = run_check(bundle, published_home, language, *files)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    for mistake in MISTAKES:
        lines = [line for line in done.stdout.splitlines() if mistake.place in line or mistake.name in line]
        assert any(mistake.words(language).casefold() in line.casefold() and ".trig:" in line for line in lines), (
            mistake,
            lines,
        )
    if language == "de":
        assert "x-broken.trig" in done.stderr and "Zeile 1" in done.stderr


def test_since_a_release_some_or_all_files_give_the_findings_of_a_check_of_everything(
    bundle: Bundle, published_home: Path
) -> None:
    (bundle.data / "initiatives" / "achtsamer-8.trig").unlink()
    chosen = {bundle.data / mistake.file for mistake in MISTAKES}
    broken, every = check(bundle)
    assert len(broken) == 1 and any(finding.blocks for finding in every)
    again, quick = check(bundle, home=Home(published_home))
    assert [error.text("de") for error in again] == [error.text("de") for error in broken]
    files = {without_place(finding): finding.file for finding in every}
    assert len(quick) == len(every) and {without_place(finding) for finding in quick} == files.keys()
    # Of several files that speak of a thing, one that is new since the release is named, at the line of the statement.
    assert {finding.file for finding in quick if finding.file != files[without_place(finding)]} <= chosen
    placed = {f"{finding.file}:{finding.line}" for finding in quick}
    assert {f"{bundle.root}/{mistake.place}" for mistake in MISTAKES if mistake.name != "x-double"} <= placed
    _, some = check(bundle, chosen, home=Home(published_home))
    assert {finding for finding in every if finding.file in chosen} <= set(some)
    assert {without_place(finding) for finding in some} <= files.keys()


def test_only_new_files_are_read_where_there_is_a_release_of_the_others(
    bundle: Bundle, published_home: Path, tmp_path: Path
) -> None:
    one = bundle.data / "initiatives" / "alia.trig"
    read = since_release(bundle, Home(published_home), [one], tmp_path / "store")
    assert read is not None and one in read.authored.by_file and len(read.authored.by_file) < len(MISTAKES) + 2
    assert since_release(bundle, Home(tmp_path / "none"), [one], tmp_path / "other") is None


def test_when_the_ontology_has_changed_everything_is_read(bundle: Bundle, published_home: Path, tmp_path: Path) -> None:
    terms = bundle.ontology / "sorgenetz.ttl"
    before = terms.read_bytes()
    terms.write_bytes(before + b"\n# more\n")
    try:
        assert since_release(bundle, Home(published_home), [terms], tmp_path / "store") is None
    finally:
        terms.write_bytes(before)


def test_a_file_that_is_none_of_the_graph_is_refused(bundle: Bundle, published_home: Path, tmp_path: Path) -> None:
    (tmp_path / "else.trig").write_text("", "utf-8")
    done = run_check(bundle, published_home, "en", tmp_path / "else.trig")
    assert done.returncode == 2 and "data/" in done.stderr
