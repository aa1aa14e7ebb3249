"""The description of a release as a service at some address gives it: VoID, and DCAT for data portals."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.errors import NothingHere
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE
from sorgenetz.releases.chain import Release
from sorgenetz.releases.description import serialized
from sorgenetz.releases.dump_files import ALL, FILE_TYPE, IANA, SUMS, TABLES, DumpFile
from sorgenetz.releases.dumps import DESCRIPTION
from sorgenetz.releases.report import report_store

VOID_PATH = "/.well-known/void"
PAGE_PATH = "/dataset"
QUALITY_PATH = "/quality"
GZIP = "application/gzip"


def dump_path(release: str, name: str) -> str:
    """Return where a dump is found below the address of a service."""
    return f"/dumps/{release}/{name}"


def void_document(release: Release, library: Library, base: str, media_type: str) -> bytes:
    """Return what `release` holds (VoID), with the addresses of the service at `base`; raises NothingHere."""
    described = _described(release.folder)
    dumps = [base + dump_path(release.name, dump.name) for dump in _dumps(release) if dump is not TABLES]
    query = library.description("served-void").with_values({
        "endpoint": f"{base}/sparql", "document": base + VOID_PATH, "dump": dumps or None,
        "release": release.name, "created": release.created,
    })  # fmt: skip
    triples = {quad.triple for quad in described} | set(described.query(query))
    return serialized(triples, ox.RdfFormat.from_media_type(media_type))


def dcat_document(release: Release, library: Library, base: str, media_type: str) -> bytes:
    """Return the catalogue of the service at `base` with its one dataset (DCAT-AP); raises NothingHere."""
    described = _described(release.folder)
    at = {"page": base + PAGE_PATH, "created": release.created}
    catalogue = library.description("dcat-catalogue").with_values({
        **at, "endpoint": f"{base}/sparql", "document": base + VOID_PATH, "release": release.name,
    })  # fmt: skip
    triples = set(described.query(catalogue))
    distribution = library.description("dcat-distribution")
    for dump in _dumps(release):
        triples |= set(described.query(distribution.with_values({**at, **_about(release, dump, base)})))
    return serialized(triples, ox.RdfFormat.from_media_type(media_type))


def report_document(release: Release, library: Library, base: str, media_type: str) -> bytes:
    """Return what the gate found on `release` (SHACL), tied to the dataset (DQV); raises NothingHere without a gate."""
    try:
        found = report_store(release.folder)
    except (OSError, SyntaxError) as error:
        raise NothingHere(address=QUALITY_PATH) from error
    query = library.description("quality-report").with_values({
        "report": BASE + QUALITY_PATH.lstrip("/"), "release": release.name, "created": release.created,
    })  # fmt: skip
    triples = set(found.query(query))
    if not triples:
        raise NothingHere(address=QUALITY_PATH)
    return serialized(triples, ox.RdfFormat.from_media_type(media_type))


def description_rows(release: Release, library: Library, name: str) -> list[dict[str, str]]:
    """Return the rows that the query describe/<name>.rq finds in the release's description, values as texts."""
    rows = _described(release.folder).query(library.description(name).query)
    names = [variable.value for variable in rows.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in rows]


def _dumps(release: Release) -> list[DumpFile]:
    listed = release.manifest.get("dumps", {})
    return [dump for dump in ALL if dump is not SUMS and dump.name in listed]


def _about(release: Release, dump: DumpFile, base: str) -> dict[str, str | int | None]:
    path = dump_path(release.name, dump.name)
    listed = release.manifest["dumps"][dump.name]
    return {
        "distribution": BASE.rstrip("/") + path, "address": base + path, "titleDe": dump.title_de,
        "titleEn": dump.title_en, "bytes": listed["bytes"], "sha256": listed["sha256"], "inside": IANA + dump.inside,
        "compressed": IANA + dump.packed if dump.packed == GZIP else None,
        "packaged": IANA + dump.packed if dump.packed != GZIP else None, "fileType": FILE_TYPE + dump.file_type,
    }  # fmt: skip


@lru_cache(maxsize=2)
def _described(folder: Path) -> ox.Store:
    """Return the release's own description; it never changes, so the last two that were asked for are kept."""
    try:
        text = (folder / DESCRIPTION).read_bytes()
    except OSError as error:
        raise NothingHere(address=VOID_PATH) from error
    store = ox.Store()
    store.bulk_extend(ox.parse(text, format=ox.RdfFormat.TURTLE))
    return store
