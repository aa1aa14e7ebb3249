"""What the gate would say of all files, or of some, without publishing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from sorgenetz.bundle import Bundle
from sorgenetz.errors import BadRequest, SorgenetzError
from sorgenetz.gate.findings import Finding
from sorgenetz.gate.gate import examine
from sorgenetz.publishing.build import Progress, all_quads, silent
from sorgenetz.publishing.freshness import findings_of
from sorgenetz.publishing.since_release import since_release
from sorgenetz.releases.candidate import make_store
from sorgenetz.releases.chain import Home
from sorgenetz.sources.authored import read_bundle


def check(
    bundle: Bundle, only: Iterable[Path] = (), *, home: Home | None = None, progress: Progress = silent
) -> tuple[list[SorgenetzError], list[Finding]]:
    """Return the errors of broken files and what the gate finds, without publishing.

    `only` names files of the bundle to judge; without it all are judged. Where `home` has a release of nearly the
    same files, only what is new is read and judged, and the findings are the same. Raises BadRequest for a file of
    no bundle.
    """
    chosen = {path.resolve() for path in only}
    for path in chosen:
        _must_belong(bundle, path)
    with tempfile.TemporaryDirectory(prefix="sorgenetz-check-") as folder:
        progress("read", 0, 1)
        store = Path(folder) / "since"
        since = since_release(bundle, home, chosen, store) if home else None
        before = findings_of(since.release) if since and not chosen else None
        if since and (chosen or before is not None):
            authored, changed = since.authored, since.changed
        else:
            store, authored = Path(folder) / "whole", read_bundle(bundle)
            progress("derive", 0, 1)
            changed = all_quads(authored, bundle)
            progress("store", 0, 1)
            make_store(store, changed)
        if chosen:
            changed = {q for path, quads in authored.by_file.items() if path.resolve() in chosen for q in quads}
        findings = examine(
            store,
            changed,
            bundle.queries,
            before=before or (),
            files=authored.files,
            compare_names=True,
            on_batch=lambda done, total: progress("gate", done, total),
        )
    return authored.broken, findings


def _must_belong(bundle: Bundle, path: Path) -> None:
    folders = [folder.resolve() for folder in (bundle.ontology, bundle.shapes, bundle.data)]
    if path.suffix not in (".ttl", ".trig", ".csv") or not any(path.is_relative_to(folder) for folder in folders):
        raise BadRequest(
            what_de=f"{path} gehört nicht zu den Dateien, aus denen der Graph entsteht.",
            remedy_de="Nennen Sie eine Datei (.trig, .ttl, .csv) in data/, ontology/ oder shapes/.",
            what_en=f"{path} is none of the files that the graph is made from.",
            remedy_en="Name a file (.trig, .ttl, .csv) in data/, ontology/ or shapes/.",
        )
