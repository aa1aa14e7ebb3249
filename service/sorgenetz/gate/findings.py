"""What the gate found, in words a person can act on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from sorgenetz.names import SH

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend: how bad, which thing, what to write (de and en), who objects, and where it stands.

    `component` is the kind of constraint; what one shape says twice of a value by two of them is one finding.
    """

    severity: str
    thing: str
    text_de: str
    text_en: str
    shape: str
    path: str = ""
    value: str = ""
    file: Path | None = None
    line: int | None = None
    component: str = field(default=SH + "SPARQLConstraintComponent", compare=False)

    @property
    def blocks(self) -> bool:
        """Return whether this finding alone keeps a candidate from being published."""
        return self.severity == "Violation"

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_de


def report_turtle(findings: list[Finding]) -> str:
    """Return the findings as a SHACL validation report in Turtle (SHACL, 3.6).

    It conforms when nothing is found, of whatever severity (3.6.1.1); what may be published is another matter.
    """
    report = ["_:report a sh:ValidationReport", f"sh:conforms {str(not findings).lower()}"]
    if findings:
        report.append("sh:result " + ", ".join(f"_:result{number}" for number in range(len(findings))))
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> .", " ;\n  ".join(report) + " ."]
    for number, finding in enumerate(findings):
        parts = [
            f"_:result{number} a sh:ValidationResult ; sh:resultSeverity sh:{finding.severity}",
            f"sh:focusNode {_node(finding.thing)}",
            f"sh:sourceShape <{finding.shape}>",
            f"sh:sourceConstraintComponent <{finding.component}>",
            f"sh:resultMessage {_quoted(finding.text_de)}@de, {_quoted(finding.text_en)}@en",
        ]
        if finding.path:
            parts.append(f"sh:resultPath <{finding.path}>")
        if finding.value:
            parts.append(f"sh:value {_node(finding.value)}")
        lines.append(" ;\n  ".join(parts) + " .")
    return "\n".join(lines) + "\n"


def _node(name: str) -> str:
    return f"<{name}>" if _IRI.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
