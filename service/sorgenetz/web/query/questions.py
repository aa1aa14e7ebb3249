"""The questions that are ready to be asked: all of them, and each with its form and its answer."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, g, request

from sorgenetz.errors import SorgenetzError
from sorgenetz.insight.choices import choices_of
from sorgenetz.insight.ontology_checks import questions_by_term
from sorgenetz.names import SN
from sorgenetz.web.explain.shown import told
from sorgenetz.web.explore.place_address import Wrong, only
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import shown
from sorgenetz.web.query.asked import problem, run
from sorgenetz.web.query.given import in_address, query_of, values_that_fit
from sorgenetz.web.tag_words import tag_words

bp = Blueprint("questions", __name__)


@bp.get(f"{IN_LANGUAGE}/questions")
def questions() -> Response:
    """Show the questions that are ready to be asked, or those of a topic; what cannot be followed is said."""
    found = reader().library.questions()
    counts = Counter(tag for question in found for tag in question.tags)
    wrong: Wrong = []
    only(wrong, "tag", "term")
    wanted, term = (request.args.get(key, "").strip() for key in ("tag", "term"))
    if wanted and wanted not in counts:
        wrong.append(("tag", shown(wanted)[:60], None))
        wanted = ""
    iri = SN + term.removeprefix("sn:")
    if term and iri not in reader().vocabulary:
        wrong.append(("term", shown(term)[:60], None))
        term = ""
    asking = questions_by_term(found).get(iri, ()) if term else found
    return page(
        "query/questions.html",
        400 if wrong else 200,
        questions=[question for question in asking if not wanted or wanted in question.tags],
        total=len(found),
        tags=sorted((tag for tag in counts if counts[tag] > 1 or tag == wanted), key=tag_words),
        wanted=wanted,
        term=term,
        wrong=wrong,
    )


@bp.url_value_preprocessor
def _seconds_differ(endpoint: str | None, _: dict[str, object] | None) -> None:
    """Note that the page of a question says how long its answer took: it is the same, but not to the byte."""
    g.weak = str(endpoint).endswith(".question")


@bp.get(f"{IN_LANGUAGE}/questions/<name>")
def question(name: str) -> Response:
    """Show one question with its parameters as a form, and its answer."""
    asked = reader().library.question(name)
    error: SorgenetzError | None = None
    result, query, values = None, asked.query, {}
    try:
        values = values_that_fit(asked)
        query = asked.with_values(values)
        result, error = run(query)
    except SorgenetzError as raised:
        error = raised
    explained = told(query, result and result.shown.answered, None)
    # What is explained is found out within a time, and an error may be gone the next time.
    g.moving = bool(error or explained)
    return page(
        "query/question.html",
        error.status if error else 200,
        question=asked,
        query=query,
        result=result,
        choices={parameter.name: choices_of(reader(), parameter) for parameter in asked.parameters},
        given={"language": g.language, **request.args.to_dict()},
        asked_with=in_address(values),
        told=explained,
        **problem(error),
    )


@bp.get(f"{IN_LANGUAGE}/questions/<name>.rq")
def query_text(name: str) -> Response:
    """Return the query of a question, with the values that the address gives, as text."""
    g.moving = True
    text = query_of(reader().library.question(name))
    return Response(text, content_type="application/sparql-query; charset=utf-8")
