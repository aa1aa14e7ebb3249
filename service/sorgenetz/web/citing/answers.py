"""An answer under its permanent address: on the release it is from, on the one served now, and what differs."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask_babel import force_locale
from flask_babel import gettext as _

from sorgenetz.engine.past import PastEngines
from sorgenetz.errors import ProtocolBroken, QueryTooComplex, SorgenetzError
from sorgenetz.formats import HTML, PLAIN_JSON, Format
from sorgenetz.insight.citing.citation import Citation
from sorgenetz.insight.citing.outcome import outcome, refer, repeatable
from sorgenetz.insight.citing.reference import LONGEST, Reference, read_reference
from sorgenetz.releases.chain import Home, Release
from sorgenetz.releases.rebuilt import release_again, release_by_name
from sorgenetz.web import assets
from sorgenetz.web.addresses import public_address
from sorgenetz.web.api.asked import language_of
from sorgenetz.web.citing.cited import Cited, record
from sorgenetz.web.citing.rebuilding import Rebuilding
from sorgenetz.web.citing.words import AnswerTooLongToCite, shortened
from sorgenetz.web.downloads import one_at_a_time
from sorgenetz.web.negotiation import (
    IN_LANGUAGE,
    agreed_format,
    conditional,
    entity_tag,
    has_it_already,
    mark,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import nothing_here, title
from sorgenetz.web.services import services
from sorgenetz.web.sparql_request import read_request

bp = Blueprint("citing", __name__)
FILES = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8"),
    "csl": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8"),
    "txt": ("Text", "text/plain; charset=utf-8"),
}
SHOWN = 50
# How long a page may come late before it says what it waits for, and how soon it is worth asking again.
PATIENCE_S = 1.0
RETRY_S = 2


class Reading(ExitStack):
    """While large answers are read, which takes the memory and time of the server: one request at a time."""

    _has_its_turn = False

    def take(self) -> None:
        """Wait for the turn of this request, if it is not there already; raises TooManyQueries."""
        if not self._has_its_turn:
            self.enter_context(one_at_a_time())
            self._has_its_turn = True


@bp.route("/cite", methods=["GET", "POST"])
def cite() -> Response:
    """Lead to the permanent address of the answer that a query has now; nothing is kept."""
    g.language = reader_language(request)
    asked = read_request(request)
    if asked is None:
        raise ProtocolBroken("query-missing")
    given = request.values.to_dict(flat=False)
    g.language = language_of(given, request)
    graphs = (asked.default_graphs, asked.named_graphs) if asked.names_a_dataset else None
    with Reading() as reading:
        reference = refer(services().engine, asked.query, graphs, reading.take)
    if not reference.fits:
        raise AnswerTooLongToCite(limit=LONGEST)
    return see_other(f"/{g.language}/q/{reference.id}" if "language" in given else f"/q/{reference.id}")


@bp.get("/q/<reference>")
@bp.get(f"{IN_LANGUAGE}/q/<reference>")
def answer(reference: str, language: str = "") -> Response:
    """Show the answer then and now, as a page or, where that is liked better, as JSON."""
    g.language = language or reader_language(request)
    chosen = agreed_format(request, (HTML, PLAIN_JSON))
    read = _read(reference)
    home = Home(services().settings.home)
    if chosen is HTML:
        rebuilding: Rebuilding = current_app.extensions["sorgenetz-rebuilding"]
        seconds = rebuilding.seconds(home, read.release, PATIENCE_S)
        if seconds is not None:
            with force_locale(g.language):
                return _not_yet(Cited(read, release_by_name(home, read.release), True, None, None, None), seconds)
    with release_again(home, read.release) as (release, was_rebuilt):
        return _again(read, release, was_rebuilt, chosen)


@bp.get(f"/q/<reference>.<any({', '.join(FILES)}):ending>")
def file(reference: str, ending: str) -> Response:
    """Send the citation as a file; it never changes, and needs of its release only the name and the day."""
    g.language = reader_language(request)
    read = _read(reference)
    release = release_by_name(Home(services().settings.home), read.release)
    tag = _tag(read, ending)
    with force_locale(g.language):
        citation = _citation(Cited(read, release, False, None, None, None))
    made = {
        "bib": citation.bibtex,
        "csl": citation.csl,
        "ris": citation.ris,
        "txt": lambda: citation.text(g.language) + "\n",
    }
    response = Response(made[ending](), content_type=FILES[ending][1])
    response.headers["Content-Disposition"] = f"attachment; filename={citation.key}.{ending}"
    response.headers["Vary"] = "Accept-Language"
    return conditional(mark(response, release.name, tag), request)


def _again(read: Reference, release: Release, was_rebuilt: bool, chosen: Format) -> Response:
    """Return the answer then and now in the chosen format."""
    # What is new each time is never called unchanged.
    tag = _tag(read, chosen.key, was_rebuilt) if repeatable(read.query) != "moving" else None
    if tag and has_it_already(request, tag):
        return _marked(unchanged(), release, tag)
    with Reading() as reading, force_locale(g.language):
        cited = _cited(read, release, was_rebuilt, reading)
        citation = _citation(cited)
        response = jsonify(record(cited, citation, g.language)) if chosen is PLAIN_JSON else _page(cited, citation)
    if cited.error:
        response.status_code = cited.error.status
        response.headers.update(cited.error.headers())
        tag = None
    return _marked(response, release, tag)


def _page(cited: Cited, citation: Citation, **waits: int) -> Response:
    return page(
        "citing/answer.html",
        cited=cited,
        citation=citation,
        files=FILES,
        why_not=repeatable(cited.reference.query),
        most=SHOWN,
        shortened=shortened,
        error_title=title(cited.error, g.language) if cited.error else "",
        current=services().engine.release,
        **waits,
    )


def _not_yet(cited: Cited, seconds: int) -> Response:
    """Return what is known of an answer while its release is being rebuilt (202 and Retry-After, RFC 9110)."""
    response = _page(cited, _citation(cited), seconds=seconds, retry_s=RETRY_S)
    response.status_code = 202
    response.headers["Retry-After"] = str(RETRY_S)
    response.headers["Cache-Control"] = "no-store"
    return response


def _tag(reference: Reference, *parts: object) -> str:
    """Return the validator of what is said here of a reference; today's answer and the site are part of that."""
    at = services()
    base = public_address(request, at.settings)
    return entity_tag(at.engine.release.name, reference.id, g.language, base, assets.fingerprint(), *parts)


