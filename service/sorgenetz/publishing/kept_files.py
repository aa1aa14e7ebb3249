"""The files that a release was built from, kept beside it, so that a check need only read what is new since then."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sorgenetz.bundle import Bundle
from sorgenetz.releases.chain import Release
from sorgenetz.sources.authored import input_files

KEPT = "files.zip"


def keep_files(bundle: Bundle, draft: Path) -> None:
    """Write the bundle's files into the folder of a release; the same files give the same bytes."""
    with ZipFile(draft / KEPT, "w") as kept:
        for name, path in input_files(bundle):
            kept.writestr(ZipInfo(name), path.read_bytes(), ZIP_DEFLATED)


def new_and_old(bundle: Bundle, release: Release) -> tuple[dict[str, bytes], dict[str, bytes]] | None:
    """Return by name the files of the bundle, and those of the release; None when the release has none."""
    try:
        with ZipFile(release.folder / KEPT) as kept:
            old = {name: kept.read(name) for name in kept.namelist()}
    except (OSError, BadZipFile, EOFError):
        return None
    return {name: path.read_bytes() for name, path in input_files(bundle)}, old
