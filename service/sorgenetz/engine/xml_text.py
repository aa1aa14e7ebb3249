"""XML that every reader takes: what the serialiser writes is read along, and refused where it is none."""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

XML_FORMATS = ("xml", "rdf")


class NotXml(ValueError):
    """Something that XML 1.0 cannot hold: most control characters, or a property whose IRI ends in no XML name."""


class XmlText:
    """Reads a document piece by piece as it is written."""

    def __init__(self) -> None:
        self._parser = ParserCreate("utf-8", namespace_separator=" ")

    def read(self, piece: bytes) -> bytes:
        """Return the next piece as it is to be sent; raises NotXml.

        A carriage return is written as a reference, since a reader takes a bare one for a line feed (XML 1.0, 2.11).

        >>> XmlText().read(b"<literal>a\\rb</literal>")
        b'<literal>a&#13;b</literal>'
        """
        kept = piece.replace(b"\r", b"&#13;")
        try:
            self._parser.Parse(kept, False)
        except ExpatError as error:
            raise NotXml(str(error)) from error
        return kept
