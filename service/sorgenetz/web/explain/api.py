"""Why a query has no answer, for programs: reason, place and mended queries as JSON."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from sorgenetz.engine.answer import Answer
from sorgenetz.engine.query_text import Dataset, read_query
from sorgenetz.errors import ProtocolBroken, SorgenetzError
from sorgenetz.insight.explain.explain import Explanation, explain_empty, explain_error, says_nothing
from sorgenetz.insight.explain.mend import Suggestion
from sorgenetz.insight.explain.words import offer, plain, sentences
from sorgenetz.insight.reader import Reader
from sorgenetz.web.api.asked import language_of
from sorgenetz.web.explain.shown import ASKED_FOR
from sorgenetz.web.negotiation import mark
from sorgenetz.web.pages import reader
from sorgenetz.web.problems import document
from sorgenetz.web.services import services
from sorgenetz.web.sparql_request import SparqlRequest, read_request

bp = Blueprint("explain", __name__)
PATH = "/api/explain"


@bp.route(PATH, methods=["GET", "POST"])
def explain() -> Response:
    """Run a query and say why it gives nothing; the parameters are those of the SPARQL protocol, and `language`."""
    asked = read_request(request)
    if asked is None:
        raise ProtocolBroken("query-missing")
    language = language_of(request.args.to_dict(flat=False), request)
    members, release = _explained(asked, reader(language), language)
    response = Response(json.dumps(members, ensure_ascii=False, indent=1) + "\n", content_type="application/json")
    response.content_language = [language]
    response.headers["Vary"] = "Accept-Language"
    return mark(response, release)


def _explained(asked: SparqlRequest, person: Reader, language: str) -> tuple[dict[str, object], str]:
    """Return the members of the answer, and the name of the release it is about; raises what is no matter of ours."""
    dataset = Dataset(asked.default_graphs, asked.named_graphs) if asked.names_a_dataset else None
    makes_a_graph = read_query(asked.query).form in ("construct", "describe")
    try:
        answer = services().engine.answer(asked.query, "nt" if makes_a_graph else "json", dataset)
    except SorgenetzError as error:
        found = explain_error(person, asked.query, error)
        if found is None:
            raise
        return _members(found, person, language) | {"error": document(error, language)}, person.release
    if not _is_empty(asked.query, answer):
        return {"reason": None, "empty": False, "rows": answer.rows}, answer.release
    found = explain_empty(person, asked.query, dataset, ASKED_FOR)
    return {"empty": True, "rows": answer.rows} | _members(found, person, language), answer.release


def _is_empty(query: str, answer: Answer) -> bool:
    if answer.kind == "boolean":
        return not answer.truth()
    if answer.kind != "rows" or answer.rows != 1:
        return not answer.rows
    return says_nothing(query, answer.terms()[0])


def _members(found: Explanation, person: Reader, language: str) -> dict[str, object]:
    line, column = found.place
    members: dict[str, object] = {
        "reason": found.reason,
        "text": _text(person, found, language),
        "text_de": _text(person, found, "de"),
        "text_en": _text(person, found, "en"),
        "culprit": None,
        "with": [query_part(found, *span) for span in found.details.get("with", ())],
        "further": [{"reason": one.reason, "text": one.culprit} for one in found.further],
        "suggestions": [_suggestion(one, person, language) for one in found.suggestions],
        "complete": found.complete,
        "probes": found.probes,
        "seconds": round(found.seconds, 3),
    }
    if found.end > found.start:
        members["culprit"] = {"line": line, "column": column, **query_part(found, found.start, found.end)}
    if found.iri:
        members["iri"] = found.iri
    if found.details.get("values"):
        members["values"] = {
            name: [{"value": term.n3(), "count": count} for term, count in kept]
            for name, kept in found.details["values"].items()
        }
    if found.details.get("range"):
        least, most = found.details["range"]
        members["range"] = {"least": least.n3(), "most": most.n3()}
    return members


def query_part(found: Explanation, start: int, end: int) -> dict[str, object]:
    """Return a part of the query with its place, in characters from 0."""
    return {"start": start, "end": end, "text": found.query[start:end]}


def _suggestion(one: Suggestion, person: Reader, language: str) -> dict[str, object]:
    members: dict[str, object] = {
        "query": one.query,
        "old": one.old,
        "new": one.new,
        "text": plain(offer(person, one, language)),
        "verified": one.rows > 0,
        "rows": one.rows if one.rows > 0 else None,
    }
    if one.counted is not None:
        members["counted"] = one.counted
    return members


def _text(person: Reader, found: Explanation, language: str) -> str:
    return " ".join(map(plain, sentences(person, found, language)))
