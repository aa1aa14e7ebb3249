"""The description of the addresses for programs in OpenAPI 3.1, made from the questions and from the served release."""

from __future__ import annotations

from urllib.parse import urlencode

from flask_babel import force_locale
from flask_babel import gettext as _

from sorgenetz import __version__
from sorgenetz.formats import PLAIN_ROWS, QUESTION_FORMATS, RESULTS_CSV
from sorgenetz.insight.citing.outcome import refer
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.results.snippets import Snippet, fetching
from sorgenetz.library.queries import QueryFile
from sorgenetz.names import short
from sorgenetz.web.api.answers import PATH
from sorgenetz.web.api.asked import FORMAT, LANGUAGE, PAGE, PER_PAGE, parameters_of
from sorgenetz.web.api.other_addresses import other_paths, other_schemas
from sorgenetz.web.api.responses import answers, shared_headers, shared_responses
from sorgenetz.web.api.schemas import Members, components, format_parameter, parameter_of, ref
from sorgenetz.web.documents import LICENCE

VERSION = "3.1.1"
QUESTIONS, OTHERS = "questions", "more"


def openapi(reader: Reader, base: str) -> Members:
    """Return the document, with words in the reader's language; `base` is scheme and host of this service."""
    with force_locale(reader.language):
        query = reader.library.page("home-query").query.strip()
        others = other_paths(OTHERS, query, refer(reader.engine, query).id, base)
        questions = {f"{PATH}/{one.name}": {"get": _operation(one, reader, base)} for one in reader.library.questions()}
        return {
            "openapi": VERSION,
            "info": {
                "title": "Sorgenetz",
                "summary": _("The questions to the graph of caring communities, as addresses for programs."),
                "description": " ".join(
                    (
                        _("Each question is an address."),
                        _("Parameters are checked: a wrong one is an error that says what is allowed."),
                        _("An answer names its release; null means that nothing is stated."),
                        _("No key is needed."),
                    )
                ),
                "version": __version__,
                "license": {"name": "CC BY 4.0", "url": LICENCE},
            },  # fmt: skip
            "externalDocs": {"url": f"{base}/{reader.language}/api", "description": _("This description as a page")},
            "servers": [{"url": base}],
            "tags": [
                {"name": QUESTIONS, "description": _("Questions")},
                {"name": OTHERS, "description": _("Further addresses")},
            ],
            "paths": {PATH: {"get": _list(reader)}, **questions, **others},
            "components": {
                "schemas": {**components(), **other_schemas()},
                "parameters": _shared_parameters(reader),
                "headers": shared_headers(),
                "responses": shared_responses(),
            },
        }


def _shared_parameters(reader: Reader) -> Members:
    """Return the parameters that every question takes."""
    shared = {one.name: parameter_of(one, reader) for one in (LANGUAGE, PAGE, PER_PAGE)}
    return shared | {FORMAT.name: format_parameter(("json", "csv", "sparql-json"))}


def example_address(question: QueryFile, base: str, ending: str) -> str:
    """Return an address that asks it with the values that its file has."""
    said = [(one.name, short(term.value)) for one in question.parameters for term in one.default]
    said = [pair for pair in said if pair[0] != LANGUAGE.name]
    query = f"?{urlencode(said, safe=':')}" if said else ""
    return f"{base}{PATH}/{question.name}.{ending}{query}"


def snippets_of(question: QueryFile, base: str) -> tuple[Snippet, ...]:
    """Return the lines that fetch the answer."""
    return fetching(*(example_address(question, base, fmt.ending) for fmt in (PLAIN_ROWS, RESULTS_CSV)))


def _operation(question: QueryFile, reader: Reader, base: str) -> Members:
    language = reader.language
    row = {"type": "object", "required": list(question.columns), "properties": {
        name: {"title": reader.library.heading(name, language)} for name in question.columns
    }}  # fmt: skip
    rows = {"properties": {"rows": {"items": row}}}
    contents = {
        PLAIN_ROWS.media_type: {"schema": {"allOf": [ref("Answer"), rows]}},
        RESULTS_CSV.media_type: {"schema": {"type": "string"}},
        QUESTION_FORMATS[-1].media_type: {"schema": {"type": "object", "required": ["head", "results"]}},
    }
    return {
        "operationId": question.name,
        "summary": question.title(language),
        "description": question.description(language),
        "tags": [QUESTIONS],
        "parameters": [
            *(parameter_of(one, reader) for one in question.parameters),
            *(
                {"$ref": f"#/components/parameters/{one.name}"}
                for one in parameters_of(question)
                if one not in question.parameters
            ),
            {"$ref": f"#/components/parameters/{FORMAT.name}"},
        ],
        "responses": answers(contents, paged=True),
        "externalDocs": {"url": f"{base}/{language}/questions/{question.name}"},
        "x-codeSamples": [{"lang": one.language, "source": one.code} for one in snippets_of(question, base)],
    }


def _list(reader: Reader) -> Members:
    return {
        "operationId": "questions",
        "summary": _("All questions with their parameters"),
        "tags": [QUESTIONS],
        "parameters": [parameter_of(LANGUAGE, reader), format_parameter(("json",))],
        "responses": answers({PLAIN_ROWS.media_type: {"schema": ref("Questions")}}),
    }
