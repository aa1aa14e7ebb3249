"""Build the bundle into a release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.gate.findings import Finding
from sorgenetz.gate.gate import close_if_wrong, examine
from sorgenetz.library.registry import Library
from sorgenetz.library.stories import check_stories
from sorgenetz.publishing.freshness import compare_files, findings_of
from sorgenetz.publishing.kept_files import keep_files
from sorgenetz.publishing.questions import question_quads
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.derive import derived_quads
from sorgenetz.releases.dumps import complete_release
from sorgenetz.releases.publish import Change, publish
from sorgenetz.sources.authored import Authored, read_bundle

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Outcome:
    """What a build came to: the release now current, whether it is new, and what the gate remarked."""

    release: Release
    new: bool
    findings: list[Finding]


def build(bundle: Bundle, home: Home, *, message: str = "", progress: Progress = silent) -> Outcome:
    """Publish what the files of `bundle` say and return the outcome.

    Nothing is read when the files are those of the current release. Raises the first error of a broken file,
    GateClosed (with `findings`), HomeBusy or HomeNotWritable; the current release then stays as it was.
    """
    current, digest = compare_files(bundle, home)
    if current and current.manifest.get("input_sha256") == digest:
        return Outcome(current, False, [])
    progress("read", 0, 1)
    check_stories(bundle.stories, Library(bundle.queries))
    authored = read_bundle(bundle)
    if authored.broken:
        raise authored.broken[0]
    progress("derive", 0, 1)
    quads = all_quads(authored, bundle)
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
                compare_names=True,
                whole=before is None,
                on_batch=lambda done, total: progress("gate", done, total),
            )
        )
        return close_if_wrong(findings)

    def complete(draft: Path, manifest: dict) -> None:
        keep_files(bundle, draft)
        complete_release(draft, manifest, bundle.queries)

    release = publish(
        home,
        quads,
        gate,
        message=message,
        input_sha256=digest,
        complete=complete,
        on_stage=lambda stage: progress(stage, 0, 1),
    )
    return Outcome(release, current is None or release.name != current.name, findings)


def all_quads(authored: Authored, bundle: Bundle) -> set[ox.Quad]:
    """Return what the files say, the questions among them, and what follows."""
    quads = authored.quads | question_quads(Library(bundle.queries))
    return quads | derived_quads(quads, bundle.queries)
