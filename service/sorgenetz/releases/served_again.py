"""An earlier release is served again, also one that is kept as changes only: it gets back what was thinned out."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from sorgenetz.errors import BadRequest, NoRelease
from sorgenetz.releases.chain import UNFINISHED, Home, Release
from sorgenetz.releases.dumps import complete_release
from sorgenetz.releases.rebuilt import all_published, is_whole, rebuild, remove


def serve_again(home: Home, wanted: str, queries: Path) -> Release:
    """Make the release of that name, or number, the current one and return it; nothing is deleted.

    Raises NoRelease, BadRequest for a name that never was, ReleaseGone when a change is missing that it needs,
    HomeBusy and HomeNotWritable.
    """
    release = _published(home, wanted)
    with home.publishing():
        if not is_whole(release.folder):
            with home.writing():
                _make_whole(home, release, queries)
        home.point_to(release.name)
    return home.release(release.name)


def _published(home: Home, wanted: str) -> Release:
    published = all_published(home)
    if not published:
        raise NoRelease(home=home.path)
    for release in published:
        if wanted == release.name or (wanted.isdecimal() and int(wanted) == release.number):
            return release
    raise BadRequest(
        what_de=f"Eine Veröffentlichung „{wanted}“ gibt es in {home.path} nicht.",
        remedy_de="„sorgenetz releases“ zeigt Nummern und Namen.",
        what_en=f"There is no release “{wanted}” in {home.path}.",
        remedy_en="“sorgenetz releases” shows numbers and names.",
    )


def _make_whole(home: Home, release: Release, queries: Path) -> None:
    """Put store, dumps and indexes back into the folder of a release; the store comes last, and makes it whole."""
    draft = home.releases / f"{UNFINISHED}again"
    manifest = dict(release.manifest)
    try:
        rebuild(home, release.name, manifest, draft)
        complete_release(draft, manifest, queries)
        (draft / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        # What is renamed next has to be on the disk by then, also after a power cut.
        os.sync()
        for path in sorted(draft.iterdir(), key=lambda path: path.name == "store"):
            there = release.folder / path.name
            if there.is_dir():
                remove(there)
            path.replace(there)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
