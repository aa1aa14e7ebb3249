"""Files that an editor may write by mistake: what stands in each, on which line, and what is said of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.names import PREFIXES

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
_FIRST = _HEAD.count("\n") + 1


@dataclass(frozen=True)
class Mistake:
    """A file below data/, its text after the prefixes, the wrong line among these, and words of what to write."""

    file: str
    text: str
    line: int
    words_de: str
    words_en: str

    @property
    def name(self) -> str:
        """Return the last part of the name of the file."""
        return Path(self.file).stem

    def words(self, language: str) -> str:
        """Return what a finding must say in a language."""
        return self.words_de if language == "de" else self.words_en

    @property
    def place(self) -> str:
        """Return file and line as a finding shows them."""
        return f"data/{self.file}:{_FIRST + self.line - 1}"


MISTAKES = (
    Mistake(
        "initiatives/x-graph.trig", 'graph:nirgends-high {\n    initiative:alia skos:altLabel "Alia X"@de .\n}\n', 1,
        "Verzeichnis der Quellen", "register of sources",
    ),
    Mistake(
        "initiatives/x-concept.trig", "graph:redaktion-high {\n"
        "    initiative:x-concept a sn:Initiative ; sn:targetGroup target-group:marsmenschen .\n}\n", 2,
        "Zielgruppe", "target group",
    ),
    Mistake(
        "initiatives/x-date.trig", "graph:redaktion-high {\n"
        '    initiative:x-date a sn:Initiative ; sn:start "um 2012" .\n}\n', 2, "xsd:gYear", "xsd:gYear",
    ),
    Mistake(
        "initiatives/x-day.trig", "graph:redaktion-high {\n"
        '    initiative:x-day a sn:Initiative ; sn:start "31.02.2012"^^xsd:date .\n}\n', 2, "xsd:gYear", "xsd:gYear",
    ),
    Mistake(
        "initiatives/x-town.trig", "graph:redaktion-high {\n"
        '    initiative:x-town a sn:Initiative ; sn:locatedIn "Münster" .\n}\n', 2,
        "municipality:09374166", "municipality:09374166",
    ),
    Mistake(
        "initiatives/x-class.trig", "graph:redaktion-high {\n"
        '    initiative:x-class a sn:Initative ; rdfs:label "X"@de .\n}\n', 2, "Schreibung", "spelling",
    ),
    Mistake(
        "initiatives/x-double.trig", "graph:redaktion-high {\n    initiative:x-double a sn:Initiative ;\n"
        '        rdfs:label "ALIA"@de ; sn:locatedIn municipality:09374166 .\n}\n', 2,
        "owl:differentFrom", "owl:differentFrom",
    ),
    Mistake(
        "initiatives/x-again.trig", "graph:redaktion-high {\n    initiative:alia a sn:Initiative ;\n"
        '        rdfs:label "Alia, noch einmal"@de .\n}\n', 3, "höchstens einen je Sprache", "at most one per language",
    ),
    Mistake(
        "persons-x.trig", "graph:redaktion-high {\n    person:tobias-woerle\n"
        '        <http://xmlns.com/foaf/0.1/phone> <tel:+4982112345> .\n}\n', 3, "Telefon", "telephone",
    ),
)  # fmt: skip


def copy_with_mistakes(folder: Path) -> Bundle:
    """Return a copy of the repository's files with all mistakes in it."""
    for name in ("ontology", "shapes", "data", "queries"):
        shutil.copytree(find_bundle().root / name, folder / name)
    for mistake in MISTAKES:
        (folder / "data" / mistake.file).write_text(_HEAD + mistake.text, "utf-8")
    return Bundle(folder)
