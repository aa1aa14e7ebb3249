"""Files of a result that are no formats of the SPARQL protocol: the Excel workbook and the network as GraphML."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from flask import Blueprint, Response, g, request, send_file
from flask_babel import force_locale

from sorgenetz.engine.query_text import Dataset
from sorgenetz.errors import ProtocolBroken, TooManyQueries
from sorgenetz.formats import GRAPHML, WORKBOOK
from sorgenetz.insight.answers import Whole, ask_for_all
from sorgenetz.insight.results.graphml import graphml
from sorgenetz.insight.results.refusals import ResultNotForWorkbook
from sorgenetz.insight.results.workbook import write_workbook
from sorgenetz.web.addresses import public_address
from sorgenetz.web.negotiation import LANGUAGES, mark, reader_language
from sorgenetz.web.pages import reader
from sorgenetz.web.results import words
from sorgenetz.web.results.workbook_words import codebook_line, workbook_words
from sorgenetz.web.services import release_named, services
from sorgenetz.web.sparql_request import read_request

bp = Blueprint("result_files", __name__)
bp.record_once(lambda state: words.add_to(state.app))

MAKING = Lock()


@bp.route("/sparql.xlsx", methods=["GET", "POST"])
def workbook() -> Response:
    """Send the answer to a query as an Excel workbook with its codebook; the query comes as the protocol says."""
    return workbook_of(*_asked())


@bp.route("/sparql.graphml", methods=["GET", "POST"])
def network() -> Response:
    """Send all ties of the answer to a query as GraphML."""
    whole, _, language = _asked()
    with _one_at_a_time():
        content = graphml(reader(language), whole)
    response = Response(content, content_type=GRAPHML.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={_file_name(whole)}.graphml"
    return _marked(response, whole.release)


def workbook_of(whole: Whole, query: str, language: str) -> Response:
    """Return the answer to `query` as a workbook with words in `language`; raises ResultNotForWorkbook."""
    if whole.form == "ask":
        raise ResultNotForWorkbook("ask")
    reading = reader(language)
    created = release_named(whole.release).created
    endpoint = public_address(request, services().settings) + "/sparql"
    moment = datetime.fromisoformat(created.replace("Z", "+00:00")).replace(tzinfo=None)
    # On disk, since a workbook can be larger than a worker of the server should grow.
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the server closes it when it is sent)
    try:
        with force_locale(language), _one_at_a_time():
            said = workbook_words(reading, whole, query, endpoint, created)
            write_workbook(file, whole, said, lambda tally: codebook_line(reading, tally), moment)
        size = file.seek(0, 2)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    name = f"{_file_name(whole)}.xlsx"
    response = send_file(
        file, WORKBOOK.content_type, as_attachment=True, download_name=name, etag=False, conditional=False
    )
    response.content_length = size
    return _marked(response, whole.release)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one file be made while others wait as long as a query does for a worker; raises TooManyQueries after that.

    Files are made in the server itself, which has to have time for everyone else.
    """
    seconds = services().settings.query_queue_seconds
    if not MAKING.acquire(timeout=seconds):
        raise TooManyQueries(retry_s=max(1, round(seconds)))
    try:
        yield
    finally:
        MAKING.release()


def _file_name(whole: Whole) -> str:
    return f"sorgenetz-{whole.release.split('-')[0]}"


def _asked() -> tuple[Whole, str, str]:
    """Return the answer to the query of this request, the query, and the language of the words around it."""
    asked = read_request(request)
    if asked is None:
        raise ProtocolBroken("query-missing")
    wanted = request.args.get("language", "")
    g.language = wanted if wanted in LANGUAGES else reader_language(request)
    dataset = Dataset(asked.default_graphs, asked.named_graphs) if asked.names_a_dataset else None
    return ask_for_all(reader(g.language), asked.query, dataset), asked.query, g.language


def _marked(response: Response, release: str) -> Response:
    response.headers["Vary"] = "Accept-Language"
    return mark(response, release)
