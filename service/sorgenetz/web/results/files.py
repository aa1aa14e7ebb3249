"""Files of a result that are no formats of the SPARQL protocol: the Excel workbook and the network as GraphML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO

from flask import Blueprint, Response, g, request
from flask_babel import force_locale

from sorgenetz.engine.query_text import Dataset
from sorgenetz.errors import ProtocolBroken
from sorgenetz.formats import GRAPHML
from sorgenetz.insight.answers import Whole, ask_for_all
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.results.graphml import graphml
from sorgenetz.insight.results.refusals import ResultNotForWorkbook
from sorgenetz.insight.results.workbook import write_workbook
from sorgenetz.web import downloads
from sorgenetz.web.addresses import public_address
from sorgenetz.web.api.asked import language_of
from sorgenetz.web.negotiation import mark
from sorgenetz.web.pages import reader
from sorgenetz.web.results import words
from sorgenetz.web.results.workbook_words import codebook_line, heading_words, meaning_words, workbook_words
from sorgenetz.web.services import release_named, services
from sorgenetz.web.sparql_request import read_request

# What tells the meaning of the columns of an answer to a query.
Meant = Callable[[Reader, Whole, str], dict[str, str]]
bp = Blueprint("result_files", __name__)
bp.record_once(lambda state: words.add_to(state.app))


@bp.route("/sparql.xlsx", methods=["GET", "POST"])
def workbook() -> Response:
    """Send the answer to a query as an Excel workbook with its codebook; the query comes as the protocol says."""
    whole, query, language = _asked()
    return workbook_of(whole, query, language, meaning_words)


@bp.route("/sparql.graphml", methods=["GET", "POST"])
def network() -> Response:
    """Send all ties of the answer to a query as GraphML."""
    whole, _, language = _asked()
    with downloads.one_at_a_time():
        content = graphml(reader(language), whole)
    response = downloads.attachment(content, GRAPHML.content_type, whole.release, "", GRAPHML.ending)
    return _marked(response, whole.release)


def workbook_of(whole: Whole, query: str, language: str, meant: Meant = heading_words) -> Response:
    """Return the answer to `query` as a workbook with words in `language`; raises ResultNotForWorkbook.

    `meant` tells what the columns hold; by default the query is one of ours, and its headings do.
    """
    if whole.form == "ask":
        raise ResultNotForWorkbook("ask")
    reading = reader(language)
    created = release_named(whole.release).created
    endpoint = public_address(request, services().settings) + "/sparql"
    moment = datetime.fromisoformat(created.replace("Z", "+00:00")).replace(tzinfo=None)

    def write(file: IO[bytes]) -> None:
        with force_locale(language):
            said = workbook_words(reading, whole, query, endpoint, created)
            meaning = meant(reading, whole, query)
            write_workbook(file, whole, said, lambda tally: codebook_line(tally, meaning), moment)

    return _marked(downloads.workbook(write, whole.release), whole.release)


def _asked() -> tuple[Whole, str, str]:
    """Return the answer to the query of this request, the query, and the language of the words around it."""
    asked = read_request(request)
    if asked is None:
        raise ProtocolBroken("query-missing")
    g.language = language_of(request.args.to_dict(flat=False), request)
    dataset = Dataset(asked.default_graphs, asked.named_graphs) if asked.names_a_dataset else None
    return ask_for_all(reader(g.language), asked.query, dataset), asked.query, g.language


def _marked(response: Response, release: str) -> Response:
    response.headers["Vary"] = "Accept-Language"
    return mark(response, release)
