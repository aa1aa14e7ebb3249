"""Build the bundle into a release, or only look what the gate would say."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.errors import SorgenetzError
from sorgenetz.gate.findings import Finding
from sorgenetz.gate.gate import close_if_wrong, examine
from sorgenetz.library.registry import Library
from sorgenetz.publishing.freshness import compare_files, findings_of
from sorgenetz.publishing.questions import question_quads
from sorgenetz.releases.candidate import make_store
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.derive import derived_quads
from sorgenetz.releases.dumps import complete_release
from sorgenetz.releases.publish import Change, publish
from sorgenetz.sources.authored import Authored, read_bundle

Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class Outcome:
    """What a build came to: the release now current, whether it is new, and what the gate remarked."""

    release: Release
    new: bool
    findings: list[Finding]


def build(bundle: Bundle, home: Home, *, message: str = "", progress: Progress = _silent) -> Outcome:
    """Publish what the files of `bundle` say and return the outcome.

    Nothing is read when the files are those of the current release. Raises the first error of a broken file,
    GateClosed (with `findings`), HomeBusy or HomeNotWritable; the current release then stays as it was.
    """
    current, digest = compare_files(bundle, home)
    if current and current.manifest.get("input_sha256") == digest:
        return Outcome(current, False, [])
    progress("read", 0, 1)
    authored = read_bundle(bundle)
    if authored.broken:
        raise authored.broken[0]
    progress("derive", 0, 1)
    quads = _all_quads(authored, bundle)
    findings: list[Finding] = []

    def gate(store_path: Path, change: Change) -> str:
        before = findings_of(change.parent)
        findings.extend(
            examine(
                store_path,
                quads if before is None else change.added | change.removed,
                bundle.queries,
                before=before or (),
                files=authored.files,
                decisions=bundle.data / "decisions.csv",
                on_batch=lambda done, total: progress("gate", done, total),
            )
        )
        return close_if_wrong(findings)

    release = publish(
        home,
        quads,
        gate,
        message=message,
        input_sha256=digest,
        complete=lambda draft, manifest: complete_release(draft, manifest, bundle.queries),
        on_stage=lambda stage: progress(stage, 0, 1),
    )
    return Outcome(release, current is None or release.name != current.name, findings)


def check(
    bundle: Bundle, only: Iterable[Path] = (), *, progress: Progress = _silent
) -> tuple[list[SorgenetzError], list[Finding]]:
    """Return the errors of broken files and what the gate finds, without publishing.

    `only` names files of the bundle to judge; without it all are judged.
    """
    progress("read", 0, 1)
    authored = read_bundle(bundle)
    progress("derive", 0, 1)
    quads = _all_quads(authored, bundle)
    with tempfile.TemporaryDirectory(prefix="sorgenetz-check-") as folder:
        store = Path(folder) / "store"
        progress("store", 0, 1)
        make_store(store, quads)
        findings = examine(
            store,
            _chosen(authored, {path.resolve() for path in only}),
            bundle.queries,
            files=authored.files,
            decisions=bundle.data / "decisions.csv",
            on_batch=lambda done, total: progress("gate", done, total),
        )
    return authored.broken, findings


def _all_quads(authored: Authored, bundle: Bundle) -> set[ox.Quad]:
    """Return what the files say, the questions among them, and what follows."""
    quads = authored.quads | question_quads(Library(bundle.queries))
    return quads | derived_quads(quads, bundle.queries)


def _chosen(authored: Authored, only: set[Path]) -> Iterable[ox.Quad]:
    if not only:
        return authored.quads
    return [quad for path, quads in authored.by_file.items() if path.resolve() in only for quad in quads]
