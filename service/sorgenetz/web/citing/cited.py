"""A cited answer with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.citing.citation import Citation
from sorgenetz.insight.citing.outcome import Difference, Outcome, difference, repeatable
from sorgenetz.insight.citing.reference import Reference
from sorgenetz.releases.chain import Release
from sorgenetz.web.problems import document


@dataclass(frozen=True)
class Cited:
    """A reference with its outcome then and now; an outcome that could not be had is None, and `error` says why."""

    reference: Reference
    release: Release
    was_rebuilt: bool
    then: Outcome | None
    now: Outcome | None
    error: SorgenetzError | None

    @property
    def holds(self) -> bool:
        """Tell whether the answer on the cited release still has the fingerprint that was cited."""
        return self.then is not None and self.then.fingerprint == self.reference.fingerprint

    @property
    def differs(self) -> Difference | None:
        """Return what the answer of today has more and less."""
        return difference(self.then, self.now) if self.then and self.now else None


def record(cited: Cited, citation: Citation, language: str) -> dict[str, object]:
    """Return what is known of a cited answer, for programs."""
    found = cited.differs
    return {
        "query": cited.reference.query,
        "defaultGraphs": cited.reference.default_graphs,
        "namedGraphs": cited.reference.named_graphs,
        "release": {"name": cited.release.name, "created": cited.release.created, "rebuilt": cited.was_rebuilt},
        "fingerprint": cited.reference.fingerprint,
        "holds": cited.holds,
        "repeatable": not repeatable(cited.reference.query),
        "form": cited.then.form if cited.then else None,
        "columns": cited.then.columns if cited.then else None,
        "rows": len(cited.then.lines) if cited.then else None,
        "seconds": round(cited.then.seconds, 4) if cited.then else None,
        "current": {"release": cited.now.release, "rows": len(cited.now.lines)} if cited.now else None,
        "error": document(cited.error, language) if cited.error else None,
        "difference": {"added": found.added, "removed": found.removed} if found else None,
        "citation": citation.text(language),
        "address": citation.address,
    }
