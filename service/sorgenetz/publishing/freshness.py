"""What the served release already has: whether it says what the files say, and what was found on it."""

from __future__ import annotations

from sorgenetz import __version__
from sorgenetz.bundle import Bundle
from sorgenetz.errors import SorgenetzError
from sorgenetz.gate.findings import Finding
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.report import read_report
from sorgenetz.sources.authored import input_digest


def findings_of(release: Release | None) -> list[Finding] | None:
    """Return all that the gate found on a release; None when nobody knows, so that everything is to be judged."""
    if release is None or release.manifest.get("findings") is None:
        return None
    remarks = read_report(release.folder)
    if len(remarks) != sum(release.manifest["findings"].values()) or not all(one.component for one in remarks):
        return None
    return [
        Finding(
            one.severity, one.thing, one.text_de, one.text_en, one.shape, one.path, one.value, component=one.component
        )
        for one in remarks
    ]


def compare_files(bundle: Bundle, home: Home) -> tuple[Release | None, str]:
    """Return the current release, if there is a good one, and the SHA-256 of the bundle's files."""
    try:
        current = home.current()
    except SorgenetzError:
        current = None
    return current, input_digest(bundle, __version__)
