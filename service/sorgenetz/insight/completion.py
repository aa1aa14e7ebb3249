"""What an editor can offer while a query is written: prefixes, classes, their properties, and their concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sorgenetz.errors import NothingHere
from sorgenetz.insight.kinds import local_name
from sorgenetz.insight.reader import Reader
from sorgenetz.names import OWL, PREFIXES, RDFS
from sorgenetz.releases.chain import Release
from sorgenetz.releases.description_served import description_rows
from sorgenetz.terms import Term

_CLASSES = {OWL + "Class", RDFS + "Class"}


@dataclass
class _Entry:
    labels: dict[str, list[str]] = field(default_factory=dict)
    definitions: list[Term] = field(default_factory=list)
    is_class: bool = False
    is_property: bool = False
    scheme: str = ""
    count: int = 0
    # Of a property: the classes that have it with the number of statements, and where it leads.
    of: dict[str, int] = field(default_factory=dict)
    to: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)


def completion(reader: Reader, release: Release) -> dict[str, object]:
    """Return all of it as members of a JSON document, worked out once per release and language."""
    return reader.kept(("completion", reader.language), lambda: _document(reader, release))  # type: ignore[return-value]


def _document(reader: Reader, release: Release) -> dict[str, object]:
    found = _named(reader)
    _add_ends(reader, found)
    _add_counts(reader, release, found)
    ordered = sorted(found.items(), key=lambda item: (-item[1].count, item[0]))
    return {
        "release": reader.release,
        "prefixes": PREFIXES,
        "classes": [_about(reader, iri, one) | {"above": _short(reader.vocabulary.above(iri))}
                    for iri, one in ordered if one.is_class],
        "properties": [
            _about(reader, iri, one) | {"of": {short(name): n for name, n in sorted(one.of.items())},
                                        "to": _short(one.to), "schemes": _short(one.schemes),
                                        "topics": sorted(one.topics)}
            for iri, one in ordered if one.is_property
        ],
        "concepts": [_about(reader, iri, one) | {"scheme": short(one.scheme)} for iri, one in ordered if one.scheme],
    }  # fmt: skip


def short(iri: str) -> str:
    """Return `iri` as a query writes it: with a prefix where there is one.

    >>> short("http://purl.org/dc/terms/title"), short("urn:x")
    ('dct:title', '<urn:x>')
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum() and local.isascii():
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _named(reader: Reader) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for row in reader.ask("completion-names"):
        entry = found.setdefault(row["term"].value, _Entry())
        kind = row["type"].value if "type" in row else ""
        entry.scheme = row["scheme"].value if "scheme" in row else entry.scheme
        entry.is_class |= kind in _CLASSES
        entry.is_property |= bool(kind) and kind not in _CLASSES
        entry.is_property |= not kind and "scheme" not in row
        for label in _in(row, "label", "name"):
            texts = entry.labels.setdefault((label.lang or "").split("-")[0], [])
            if label.value not in texts:
                texts.append(label.value)
        entry.definitions += [text for text in _in(row, "definition") if text not in entry.definitions]
    return found


def _add_ends(reader: Reader, found: dict[str, _Entry]) -> None:
    for row in reader.ask("completion-ends"):
        entry = found.setdefault(row["property"].value, _Entry(is_property=True))
        if "class" in row:
            entry.of.setdefault(row["class"].value, 0)
        entry.to |= {end.value for end in _in(row, "to")}
    for row in reader.ask("completion-schemes"):
        if row["property"].value in found:
            found[row["property"].value].schemes.add(row["scheme"].value)
            found[row["property"].value].topics |= {text.value for text in _in(row, "about")}


def _add_counts(reader: Reader, release: Release, found: dict[str, _Entry]) -> None:
    """Add what the description of the release counts; nothing for a release without one."""
    try:
        rows = description_rows(release, reader.library, "class-property-rows")
    except NothingHere:
        return
    for row in rows:
        of_class = found.setdefault(row["class"], _Entry(is_class=True))
        of_class.is_class, of_class.count = True, int(row["things"])
        if "property" not in row:
            continue
        entry = found.setdefault(row["property"], _Entry(is_property=True))
        entry.of[row["class"]] = int(row["statements"])
        entry.count = max(entry.count, int(row["statements"]))
        entry.to |= {row["to"]} if "to" in row else set()


def _about(reader: Reader, iri: str, entry: _Entry) -> dict[str, object]:
    definition = reader.best(entry.definitions)
    spoken = {code: texts[0] for code, texts in entry.labels.items() if code in ("de", "en")}
    label = spoken.get(reader.language) or next((texts[0] for texts in entry.labels.values()), local_name(iri))
    others = {text for texts in entry.labels.values() for text in texts} - {label}
    return {
        "id": short(iri), "label": label, "also": sorted(others), "about": definition.value if definition else "",
        "count": entry.count,
    }  # fmt: skip


def _in(row: dict[str, Term], *names: str) -> Iterator[Term]:
    return (row[name] for name in names if name in row)


def _short(iris: Iterable[str]) -> list[str]:
    return sorted(map(short, iris))
