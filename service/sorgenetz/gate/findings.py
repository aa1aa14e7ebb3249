"""What the gate found, in words a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend: how bad, which thing, what to write (de and en), who objects, and where it stands."""

    severity: str
    thing: str
    text_de: str
    text_en: str
    shape: str
    path: str = ""
    value: str = ""
    file: Path | None = None
    line: int | None = None

    @property
    def blocks(self) -> bool:
        """Return whether this finding alone keeps a candidate from being published."""
        return self.severity == "Violation"

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_de


def report_turtle(findings: list[Finding]) -> str:
    """Return the findings as a SHACL validation report in Turtle (SHACL, 3.6)."""
    lines = [
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        f"[] a sh:ValidationReport ; sh:conforms {str(not any(f.blocks for f in findings)).lower()} .",
    ]
    for finding in findings:
        parts = [
            f"[] a sh:ValidationResult ; sh:resultSeverity sh:{finding.severity}",
            f"sh:focusNode <{finding.thing}>",
            f"sh:sourceShape <{finding.shape}>",
            f"sh:resultMessage {_quoted(finding.text_de)}@de, {_quoted(finding.text_en)}@en",
        ]
        if finding.path:
            parts.append(f"sh:resultPath <{finding.path}>")
        lines.append(" ;\n  ".join(parts) + " .")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