def _marked(response: Response, release: Release, tag: str | None) -> Response:
    """Say what the answer depends on; it is the same again but for the seconds it took, so that its tag is weak."""
    response.headers["Vary"] = "Accept, Accept-Language"
    return conditional(mark(response, release.name, tag, weak=True), request)


def _read(text: str) -> Reference:
    reference = read_reference(text)
    if reference is None:
        raise nothing_here()
    return reference


def _cited(reference: Reference, release: Release, was_rebuilt: bool, reading: Reading) -> Cited:
    graphs = (reference.default_graphs, reference.named_graphs)
    graphs = graphs if any(graphs) else None
    past: PastEngines = current_app.extensions["sorgenetz-past"]
    current = services().engine
    then = now = error = None
    try:
        is_served = release.name == current.release.name
        with nullcontext(current) if is_served else past.of(release) as engine:
            then = outcome(engine, reference.query, graphs, reading.take)
        now = then if is_served else outcome(current, reference.query, graphs, reading.take)
    except QueryTooComplex:
        raise
    except SorgenetzError as raised:
        error = raised
    return Cited(reference, release, was_rebuilt, then, now, error)


def _citation(cited: Cited) -> Citation:
    reference = cited.reference
    questions = reader(g.language).library.questions()
    same = (one.title(g.language) for one in questions if one.query.strip() == reference.query.strip())
    own = (_("%(name)s (answer to a SPARQL query)", name=reference.name) if reference.name
           else _("Answer to a SPARQL query"))  # fmt: skip
    address = f"{public_address(request, services().settings)}/q/{reference.id}"
    return Citation(
        next(same, own), reference.release, cited.release.created[:10], address, reference.fingerprint
    )  # fmt: skip
