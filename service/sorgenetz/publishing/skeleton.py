"""The first lines of a thing: a file that a person fills, with the shapes' own words as hints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from sorgenetz.bundle import Bundle
from sorgenetz.errors import BadRequest
from sorgenetz.gate.names_alike import ALIKE, likeness, normalised
from sorgenetz.names import ID, PREFIXES, RDFS, SKOS, short
from sorgenetz.publishing.hints import hints_of
from sorgenetz.publishing.register import prefixes, register, slug_of
from sorgenetz.sources.rdf_files import read_rdf_file
from sorgenetz.terms import checked_iri, literal

# Class and folder of each kind of thing that can be begun, and what belongs to it.
KINDS = {
    "initiative": ("Initiative", "initiatives", ("participation", "measure")),
    "organisation": ("Organisation", "organisations", ()),
    "event": ("Event", "events", ("participation",)),
    "programme": ("Programme", "programmes", ("participation",)),
}
# What an address and the name of a file have room for, with the numbers of parts behind it.
LONGEST = 100
_PARTS = {"participation": ("Participation", "sn:in"), "measure": ("Measure", "sn:initiative")}
# What the editors say in their own words; all else stands in the graph of the source.
_OURS = ("sn:initiativeKind", "sn:actorKind", "dct:description")
_SAID = {
    "de": "Zeilen füllen und das # entfernen; was die Quelle nicht sagt, löschen.",
    "en": "Fill the lines and remove the #; delete what the source does not say.",
}
_GAP = {
    "de": "Noch keine Quelle: Seite in data/sources/ eintragen, ihren Graphen hier nennen, alle # davor entfernen.",
    "en": "No source yet: enter the page in data/sources/, name its graph here, and remove each # before it.",
}


@dataclass(frozen=True)
class Begun:
    """The file that was begun or added to, and the source with the register it stands in, if a page was named."""

    file: Path
    register: Path | None = None
    source: str = ""


def begin(
    bundle: Bundle, kind: str, name: str, address: str = "", *, today: date, confidence: str = "medium",
    slug: str = "", another: bool = False, language: str = "en", group: str = "deutschland",
) -> Begun:  # fmt: skip
    """Write the skeleton of a thing called `name`, register the page at `address` if there is one; return where.

    Organisations go to the end of the file of their Land or country, `group`. Raises BadRequest when the address is
    no web page, or the name is taken: its slug by a thing, or, unless it is said to be `another` one, nearly the
    same name by a thing of this kind. Nothing is written then.
    """
    name = " ".join(name.split())
    slug = slug or slug_of(name)
    fits = len(slug) <= LONGEST and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    if not name.isprintable() or not fits:
        raise _refused(
            f"Aus „{name}“ wird kein Name für eine Datei.",
            f"Nennen Sie mit --slug einen: a–z, 0–9, -, höchstens {LONGEST} Zeichen.",
            f"“{name}” makes no name for a file.",
            f"Give one with --slug: a–z, 0–9, -, at most {LONGEST} characters.",
        )
    parts = urlsplit(checked_iri(address)) if address else None
    if parts and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise _refused(f"„{address}“ ist keine Webadresse.", "Nennen Sie die Seite mit https://….",
                       f"“{address}” is no web address.", "Name the page with https://….")  # fmt: skip
    file = _file_of(bundle, kind, slug, group)
    _must_be_free(bundle, kind, name, slug, another)
    source, path = register(bundle, name, address, confidence, today) if address else ("", None)
    graph = f"graph:{source}-{confidence}" if source else ""
    text = _blocks(bundle, kind, slug, name, graph, language)
    if kind == "organisation":
        text = f"{file.read_text('utf-8').rstrip()}\n\n{text}"
        missing = [one for one in _used(text) if f"@prefix {one}:" not in text]
        text = prefixes(missing) + text
    else:
        text = f"{prefixes(_used(text))}\n# {name}\n\n{text}"
    file.write_text(text, "utf-8")
    return Begun(file, path, f"source:{source}" if source else "")


def _file_of(bundle: Bundle, kind: str, slug: str, group: str) -> Path:
    folder = bundle.data / KINDS[kind][1]
    if kind != "organisation":
        return folder / f"{slug}.trig"
    groups = [path.stem for path in sorted(folder.glob("*.trig"))]
    if group not in groups:
        raise _refused(f"Eine Datei für „{group}“ gibt es nicht.", f"Es gibt: {', '.join(groups)}.",
                       f"There is no file for “{group}”.", f"There are: {', '.join(groups)}.")  # fmt: skip
    return folder / f"{group}.trig"


def _must_be_free(bundle: Bundle, kind: str, name: str, slug: str, another: bool) -> None:
    wanted, iri, best = normalised(name), f"{ID}{kind}/{slug}", (0.0, "")
    for path in sorted((bundle.data / KINDS[kind][1]).glob("*.trig")):
        for quad in read_rdf_file(path):
            subject = quad.subject.value
            if subject == iri:
                raise _refused(f"{kind}:{slug} gibt es schon.", "Ergänzen Sie deren Datei, oder wählen Sie --slug.",
                               f"{kind}:{slug} exists already.",
                               "Add to its file, or choose another --slug.")  # fmt: skip
            if subject.startswith(f"{ID}{kind}/") and quad.predicate.value in (RDFS + "label", SKOS + "altLabel"):
                shown = f"{short(subject)} ({quad.object.value})"
                best = max(best, (likeness(wanted, normalised(quad.object.value)), shown))
    if best[0] >= ALIKE and not another:
        raise _refused(f"Fast so heißt schon {best[1]}.", "Ergänzen Sie deren Datei; ist es eine andere: --another.",
                       f"{best[1]} has nearly this name.", "Add to its file; if it is another: --another.")  # fmt: skip


def _refused(what_de: str, remedy_de: str, what_en: str, remedy_en: str) -> BadRequest:
    return BadRequest(what_de=what_de, remedy_de=remedy_de, what_en=what_en, remedy_en=remedy_en)


def _blocks(bundle: Bundle, kind: str, slug: str, name: str, graph: str, language: str) -> str:
    """Return what we say of the thing and what the source says, with a comment for each property."""
    thing, (klass, _, parts) = f"{kind}:{slug}", KINDS[kind]
    ours = [f"    {thing} a sn:{klass} ."]
    said = [f"    {thing} rdfs:label {literal(name, 'de').n3()} .", f"    # {_SAID[language]}"]
    for hint in hints_of(bundle, klass, language):
        if hint.path != "rdfs:label":
            lines = ours if hint.path in _OURS else said
            lines += [f"    # {hint.name}: {hint.text}", f"    # {thing} {hint.path} … ."]
    for part in parts:
        part_class, to = _PARTS[part]
        ours += [f"    # {part}:{slug}-… a sn:{part_class} ;", '    #     rdfs:label "…"@de, "…"@en .']
        said += [f"    # {part}:{slug}-… {to} {thing} ."]
        for hint in hints_of(bundle, part_class, language):
            if hint.path not in ("rdfs:label", to):
                said += [f"    # {hint.name}: {hint.text}", f"    # {part}:{slug}-… {hint.path} … ."]
    block = "\n".join([f"{graph or 'graph:…'} {{", *said, "}"])
    if not graph:
        block = f"# {_GAP[language]}\n" + "\n".join(f"# {line}" for line in block.splitlines())
    return "\n".join(["graph:redaktion-high {", *ours, "}", "", block, ""])


def _used(text: str) -> list[str]:
    """Return the prefixes that a text uses, comments included, in their usual order."""
    return [prefix for prefix in PREFIXES if re.search(rf"(?<![\w-]){re.escape(prefix)}:", text)]
