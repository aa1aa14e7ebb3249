"""The releases on disk: one folder each, and one line of text that names the served one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from sorgenetz.errors import HomeBusy, HomeNotWritable, NoRelease, NothingHere, ReleaseBroken

UNFINISHED = ".unfinished-"


@dataclass(frozen=True)
class Release:
    """One published release; nothing in its folder changes any more."""

    folder: Path
    manifest: dict

    @property
    def name(self) -> str:
        return self.manifest["name"]

    @property
    def number(self) -> int:
        return self.manifest["number"]

    @property
    def created(self) -> str:
        """Return when it was published, as an xsd:dateTime in UTC."""
        return self.manifest["created"]

    @property
    def store_path(self) -> Path:
        return self.folder / "store"


class Home:
    """The folder that holds all releases and the name of the current one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.releases = path / "releases"
        self.pointer = path / "current"

    def release(self, name: str) -> Release:
        """Return the release of that name; raises NothingHere or ReleaseBroken."""
        folder = self.releases / name
        if "/" in name or name.startswith(".") or not folder.is_dir():
            raise NothingHere(address=name)
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            if manifest["name"] != name or not (folder / "store" / "CURRENT").is_file():
                raise ReleaseBroken(name=name)
        except (OSError, ValueError, KeyError) as error:
            raise ReleaseBroken(name=name) from error
        return Release(folder, manifest)

    def current(self) -> Release:
        """Return the served release; raises NoRelease when there is none yet."""
        try:
            name = self.pointer.read_text("utf-8").strip()
        except OSError as error:
            raise NoRelease(home=self.path) from error
        try:
            return self.release(name)
        except NothingHere as error:
            raise ReleaseBroken(name=name) from error

    def all(self) -> list[Release]:
        """Return every complete release, oldest first."""
        found = []
        for folder in sorted(self.releases.glob("[0-9]*")):
            try:
                found.append(self.release(folder.name))
            except ReleaseBroken:
                continue
        return found

    def lineage(self, release: Release) -> list[Release]:
        """Return `release` with those it came from, oldest first, as far back as they are kept."""
        found = [release]
        while found[0].manifest.get("parent"):
            try:
                found.insert(0, self.release(found[0].manifest["parent"]))
            except (NothingHere, ReleaseBroken):
                break
        return found

    def point_to(self, name: str) -> None:
        """Make `name` the current release in one step that a crash cannot halve."""
        draft = self.path / f".current-{os.getpid()}"
        with self.writing(), draft.open("w", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        with self.writing():
            draft.replace(self.pointer)
            sync_folder(self.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn a full disk, a read-only folder and the like into HomeNotWritable."""
        try:
            yield
        except OSError as error:
            raise HomeNotWritable(home=self.path, reason=error.strerror or str(error)) from error

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the right to publish, after clearing what a process that died left behind; raises HomeBusy."""
        with self.writing():
            self.releases.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("w")
        with lock:
            try:
                flock(lock, LOCK_EX | LOCK_NB)
            except OSError as error:
                raise HomeBusy(home=self.path) from error
            for left in self.releases.glob(f"{UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
            for left in self.path.glob(".current-*"):
                left.unlink(missing_ok=True)
            yield


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
