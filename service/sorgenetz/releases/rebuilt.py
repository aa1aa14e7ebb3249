"""An earlier release again: as it stands, or rebuilt from the differences that are kept when its store is not."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from hashlib import sha256
from pathlib import Path
from threading import Lock

import pyoxigraph as ox

from sorgenetz.default_graph import write_default_graph
from sorgenetz.errors import NothingHere, SorgenetzError, TooManyQueries
from sorgenetz.processes.side_by_side import processes
from sorgenetz.releases.candidate import make_store
from sorgenetz.releases.chain import Home, Release

REBUILT = "rebuilt"
REMOVED = ".removed-"
MOST_REBUILT = 2
_BUILDING = Lock()


class ReleaseGone(SorgenetzError):
    """A release that was there, whose differences are no longer complete; errors.toml has the words."""

    status, code = 410, "release-gone"


def release_by_name(home: Home, name: str) -> Release:
    """Return the release of that name, which may be kept as changes only; NothingHere for one that never was."""
    manifest = manifest_of(home, name)
    if manifest is None:
        raise NothingHere(address=name)
    return Release(home.releases / name, manifest)


@contextmanager
def release_again(home: Home, name: str) -> Iterator[tuple[Release, bool]]:
    """Lend the release of that name with its store, and tell whether that had to be rebuilt; it stays till then.

    Raises NothingHere for a name that never was, ReleaseGone when a difference is missing, and TooManyQueries while
    another one is being rebuilt.
    """
    release = release_by_name(home, name)
    if is_whole(release.folder):
        yield release, False
        return
    folder = home.path / REBUILT / name
    while (held := _hold(folder)) is None:
        if not _BUILDING.acquire(blocking=False):
            raise TooManyQueries(retry_s=15)
        try:
            if not is_whole(folder):
                # A process of its own: a store is made without a pause in which this one could answer anybody.
                with processes(1) as maker:
                    maker.submit(rebuild, home, name, release.manifest, folder).result()
            _remove_all_but(MOST_REBUILT, folder.parent)
        finally:
            _BUILDING.release()
    try:
        # The one used longest ago goes first; where nothing may be written, nothing is rebuilt or removed either.
        with suppress(OSError):
            os.utime(folder)
        yield Release(folder, release.manifest), True
    finally:
        os.close(held)


def all_published(home: Home) -> list[Release]:
    """Return every release with its manifest, oldest first, also those that are kept as changes only."""
    folders = sorted(home.releases.glob("[0-9]*"))
    return [Release(folder, about) for folder in folders if (about := manifest_of(home, folder.name))]


def is_at_hand(home: Home, name: str) -> bool:
    """Tell whether a release has its store, be it that it never lost it or that it is rebuilt already."""
    return is_whole(home.releases / name) or is_whole(home.path / REBUILT / name)


def thin(home: Home, keep: int) -> list[str]:
    """Remove stores, dumps and indexes of all but the newest `keep` releases and the served one; return their names.

    Manifests and differences stay, so that each of them can be rebuilt and its name verified.
    """
    current = home.current().name
    with home.publishing():
        for left in home.releases.glob(f"*/{REMOVED}*"):
            shutil.rmtree(left)
        old = [release for release in home.all()[: -keep or None] if release.name != current]
        for release in old:
            # The store goes last: without it nobody would come back for the rest.
            for path in (*release.folder.glob("*.sqlite"), release.folder / "dumps", release.folder / "store"):
                remove(path)
    return [release.name for release in old]


def manifest_of(home: Home, name: str) -> dict | None:
    """Return the manifest of a release, also of one that is kept as changes only; None when there is none."""
    if "/" in name or name.startswith("."):
        return None
    try:
        return json.loads((home.releases / name / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def rebuild(home: Home, name: str, manifest: dict, folder: Path) -> None:
    """Make `folder` with the store of a release from the changes that are kept, verified by the sum of its content."""
    lines = _lines(home, name)
    if sha256("\n".join(sorted(lines)).encode()).hexdigest() != manifest["content_sha256"]:
        raise ReleaseGone(name=name)
    draft = folder.with_name(f".unfinished-{name}")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with home.writing():
            draft.mkdir(parents=True)
            quads = list(ox.parse("\n".join(sorted(lines)), format=ox.RdfFormat.N_QUADS))
            make_store(draft / "store", quads)
            write_default_graph(draft / "store", (quad.triple for quad in quads))
            draft.rename(folder)
    finally:
        # Half a store on a full disk would keep it full.
        shutil.rmtree(draft, ignore_errors=True)


def _remove_all_but(most: int, parent: Path) -> None:
    """Remove what was rebuilt and used longest ago, but for what somebody uses now."""
    kept = sorted(parent.glob("[0-9]*"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-most]:
        handle = os.open(path, os.O_RDONLY)
        try:
            flock(handle, LOCK_EX | LOCK_NB)
            remove(path)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Remove what is there; a folder is renamed first, since one half removed must not be taken for a whole one."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    gone = path.with_name(REMOVED + path.name)
    shutil.rmtree(gone, ignore_errors=True)
    shutil.rmtree(path.rename(gone))


def _hold(folder: Path) -> int | None:
    """Return a descriptor that, until it is closed, keeps a whole release in its place; None when there is none."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    flock(handle, LOCK_SH)
    if is_whole(folder):
        return handle
    os.close(handle)
    return None


def is_whole(folder: Path) -> bool:
    """Tell whether a release in this folder has its store."""
    return (folder / "store" / "CURRENT").is_file()


def _lines(home: Home, name: str) -> set[str]:
    """Return the canonical N-Quads of a release, its differences applied one after the other."""
    chain = []
    at: str | None = name
    while at:
        manifest = manifest_of(home, at)
        if manifest is None:
            raise ReleaseGone(name=name)
        chain.append(at)
        at = manifest.get("parent")
    lines: set[str] = set()
    for step in reversed(chain):
        try:
            lines -= set(_read(home.releases / step / "removed.nq.gz"))
            lines |= set(_read(home.releases / step / "added.nq.gz"))
        except OSError as error:
            raise ReleaseGone(name=name) from error
    return lines


def _read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]
