"""The first lines of an initiative: a file that a person fills, and its source in the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from sorgenetz.bundle import Bundle
from sorgenetz.errors import BadRequest
from sorgenetz.gate.names_alike import ALIKE, likeness, normalised
from sorgenetz.names import ID, PREFIXES, RDFS, SKOS, SN, short
from sorgenetz.sources.rdf_files import read_rdf_file
from sorgenetz.terms import checked_iri, literal

_IN_FILE = (
    "sn", "graph", "initiative", "organisation", "participation", "measure", "municipality", "barrier", "role",
    "target-group", "initiative-kind", "rdfs", "xsd", "skos", "dct", "foaf",
)  # fmt: skip
_IN_REGISTER = ("sn", "graph", "source", "confidence", "rdfs", "xsd", "dct")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "à": "a", "ç": "c"})
_HINTS = {
    "de": ("in eigenen Worten, ein Satz", "was die Quelle sagt; # entfernen, was sie nicht sagt, löschen",
           "so genau wie die Quelle, nicht genauer", "wer macht was", "was senkt welche Barriere"),
    "en": ("in your own words, one sentence", "what the source says; remove the #, delete what it does not say",
           "as precise as the source, no more", "who does what", "what lowers which barrier"),
}  # fmt: skip


@dataclass(frozen=True)
class Begun:
    """The file that was begun, the register its source stands in, and the source."""

    file: Path
    register: Path
    source: str


def begin_initiative(
    bundle: Bundle, name: str, address: str, *, today: date, confidence: str = "medium", slug: str = "",
    another: bool = False, language: str = "en",
) -> Begun:  # fmt: skip
    """Write the skeleton of an initiative called `name` and register the page at `address`; return where.

    Raises BadRequest when the address is no web page, or the name is taken: its slug by a file, or, unless it is
    said to be `another` one, nearly the same name by an initiative. Nothing is written then.
    """
    name = " ".join(name.split())
    slug = slug or slug_of(name)
    if not name.isprintable() or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise _refused(f"Aus „{name}“ wird kein Name für eine Datei.", "Nennen Sie mit --slug einen: a–z, 0–9, -.",
                       f"“{name}” makes no name for a file.", "Give one with --slug: a–z, 0–9, -.")  # fmt: skip
    parts = urlsplit(checked_iri(address))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _refused(f"„{address}“ ist keine Webadresse.", "Nennen Sie die Seite mit https://….",
                       f"“{address}” is no web address.", "Name the page with https://….")  # fmt: skip
    file = bundle.data / "initiatives" / f"{slug}.trig"
    if file.exists():
        raise _refused(f"initiative:{slug} gibt es schon.", "Ergänzen Sie deren Datei, oder wählen Sie --slug.",
                       f"initiative:{slug} exists already.", "Add to its file, or choose another --slug.")  # fmt: skip
    if not another and (taken := _most_alike(bundle, name)):
        raise _refused(f"Fast so heißt schon {taken}.", "Ergänzen Sie deren Datei; ist es eine andere: --another.",
                       f"{taken} has nearly this name.", "Add to its file; if it is another: --another.")  # fmt: skip
    source, register = _register(bundle, name, address, parts.hostname, confidence, today)
    file.write_text(_skeleton(slug, name, f"{source}-{confidence}", language), "utf-8")
    return Begun(file, register, f"source:{source}")


def slug_of(name: str) -> str:
    """Return the name as the last part of an address.

    >>> slug_of("Bürger für Bürger e. V.")
    'buerger-fuer-buerger-e-v'
    """
    return "-".join(re.findall(r"[a-z0-9]+", name.lower().translate(_FOLD)))


def _refused(what_de: str, remedy_de: str, what_en: str, remedy_en: str) -> BadRequest:
    return BadRequest(what_de=what_de, remedy_de=remedy_de, what_en=what_en, remedy_en=remedy_en)


def _most_alike(bundle: Bundle, name: str) -> str:
    wanted, best = normalised(name), (0.0, "")
    for path in sorted((bundle.data / "initiatives").glob("*.trig")):
        for quad in read_rdf_file(path):
            if quad.predicate.value in (RDFS + "label", SKOS + "altLabel"):
                subject = quad.subject.value
                if subject.startswith(f"{ID}initiative/"):
                    shown = f"{short(subject)} ({quad.object.value})"
                    best = max(best, (likeness(wanted, normalised(quad.object.value)), shown))
    return best[1] if best[0] >= ALIKE else ""


def _register(bundle: Bundle, name: str, address: str, hostname: str, confidence: str, today: date) -> tuple[str, Path]:
    """Return the slug of the source and the file it stands in, after adding source or graph where they are missing."""
    host = hostname.removeprefix("www.")
    slug = slug_of(host) + "-" + sha256(address.encode()).hexdigest()[:6]
    letter = slug[0] if slug[0].isalpha() else "0-9"
    path = bundle.data / "sources" / f"{letter}.ttl"
    for known in (bundle.data / "sources.ttl", *sorted((bundle.data / "sources").glob("*.ttl"))):
        for quad in read_rdf_file(known):
            if quad.predicate.value == SN + "url" and quad.object.value == address:
                slug, path = quad.subject.value.rsplit("/", 1)[-1], known
    text = path.read_text("utf-8") if path.exists() else _prefixes(_IN_REGISTER)
    graph = f"graph:{slug}-{confidence} a sn:StatementGraph"
    line = f"{graph} ; sn:source source:{slug} ; sn:confidence confidence:{confidence} .\n"
    if not re.search(rf"^source:{slug} a sn:Source", text, re.M):
        text = _with_block(text, slug, _source(slug, name, host, address, today, text) + line)
    elif graph not in text:
        block = re.compile(rf"^source:{slug} a sn:Source.*?\n(?=\n|\Z)", re.M | re.S)
        text = block.sub(lambda found: found[0] + line, text, count=1)
    path.write_text(text, "utf-8")
    return slug, path


def _source(slug: str, name: str, host: str, address: str, today: date, text: str) -> str:
    mark = f" ({slug[-6:]})" if literal(f"{host} über {name}", "de").n3() in text else ""
    return f"""source:{slug} a sn:Source ;
    rdfs:label {literal(f"{host} über {name}{mark}", "de").n3()}, {literal(f"{host} on {name}{mark}", "en").n3()} ;
    dct:publisher {literal(host).n3()} ;
    sn:url {literal(address).n3()}^^xsd:anyURI ;
    sn:licenceNote "Lizenz nicht geprüft; übernommen sind nur Tatsachen, keine Texte."@de, \
