"""What a client asks of the endpoint, read strictly by the SPARQL 1.1 Protocol (2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request

from sorgenetz.errors import AddressTooLong, BadRequest, MediaTypeRefused, ProtocolBroken, UpdateRefused
from sorgenetz.terms import checked_iri
from sorgenetz.web.problems import shown

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
OF_UPDATE = ("update", "using-graph-uri", "using-named-graph-uri")
OF_QUERY = ("query", "default-graph-uri", "named-graph-uri")


class CodingRefused(MediaTypeRefused):
    """Content that is packed (RFC 9110, 15.5.16)."""

    def headers(self) -> dict[str, str]:
        return {"Accept-Encoding": "identity"}


class UpdateOperationRefused(UpdateRefused):
    """The protocol's update operation: understood, and never allowed here (a 403, RFC 9110, 15.5.4)."""

    status = 403


@dataclass(frozen=True)
class SparqlRequest:
    """One query operation; the graphs are those the protocol names, empty tuples when it names none."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def names_a_dataset(self) -> bool:
        """Tell whether the request says which graphs to ask; it then wins over FROM in the query (2.1.4)."""
        return bool(self.default_graphs or self.named_graphs)


def read_request(request: Request) -> SparqlRequest | None:
    """Return the query that `request` sends in one of the three ways of 2.1.1 to 2.1.3; None for a GET that asks none.

    Raises ProtocolBroken, MediaTypeRefused, UpdateOperationRefused and AddressTooLong; Flask's error for a long body.
    """
    pairs = pairs_in_address(request)
    if request.method == "POST":
        direct, in_body = _content(request)
        pairs += in_body
    elif not any(name in (*OF_QUERY, *OF_UPDATE) for name, _ in pairs):
        return None
    else:
        direct = []
    if any(name in OF_UPDATE for name, _ in pairs):
        raise UpdateOperationRefused()
    queries = _all(pairs, "query") + direct
    if not queries:
        raise ProtocolBroken("query-missing")
    if len(queries) > 1:
        raise ProtocolBroken("query-twice", count=len(queries))
    if not queries[0].strip():
        raise ProtocolBroken("query-empty")
    return SparqlRequest(
        queries[0], _graphs(pairs, "default-graph-uri"), _graphs(pairs, "named-graph-uri"), formats_asked(pairs)
    )


def pairs_in_address(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of the address, decoded once; raises AddressTooLong, and ProtocolBroken for other bytes."""
    limit = request.max_content_length
    if limit is not None and len(request.query_string) > limit:
        raise AddressTooLong(limit_kb=limit // 1024)
    return _pairs(request.query_string)


def formats_asked(pairs: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return what the parameter `format` names, for people and programs that cannot set Accept."""
    return tuple(_all(pairs, "format"))


def url_formats(request: Request) -> tuple[str, ...]:
    """Return what the parameter `format` of the address names."""
    return formats_asked(_pairs(request.query_string))


def _content(request: Request) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the queries that are the content itself, and the parameters in it."""
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if kind == UPDATE:
        raise UpdateOperationRefused()
    if kind not in (FORM, QUERY) or charset not in ("utf-8", "utf8", "us-ascii"):
        given = shown(request.content_type or "–")
        raise MediaTypeRefused(given=given, accepted=f"{FORM}, {QUERY} (UTF-8)")
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise CodingRefused(given=shown(f"{kind} ({coding})"), accepted=f"{FORM}, {QUERY} (UTF-8)")
    content = request.get_data(cache=True, parse_form_data=False)
    if kind == FORM:
        return [], _pairs(content)
    try:
        return [content.decode("utf-8-sig")], []
    except UnicodeDecodeError as error:
        raise ProtocolBroken("not-utf-8") from error


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters, decoded once."""
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise ProtocolBroken("not-utf-8") from error


def _all(pairs: list[tuple[str, str]], wanted: str) -> list[str]:
    return [value for name, value in pairs if name == wanted]


def _graphs(pairs: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    graphs = []
    for value in _all(pairs, parameter):
        try:
            graphs.append(checked_iri(value))
        except BadRequest as error:
            raise ProtocolBroken("graph-name", value=shown(value), parameter=parameter) from error
    return tuple(dict.fromkeys(graphs))
