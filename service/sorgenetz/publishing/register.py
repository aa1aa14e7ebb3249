"""The register of sources: a page gets its entry, and its graph of a confidence."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from sorgenetz.bundle import Bundle
from sorgenetz.names import PREFIXES, SN
from sorgenetz.sources.rdf_files import read_rdf_file
from sorgenetz.terms import literal

_PREFIXES = ("sn", "graph", "source", "confidence", "rdfs", "xsd", "dct")
# What is more than a letter with an accent.
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d"})


def slug_of(name: str) -> str:
    """Return the name as the last part of an address.

    >>> slug_of("Bürger für Bürger e. V.")
    'buerger-fuer-buerger-e-v'
    >>> slug_of('Œuvre Ñandú')
    'oeuvre-nandu'
    """
    # Some systems write an umlaut as letter and dots, which are one sign here.
    folded = normalize("NFD", normalize("NFC", name).lower().translate(_FOLD))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in folded if not combining(sign))))


def register(bundle: Bundle, name: str, address: str, confidence: str, today: date) -> tuple[str, Path]:
    """Return the slug of the source and the file it stands in, after adding source or graph where they are missing."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    slug = slug_of(host) + "-" + sha256(address.encode()).hexdigest()[:6]
    letter = slug[0] if slug[0].isalpha() else "0-9"
    path = bundle.data / "sources" / f"{letter}.ttl"
    for known in (bundle.data / "sources.ttl", *sorted((bundle.data / "sources").glob("*.ttl"))):
        for quad in read_rdf_file(known):
            if quad.predicate.value == SN + "url" and quad.object.value == address:
                slug, path = quad.subject.value.rsplit("/", 1)[-1], known
    text = path.read_text("utf-8") if path.exists() else prefixes(_PREFIXES)
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


def prefixes(names: tuple[str, ...] | list[str]) -> str:
    """Return the lines that declare these prefixes."""
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in names)
