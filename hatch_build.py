"""What the wheel needs before it is packed: compiled catalogues and the built front end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelParts(BuildHookInterface):
    """Compile translations; build the front end unless it is there already."""

    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        for catalogue in root.glob("service/sorgenetz/web/translations/*/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source), use_fuzzy=True)
        if not (root / "service/sorgenetz/web/static/built/manifest.json").is_file():
            self._build_front_end(root / "service/frontend")

    def _build_front_end(self, folder: Path) -> None:
        npm, node = shutil.which("npm"), shutil.which("node")
        if not npm or not node:
            raise SystemExit("The front end is not built and there is no Node: run `make setup` first.")
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
        subprocess.run([node, "build.mjs"], cwd=folder, check=True)
