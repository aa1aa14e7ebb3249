"""The whole dataset as people read it: its files, what it holds, where it links to, and whom to name."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.errors import NothingHere
from sorgenetz.insight.reader import Named, Reader
from sorgenetz.releases.chain import Release
from sorgenetz.releases.description_served import description_rows, dump_path
from sorgenetz.releases.dump_files import ALL


@dataclass(frozen=True)
class Dump:
    """One file to take away."""

    name: str
    title: str
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ClassCount:
    """How much there is of one class."""

    of_class: Named
    things: int
    statements: int
    properties: int


@dataclass(frozen=True)
class LinkCount:
    """How many links lead to things whose addresses begin alike."""

    property: Named
    space: str
    links: int


@dataclass(frozen=True)
class Licensed:
    """A work that statements come from, its licence, and the note to show."""

    source: Named
    licence: str
    note: str


@dataclass(frozen=True)
class DatasetView:
    """All that the page of the dataset shows; empty where a release has no description."""

    dumps: tuple[Dump, ...]
    classes: tuple[ClassCount, ...]
    links: tuple[LinkCount, ...]
    works: tuple[Licensed, ...]


def dataset_view(reader: Reader, release: Release) -> DatasetView:
    """Return the view, worked out once per release and language."""
    return reader.kept(("dataset", reader.language), lambda: _view(reader, release))  # type: ignore[return-value]


def _view(reader: Reader, release: Release) -> DatasetView:
    try:
        classes = description_rows(release, reader.library, "partition-rows")
        links = description_rows(release, reader.library, "link-rows")
    except NothingHere:
        classes, links = [], []
    names = reader.names([*(row["class"] for row in classes), *(row["link"] for row in links)])
    return DatasetView(
        tuple(_dumps(reader, release)),
        tuple(
            ClassCount(names[row["class"]], *(int(row[name]) for name in ("things", "statements", "properties")))
            for row in classes
        ),
        tuple(LinkCount(names[row["link"]], row["space"], int(row["links"])) for row in links),
        tuple(_works(reader)),
    )


def _dumps(reader: Reader, release: Release) -> list[Dump]:
    listed = release.manifest.get("dumps", {})
    return [
        Dump(
            dump.name, dump.title_en if reader.language == "en" else dump.title_de, dump_path(release.name, dump.name),
            listed[dump.name]["bytes"], listed[dump.name]["sha256"],
        )
        for dump in ALL
        if dump.name in listed
    ]  # fmt: skip


def _works(reader: Reader) -> list[Licensed]:
    notes: dict[tuple[str, str], list] = {}
    for row in reader.ask("source-licences"):
        notes.setdefault((row["source"].value, row["licence"].value), []).append(row["note"])
    names = reader.names(source for source, _ in notes)
    return [
        Licensed(names[source], licence, reader.best(texts).value)  # type: ignore[union-attr]
        for (source, licence), texts in notes.items()
    ]
