"""What was in an earlier release and is there no more: read from the changes that every release keeps."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sorgenetz.errors import SorgenetzError
from sorgenetz.names import ID, RDF, RDFS
from sorgenetz.releases.chain import Home
from sorgenetz.releases.rebuilt import manifest_of

_LINE = re.compile(rf'<({re.escape(ID)}[^>]+)> <([^>]+)> (?:<([^>]+)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z-]+))?)')
_TYPE, _LABEL = RDF + "type", RDFS + "label"


class ThingGone(SorgenetzError):
    """A thing that an earlier release had; errors.toml has the words."""

    status, code = 410, "thing-gone"


@dataclass(frozen=True)
class Departed:
    """A thing with its last names and class, the last release that had it, and the first without."""

    iri: str
    names: dict[str, str]
    class_iri: str
    last: str
    last_number: int
    last_day: str
    gone_day: str

    def name(self, language: str) -> str:
        """Return its name in this language, else the German, one without a language, or any; its IRI if it had none."""
        tags = sorted(self.names, key=lambda tag: (tag.split("-")[0] != language, tag != "de", tag != "", tag))
        return self.names[tags[0]] if tags else self.iri


def departed(home: Home, release: str, iri: str) -> Departed | None:
    """Return what is known of a thing that this release has no more, or None when none before it had it."""
    return _all_departed(home.path, release).get(iri)


@lru_cache(maxsize=2)
def _all_departed(path: object, release: str) -> dict[str, Departed]:
    """Return each thing that lost its class on the way to this release; the newest loss of each counts."""
    home = Home(path)  # type: ignore[arg-type]
    found: dict[str, Departed] = {}
    manifest = manifest_of(home, release)
    while manifest and manifest.get("parent"):
        before = manifest_of(home, manifest["parent"])
        if before is None:
            break
        classes: dict[str, str] = {}
        names: dict[str, dict[str, str]] = {}
        for subject, property, iri, text, lang in _removed(home, manifest["name"]):
            if property == _TYPE and iri:
                classes.setdefault(subject, iri)
            elif property == _LABEL and text:
                known = names.setdefault(subject, {})
                # Canonical N-Quads escape no more than JSON does.
                text = json.loads(f'"{text}"', strict=False)
                known[lang.lower()] = min(known.get(lang.lower(), text), text)
        for subject, class_iri in classes.items():
            found.setdefault(
                subject,
                Departed(
                    subject, names.get(subject, {}), class_iri, before["name"], before["number"],
                    str(before["created"])[:10], str(manifest["created"])[:10],
                ),
            )  # fmt: skip
        manifest = before
    return found


def _removed(home: Home, name: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Return subject, property, IRI, text and language of each removed statement about a thing of ours."""
    try:
        with gzip.open(home.releases / name / "removed.nq.gz", "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                if line.startswith(f"<{ID}") and (found := _LINE.match(line)):
                    yield tuple(part or "" for part in found.groups())  # type: ignore[misc]
    except OSError:
        # Without the changes of one release nothing is said of what it took away.
        return
