"""Any release that was published is listed and can be served again, also one that was thinned."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from sorgenetz.cli.main import main
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.releases.dumps import sha256_of
from sorgenetz.releases.rebuilt import thin


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three releases, of which the first two are kept as changes only."""
    home = Home(tmp_path / "home")
    for number in range(3):
        (tmp_path / "said.ttl").write_text(f"<urn:a> <urn:p> {number} .", "utf-8")
        publish_files([tmp_path / "said.ttl"], home)
    thin(home, 1)
    return home


def run(home: Home, *words: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["--home", str(home.path), "--language", language, *words])


def said(home: Home) -> list[str]:
    store = ox.Store.read_only(str(home.current().store_path))
    return [quad.object.value for quad in store.quads_for_pattern(ox.NamedNode("urn:a"), None, None, ox.DefaultGraph())]


def test_thinned_releases_are_listed_and_marked(home: Home) -> None:
    listed = run(home, "releases").output
    assert all(f"00000{number}-" in listed for number in (1, 2, 3))
    assert "only the changes are kept" in listed.lower()


def test_a_thinned_release_is_served_again_by_number_or_name_with_all_that_belongs_to_it(home: Home) -> None:
    first, second = sorted(path.name for path in home.releases.iterdir())[:2]
    done = run(home, "rollback", "1")
    assert done.exit_code == 0 and first in done.output, done.output
    assert home.current().name == first and said(home) == ["0"]
    folder = home.current().folder
    for name, about in json.loads((folder / "manifest.json").read_text("utf-8"))["dumps"].items():
        assert sha256_of(folder / "dumps" / name) == about["sha256"]
    assert run(home, "rollback", second).exit_code == 0 and said(home) == ["1"]
    assert run(home, "rollback", "3").exit_code == 0 and said(home) == ["2"]
    assert not list(home.releases.glob(".*"))


def test_a_thinned_release_whose_changes_are_gone_is_told_and_the_served_one_stays(home: Home) -> None:
    before = home.current().name
    next(home.releases.glob("000001-*/added.nq.gz")).unlink()
    done = run(home, "rollback", "2")
    assert done.exit_code != 0 and "changes" in done.output and home.current().name == before


@pytest.mark.parametrize("wanted", ["99", "../home", "000001", "x", "²"])
def test_a_release_that_never_was_is_told_with_where_to_look(home: Home, wanted: str) -> None:
    done = run(home, "rollback", wanted, language="de")
    if wanted == "000001":
        assert done.exit_code == 0
    else:
        assert done.exit_code == 2 and "sorgenetz releases" in done.output and wanted in done.output


def test_rollback_where_nothing_was_published_makes_nothing(tmp_path: Path) -> None:
    done = run(Home(tmp_path / "none"), "rollback", "1")
    assert done.exit_code == 3 and "sorgenetz build" in done.output and not (tmp_path / "none").exists()


def test_a_served_release_that_lost_its_store_is_listed_and_made_whole(home: Home) -> None:
    shutil.rmtree(home.current().store_path)
    assert "000003-" in run(home, "releases").output
    assert run(home, "rollback", "3").exit_code == 0 and said(home) == ["2"]


def test_a_full_disk_is_told_and_keeps_neither_half_a_release_nor_another_one_served(home: Home) -> None:
    # A limit on file size stands in for a full disk, as in the tests of the command line.
    before = home.current().name
    command = Path(sys.executable).parent / "sorgenetz"
    script = f'ulimit -f 1; exec "{command}" --language en --home "{home.path}" rollback 1'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 3 and "Nothing can be written" in done.stderr and "Traceback" not in done.stderr
    assert home.current().name == before and not list(home.releases.glob(".*"))
