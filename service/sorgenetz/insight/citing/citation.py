"""A citation in the forms that reference managers read; every text is escaped for its form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

AUTHOR = "The Sorgenetz authors"
LICENCE = "CC BY 4.0"
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What is cited: the answer to a query, of a release (name and day), under an address; `day` is an ISO date."""

    title: str
    release: str
    day: str
    address: str
    fingerprint: str

    @property
    def key(self) -> str:
        """Return what reference managers know it by: another one for each query, also where answers are the same."""
        reference = self.address.rpartition("/")[2]
        return f"sorgenetz-{self.release.split('-')[0]}-{sha256(reference.encode()).hexdigest()[:8]}"

    @property
    def year(self) -> str:
        return self.day[:4]

    def text(self, language: str = "en") -> str:
        """Return the citation as one line."""
        made = (f"Veröffentlichung {self.release} vom {self.day}" if language == "de"
                else f"release {self.release} of {self.day}")  # fmt: skip
        return (f"{AUTHOR} ({self.year}): {self.title}. Sorgenetz, {made}. "
                f"{self.address} (SHA-256 {self.fingerprint[:16]}).")  # fmt: skip

    def bibtex(self) -> str:
        """Return a BibTeX entry."""
        fields = {
            "author": "{" + _tex(AUTHOR) + "}", "title": "{" + _tex(self.title) + "}", "year": self.year,
            "publisher": "Sorgenetz", "version": _tex(self.release), "url": self.address, "urldate": self.day,
            "note": _tex(f"Data set, {LICENCE}, SHA-256 of the answer {self.fingerprint}"),
        }  # fmt: skip
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.key},\n{body}\n}}\n"

    def ris(self) -> str:
        """Return a RIS record."""
        lines = [
            ("TY", "DATA"), ("AU", AUTHOR), ("TI", self.title), ("PY", self.year), ("DA", self.day.replace("-", "/")),
            ("PB", "Sorgenetz"), ("ET", self.release), ("UR", self.address),
            ("N1", f"{LICENCE}; SHA-256 of the answer {self.fingerprint}"), ("ER", ""),
        ]  # fmt: skip
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)

    def csl(self) -> str:
        """Return CSL-JSON."""
        year, month, day = (int(part) for part in self.day.split("-"))
        return json.dumps([{
            "id": self.key, "type": "dataset",
            "title": self.title, "author": [{"literal": AUTHOR}], "publisher": "Sorgenetz", "version": self.release,
            "issued": {"date-parts": [[year, month, day]]}, "URL": self.address, "note": self.fingerprint,
        }], ensure_ascii=False, indent=1)  # fmt: skip


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)
