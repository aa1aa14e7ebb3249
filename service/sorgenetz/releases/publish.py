"""From quads to a published release: difference, candidate, gate, and one atomic step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sorgenetz import __version__
from sorgenetz.default_graph import write_default_graph
from sorgenetz.errors import NoRelease, ReleaseBroken
from sorgenetz.releases.candidate import apply_difference, as_stored, link_store, make_store, quads_of
from sorgenetz.releases.chain import UNFINISHED, Home, Release, sync_folder
from sorgenetz.releases.dump_rdf import packed
from sorgenetz.releases.report import REPORT, count_findings, count_things

# A difference above this share of the parent is loaded anew: faster, and the store stays compact.
RELOAD_SHARE = 0.2


@dataclass(frozen=True)
class Change:
    """What a candidate adds to and removes from its parent."""

    parent: Release | None
    added: frozenset[ox.Quad] = field(default_factory=frozenset)
    removed: frozenset[ox.Quad] = field(default_factory=frozenset)

    @property
    def empty(self) -> bool:
        return not self.added and not self.removed


Gate = Callable[[Path, Change], str]
Complete = Callable[[Path, dict], None]


def publish(
    home: Home,
    quads: Iterable[ox.Quad],
    gate: Gate,
    *,
    message: str = "",
    input_sha256: str = "",
    complete: Complete = lambda draft, manifest: None,
    on_stage: Callable[[str], None] = lambda stage: None,
) -> Release:
    """Publish `quads` as the current release and return it; the current one if they change nothing.

    `gate` is called with the candidate's store and the change; it returns the report to keep (Turtle) and
    raises GateClosed to refuse. `complete` is called with the folder of the release and its manifest when the store
    is finished, and may add to both. Whatever is raised, the release served so far stays as it was.
    Raises HomeBusy and HomeNotWritable.
    """
    quads = as_stored(quads)
    with home.publishing():
        on_stage("compare")
        change = compare(home, quads)
        if change.parent and change.empty:
            return change.parent
        added, removed = _lines(change.added), _lines(change.removed)
        digest = sha256("\n".join([change.parent.name if change.parent else "", *added, "", *removed]).encode())
        fingerprint = digest.hexdigest()[:16]
        known = [release for release in home.all() if release.name.endswith(f"-{fingerprint}")]
        if known:
            home.point_to(known[0].name)
            return known[0]
        number = max((release.number for release in home.all()), default=0) + 1
        draft = home.releases / f"{UNFINISHED}{os.getpid()}"
        try:
            on_stage("store")
            with home.writing():
                draft.mkdir()
                _fill(draft / "store", change, quads)
            on_stage("gate")
            report = gate(draft / "store", change)
            with home.writing():
                manifest = {
                    "name": f"{number:06d}-{fingerprint}",
                    "number": number,
                    "parent": change.parent.name if change.parent else None,
                    "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                    "message": message,
                    "version": __version__,
                    "input_sha256": input_sha256,
                    "content_sha256": sha256("\n".join(_lines(quads) if change.parent else added).encode()).hexdigest(),
                    "quads": len(quads),
                    "triples": len({quad.triple for quad in quads}),
                    "graphs": len({quad.graph_name for quad in quads}),
                    "added": len(added),
                    "removed": len(removed),
                    **count_things(quads),
                    "findings": count_findings(report),
                }
                _write_lines(draft / "added.nq.gz", added)
                _write_lines(draft / "removed.nq.gz", removed)
                (draft / REPORT).write_text(report, "utf-8")
                on_stage("complete")
                complete(draft, manifest)
                on_stage("publish")
                (draft / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
                _sync_tree(draft)
                draft.rename(home.releases / manifest["name"])
                sync_folder(home.releases)
            home.point_to(manifest["name"])
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return home.release(manifest["name"])


def compare(home: Home, quads: set[ox.Quad]) -> Change:
    """Return how `quads` differ from the current release; everything is added when there is none."""
    try:
        parent = home.current()
    except (NoRelease, ReleaseBroken):
        return Change(None, frozenset(quads))
    before = quads_of(ox.Store.read_only(str(parent.store_path)))
    return Change(parent, frozenset(quads - before), frozenset(before - quads))


def _fill(folder: Path, change: Change, quads: set[ox.Quad]) -> None:
    if change.parent and len(change.added) + len(change.removed) < RELOAD_SHARE * len(quads):
        link_store(change.parent.store_path, folder)
        apply_difference(folder, set(change.added), set(change.removed))
    else:
        make_store(folder, sorted(quads, key=str))
    write_default_graph(folder, (quad.triple for quad in quads))


def _lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return canonical N-Quads lines in code point order (RDF Dataset Canonicalization, 5)."""
    return sorted(f"{quad} ." for quad in quads)


def _write_lines(path: Path, lines: list[str]) -> None:
    with packed(path) as file:
        file.writelines(f"{line}\n".encode() for line in lines)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_folder(folder)
