"""An RDF term, as it comes out of an answer and as it goes into a query, with one safe way to write it down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sorgenetz.errors import BadRequest
from sorgenetz.names import XSD

# RFC 3987: scheme, then characters of an IRI (ucschar in planes 0 to 14, less the private and the unassigned ends).
_PLANES = "".join(
    f"{chr(plane + (0x1000 if plane == 0xE0000 else 0))}-{chr(plane + 0xFFFD)}"
    for plane in range(0x10000, 0xF0000, 0x10000)
)
_CHARACTER = rf"(?:[!$&'()*+,\-./0-9:;=?@A-Z_a-z~\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}]|%[0-9A-Fa-f]{{2}})"
# A host may be the number of a machine in brackets, as in http://[2001:db8::1]/.
_HOST = r"//\[[0-9A-Fa-f:.]+\]"
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?:{_HOST}{_CHARACTER}*|{_CHARACTER}*)(?:#{_CHARACTER}*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_BLANK = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
# A backslash before u or U could be read as a code point escape by engines that expand those before they parse
# (SPARQL 1.1, 19.2), even when it is itself escaped; the letter is written as an eight-digit escape instead.
_LETTER_AFTER_BACKSLASH = re.compile(r"(\\\\)([uU])")


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI ("uri"), a literal ("literal") or a blank node ("bnode")."""

    kind: str
    value: str
    lang: str | None = None
    datatype: str | None = None

    def n3(self) -> str:
        r"""Return the term as Turtle and SPARQL write it; nothing in its value can end it early.

        Raises BadRequest when it has no such form: an IRI with a space, a language tag with a quote.

        >>> Term("uri", "https://w3id.org/sorgenetz/id/barrier/language").n3()
        '<https://w3id.org/sorgenetz/id/barrier/language>'
        >>> Term("literal", 'say "hello"', lang="en").n3()
        '"say \\"hello\\""@en'
        """
        if self.kind == "uri":
            return f"<{checked_iri(self.value)}>"
        if self.kind == "bnode":
            if not _BLANK.fullmatch(self.value):
                raise _unusable(self.value, "kein Name eines leeren Knotens", "not the name of a blank node")
            return f"_:{self.value}"
        if _SURROGATE.search(self.value):
            raise _unusable(repr(self.value), "kein gültiger Unicode-Text", "not valid Unicode text")
        escaped = self.value.translate(_ESCAPES)
        quoted = '"' + _LETTER_AFTER_BACKSLASH.sub(_eight_digits, escaped) + '"'
        if self.lang:
            if not _LANGUAGE.fullmatch(self.lang):
                raise _unusable(self.lang, "kein Sprachkürzel wie „de“", "not a language tag such as “de”")
            return f"{quoted}@{self.lang}"
        if self.datatype and self.datatype != XSD + "string":
            return f"{quoted}^^<{checked_iri(self.datatype)}>"
        return quoted


def iri(value: str) -> Term:
    """Return the IRI as a term."""
    return Term("uri", value)


def literal(value: str, lang: str | None = None, datatype: str | None = None) -> Term:
    """Return the text as a term, with its language or its datatype."""
    return Term("literal", value, lang, datatype)


def checked_iri(value: str) -> str:
    """Return `value` when it is an absolute IRI, which then can stand between < and > (RFC 3987)."""
    if not _IRI.fullmatch(value):
        shown = value if value.isprintable() else repr(value)
        raise _unusable(shown, "keine vollständige IRI", "not an absolute IRI")
    return value


def _eight_digits(found: re.Match[str]) -> str:
    return f"{found[1]}\\U{ord(found[2]):08X}"


def _unusable(value: str, why_de: str, why_en: str) -> BadRequest:
    return BadRequest(
        what_de=f"„{value}“ ist {why_de}.",
        remedy_de="Prüfen Sie die Schreibweise. Eine IRI sieht so aus: https://w3id.org/sorgenetz/id/barrier/language",
        what_en=f"“{value}” is {why_en}.",
        remedy_en="Check the spelling. An IRI looks like this: https://w3id.org/sorgenetz/id/barrier/language",
    )