"Licence not checked; only facts are taken, no texts."@en ;
    sn:retrieved "{today.isoformat()}"^^xsd:date .
"""


def _with_block(text: str, slug: str, block: str) -> str:
    """Return the register with one more block, in the order of the slugs."""
    for later in re.finditer(r"^source:(\S+) a sn:Source", text, re.M):
        if later[1] > slug:
            return f"{text[: later.start()]}{block}\n{text[later.start() :]}"
    return f"{text.rstrip()}\n\n{block}"


def _prefixes(names: tuple[str, ...]) -> str:
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in names)


def _skeleton(slug: str, name: str, graph: str, language: str) -> str:
    own_words, said, precise, who, lowers = _HINTS[language]
    return f"""{_prefixes(_IN_FILE)}
# {name}

graph:redaktion-high {{
    initiative:{slug} a sn:Initiative .
    # initiative:{slug} sn:initiativeKind initiative-kind:… ;
    #     dct:description "…"@de, "…"@en .  # {own_words}
    # participation:{slug}-carrier a sn:Participation ; rdfs:label "…: Träger ({name})"@de, "…: Carrier ({name})"@en .
    # measure:{slug}-… a sn:Measure ; rdfs:label "…"@de, "…"@en .
}}

graph:{graph} {{
    initiative:{slug} rdfs:label {literal(name, "de").n3()} .
    # {said}
    # initiative:{slug} skos:altLabel "…"@de ;
    #     foaf:homepage <https://…> ;
    #     sn:locatedIn municipality:… ;
    #     sn:targetGroup target-group:… ;
    #     sn:start "…"^^xsd:gYear .  # {precise}
    # participation:{slug}-carrier sn:actor organisation:… ;  # {who}
    #     sn:in initiative:{slug} ;
    #     sn:role role:carrier .
    # measure:{slug}-… sn:initiative initiative:{slug} ;  # {lowers}
    #     sn:lowersBarrier barrier:… ;
    #     sn:means "…"@de .
}}
"""
