"""Where ontology/, data/, shapes/, queries/ and docs/stories/ lie: in the repository, or in the installed package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Bundle:
    """The folders of authored files."""

    root: Path

    @property
    def ontology(self) -> Path:
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def shapes(self) -> Path:
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    @property
    def stories(self) -> Path:
        return self.root / "docs" / "stories"


def find_bundle() -> Bundle:
    """Return the repository's folders when the package runs from one, else those that came with the wheel."""
    repository = _PACKAGE.parent.parent
    if (repository / "pyproject.toml").is_file() and (repository / "ontology").is_dir():
        return Bundle(repository)
    return Bundle(_PACKAGE / "bundled")
