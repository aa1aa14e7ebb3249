"""A candidate made from the served release and the few files that are new since then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.bundle import Bundle
from sorgenetz.errors import SorgenetzError
from sorgenetz.names import GRAPH_DERIVED, GRAPH_ONTOLOGY, PREFIXES
from sorgenetz.publishing.kept_files import new_and_old
from sorgenetz.releases.candidate import apply_difference, link_store
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.derive import derived_quads
from sorgenetz.sources.authored import DECISIONS, Authored, authored_files
from sorgenetz.sources.rdf_files import begins_a_line, gives_class

# With more new files than this, reading everything is as fast.
MOST = 100
_DERIVED, _ONTOLOGY = ox.NamedNode(GRAPH_DERIVED), ox.NamedNode(GRAPH_ONTOLOGY)


class NamedIn:
    """Tells in which file a name first begins a line, in the order of the texts it is given."""

    def __init__(self, texts: dict[Path, str]) -> None:
        self._texts = texts

    def get(self, iri: str) -> Path | None:
        """Return the file, or else that of the first thing of this class; None when there is neither."""
        tests = (begins_a_line, gives_class)
        return next((path for test in tests for path, text in self._texts.items() if test(text, iri, PREFIXES)), None)


@dataclass(frozen=True)
class SinceRelease:
    """What the chosen files and the new ones say, what is said or no longer said since `release`."""

    release: Release
    authored: Authored
    changed: set[ox.Quad]


def since_release(bundle: Bundle, home: Home, chosen: Iterable[Path], folder: Path) -> SinceRelease | None:
    """Make a store in `folder` as all files of the bundle would give it, and return what is new in them.

    Of what rules derive, only what a shape or a check asks for is brought up to date: the classes of things, the
    labels of concepts. None is returned, and nothing made, when there is no release of nearly the same files, or
    when a file has changed that everything hangs on: the ontology, a shape, a table of places, a query.
    """
    release = _current(home)
    files = new_and_old(bundle, release) if release else None
    if release is None or files is None:
        return None
    new, old = files
    changed = {name for name in new.keys() | old.keys() if new.get(name) != old.get(name)}
    if len(changed) > MOST or not all(map(_stands_alone, changed)):
        return None
    root = bundle.root.resolve()
    wanted = changed | {path.relative_to(root).as_posix() for path in chosen}
    before, after = _read(bundle, changed, old), _read(bundle, wanted, new)
    removed = before.quads - after.quads
    removed -= _read(bundle, _also_naming(removed, new, wanted), new).quads
    added = after.quads - before.quads
    link_store(release.store_path, folder)
    apply_difference(folder, added, removed)
    _derive_again(bundle, folder, before, after)
    after.files = NamedIn(_texts_in_order(bundle, new, changed))  # type: ignore[assignment]
    return SinceRelease(release, after, added | removed)


def _current(home: Home) -> Release | None:
    try:
        return home.current()
    except SorgenetzError:
        return None


def _stands_alone(name: str) -> bool:
    return name.startswith("data/") and (name.endswith((".ttl", ".trig")) or name == f"data/{DECISIONS}")


def _read(bundle: Bundle, names: Iterable[str], texts: dict[str, bytes]) -> Authored:
    """Return what the files of these names say, or said when `texts` stood in them."""
    authored = Authored()
    for name in sorted(names):
        if name in texts:
            authored.read(bundle, bundle.root / name, texts[name])
    return authored


def _also_naming(removed: set[ox.Quad], new: dict[str, bytes], but: set[str]) -> set[str]:
    """Return the names of other files that say something of the things which a file no longer says something of."""
    things = {quad.subject.value for quad in removed if isinstance(quad.subject, ox.NamedNode)}
    return {
        name
        for name, text in new.items()
        if name not in but and name.startswith("data/") and name.endswith((".ttl", ".trig"))
        for shown in [text.decode("utf-8", "replace")]
        if any(begins_a_line(shown, thing, PREFIXES) for thing in things)
    }


def _derive_again(bundle: Bundle, folder: Path, before: Authored, after: Authored) -> None:
    """Bring up to date what follows from the changed files and the ontology, and forget what is gone altogether."""
    store = ox.Store.read_only(str(folder))
    ontology = set(store.quads_for_pattern(None, None, None, _ONTOLOGY))
    old, new = (derived_quads(ontology | one.quads, bundle.queries) for one in (before, after))
    gone = {
        subject
        for subject in {quad.subject for quad in before.quads}
        if all(
            quad.graph_name in (_DERIVED, ox.DefaultGraph())
            for quad in store.quads_for_pattern(subject, None, None, None)
        )
    }
    left = {
        quad
        for thing in gone
        for ends in ((thing, None, None), (None, None, thing))
        for quad in store.quads_for_pattern(*ends, _DERIVED)
    }
    del store
    apply_difference(folder, new - old, (old - new) | left)


def _texts_in_order(bundle: Bundle, new: dict[str, bytes], changed: set[str]) -> dict[Path, str]:
    read = [(path, path.relative_to(bundle.root).as_posix()) for path in authored_files(bundle)]
    # What is wrong with a thing now is due to what has been added to it.
    read.sort(key=lambda one: one[1] not in changed)
    return {path: new[name].decode("utf-8", "replace") for path, name in read if name in new and path.suffix != ".csv"}
