"""The one table of formats: negotiation, service description, links, file endings and tests read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.names import FORMATS


@dataclass(frozen=True)
class Format:
    """One format: its key, media type, file ending, and the other types and names that mean it."""

    key: str
    media_type: str
    ending: str
    label: str
    aliases: tuple[str, ...] = ()
    iri: str = ""
    binary_safe_charset: str = "; charset=utf-8"
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the Content-Type field value to send with it."""
        return self.media_type + self.binary_safe_charset


HTML = Format("html", "text/html", "html", "HTML", ("application/xhtml+xml",))
TURTLE = Format(
    "ttl", "text/turtle", "ttl", "Turtle", ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    FORMATS + "Turtle", names=("turtle", "n3"),
)  # fmt: skip
JSON_LD = Format(
    "jsonld", "application/ld+json", "jsonld", "JSON-LD", ("application/json",), FORMATS + "JSON-LD", "",
    ("json-ld", "json"),
)  # fmt: skip
N_TRIPLES = Format(
    "nt", "application/n-triples", "nt", "N-Triples", ("text/plain",), FORMATS + "N-Triples", names=("n-triples",)
)
RDF_XML = Format(
    "rdf", "application/rdf+xml", "rdf", "RDF/XML", ("application/xml", "text/xml"), FORMATS + "RDF_XML",
    names=("rdf/xml", "rdf+xml", "xml"),
)  # fmt: skip

# For records that are neither linked data nor rows.
PLAIN_JSON = Format("record", "application/json", "json", "JSON", (), "", "")

RESULTS_JSON = Format(
    "json", "application/sparql-results+json", "json", "JSON", ("application/json",),
    FORMATS + "SPARQL_Results_JSON", "",
)  # fmt: skip
RESULTS_XML = Format(
    "xml", "application/sparql-results+xml", "xml", "XML", ("application/xml", "text/xml"),
    FORMATS + "SPARQL_Results_XML",
)  # fmt: skip
RESULTS_CSV = Format("csv", "text/csv", "csv", "CSV", (), FORMATS + "SPARQL_Results_CSV")
RESULTS_TSV = Format("tsv", "text/tab-separated-values", "tsv", "TSV", (), FORMATS + "SPARQL_Results_TSV")

# Made of a result for people and their programs; the SPARQL protocol knows neither, so each has an address of its own.
WORKBOOK = Format(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "XLSX", binary_safe_charset=""
)
GRAPHML = Format("graphml", "application/graphml+xml", "graphml", "GraphML")

# Answers to the ready questions: plain rows with the names of things, CSV, and the rows of the SPARQL protocol.
PLAIN_ROWS = Format("json", "application/json", "json", "JSON", binary_safe_charset="")
PROTOCOL_ROWS = Format(
    "srj", RESULTS_JSON.media_type, "srj", "SPARQL JSON", iri=RESULTS_JSON.iri, binary_safe_charset="",
    names=("sparql-json",),
)  # fmt: skip

GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
PAGE_FORMATS = (HTML, *GRAPH_FORMATS)
ROW_FORMATS = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)
QUESTION_FORMATS = (PLAIN_ROWS, RESULTS_CSV, PROTOCOL_ROWS)
BOOLEAN_FORMATS = (RESULTS_JSON, RESULTS_XML)

BY_KEY = {fmt.key: fmt for fmt in (HTML, *GRAPH_FORMATS, *ROW_FORMATS)}


def offered_for(form: str) -> tuple[Format, ...]:
    """Return the formats an answer to a query of this form can take (SPARQL 1.1 Protocol, 2.1.5)."""
    return {"select": ROW_FORMATS, "ask": BOOLEAN_FORMATS}.get(form, GRAPH_FORMATS)


def _ranges(accept: str) -> list[tuple[str, str, int, float]]:
    """Return (type, subtype, parameter count, q) for each range; a broken weight counts as zero."""
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        main, _, sub = name.lower().partition("/")
        if not main or not sub:
            if main == "*":
                sub = "*"
            else:
                continue
        quality, extra = 1.0, 0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
                if not 0.0 <= quality <= 1.0:
                    quality = 0.0
            elif key.strip().lower() not in ("charset", ""):
                extra += 1
        found.append((main, sub, extra, quality))
    return found


def _weight(media_type: str, ranges: list[tuple[str, str, int, float]]) -> tuple[float, int]:
    """Return the q of the most specific range that covers `media_type`, and how specific it is."""
    main, _, sub = media_type.partition("/")
    best, specificity = 0.0, -1
    for want_main, want_sub, _, quality in ranges:
        if (want_main, want_sub) == (main, sub):
            rank = 2
        elif want_main == main and want_sub == "*":
            rank = 1
        elif (want_main, want_sub) == ("*", "*"):
            rank = 0
        else:
            continue
        if rank > specificity or (rank == specificity and quality > best):
            best, specificity = quality, rank
    return best, specificity


def choose_format(accept: str | None, offered: Iterable[Format]) -> Format | None:
    """Return the offered format the client likes best, or None when it accepts none (RFC 9110, 12.5.1).

    >>> choose_format("text/turtle;q=0.5, application/ld+json", PAGE_FORMATS).key
    'jsonld'
    >>> choose_format("image/png", PAGE_FORMATS) is None
    True
    """
    offered = tuple(offered)
    if accept is None or not accept.strip():
        return offered[0]
    ranges = _ranges(accept)
    best: tuple[float, int, int] = (0.0, -1, 0)
    chosen = None
    for position, fmt in enumerate(offered):
        # Another name of a format counts only when the client says it: "text/*" does not mean what text/plain is for.
        spoken = [_weight(name, ranges) for name in fmt.aliases]
        own = _weight(fmt.media_type, ranges)
        if own == (0.0, 2):
            # It would be sent by a name that the client does not accept.
            continue
        weight = max([own, *(weight for weight in spoken if weight[1] == 2)])
        rank = (*weight, -position)
        if weight[0] > 0 and rank > best:
            best, chosen = rank, fmt
    return chosen


def format_named(name: str, offered: Iterable[Format]) -> Format | None:
    """Return the offered format that `name` means (its key, a media type or a common name), or None.

    >>> format_named("turtle", GRAPH_FORMATS).key
    'ttl'
    >>> format_named("xml", GRAPH_FORMATS).key, format_named("xml", ROW_FORMATS).key
    ('rdf', 'xml')
    """
    wanted = name.strip().lower()
    for fmt in offered:
        if wanted in (fmt.key, fmt.media_type, *fmt.aliases, *fmt.names):
            return fmt
    return None
