"""Findings as a table for the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.table import Column, Table
from rich.text import Text

from sorgenetz.gate.findings import Finding
from sorgenetz.names import short

_WORDS = {
    "de": {"Violation": "Fehler", "Warning": "Warnung", "Info": "Hinweis"},
    "en": {"Violation": "error", "Warning": "warning", "Info": "note"},
}
_HEADS = {
    "de": ("Schwere", "Ding", "Was zu schreiben ist", "Datei"),
    "en": ("Severity", "Thing", "What to write", "File"),
}
_STYLES = {"Violation": "bold red", "Warning": "yellow", "Info": "dim"}


def findings_table(findings: list[Finding], language: str, root: Path) -> Table:
    """Return a table of severity, thing, what to write, and file with line, in `language`."""
    # A place or a word to write is never cut: it goes on in the next line.
    columns = (Column(head, overflow="fold") for head in _HEADS[language])
    table = Table(*columns, expand=False, show_lines=False, pad_edge=False)
    for finding in findings:
        place = ""
        if finding.file:
            path = finding.file.relative_to(root) if finding.file.is_relative_to(root) else finding.file
            place = f"{path}:{finding.line or 1}"
        words = finding.text(language) + (f" [{short(finding.value)}]" if finding.value else "")
        severity = Text(_WORDS[language].get(finding.severity, finding.severity), _STYLES.get(finding.severity, ""))
        table.add_row(severity, short(finding.thing), Text(words), Text(place))
    return table
