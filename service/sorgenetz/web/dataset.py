"""The dataset as a whole: its description in VoID and DCAT, its page, and its dumps."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime

from flask import Blueprint, Response, g, request, send_file

from sorgenetz.errors import NothingHere, ReleaseBroken
from sorgenetz.formats import BY_KEY, GRAPH_FORMATS, HTML, PAGE_FORMATS, Format
from sorgenetz.insight.dataset import dataset_view
from sorgenetz.releases.chain import Home
from sorgenetz.releases.description import DATASET
from sorgenetz.releases.description_served import PAGE_PATH, VOID_PATH, dcat_document, dump_path, void_document
from sorgenetz.releases.dump_files import BY_NAME, FOLDER, DumpMissing
from sorgenetz.web.addresses import Link
from sorgenetz.web.descriptions import description
from sorgenetz.web.documents import LICENCE
from sorgenetz.web.negotiation import (
    IN_LANGUAGE,
    agreed_format,
    has_it_already,
    mark,
    reader_language,
    see_other,
    unchanged,
)
from sorgenetz.web.pages import finish, page, reader, tag_of_request
from sorgenetz.web.problems import nothing_here, shown
from sorgenetz.web.services import services

bp = Blueprint("dataset", __name__)

CURRENT = "current"
A_YEAR = 365 * 24 * 3600
_RELEASE = re.compile(r"[0-9]{6,12}-[0-9a-f]{16}", re.ASCII)


@bp.get(VOID_PATH)
def void() -> Response:
    """Send what the served release holds (VoID), directly: clients of this well-known address may not follow."""
    fmt = agreed_format(request, GRAPH_FORMATS)
    return description(void_document, VOID_PATH, fmt, [Link(PAGE_PATH, "related")], "Accept")


@bp.get(PAGE_PATH)
def dataset() -> Response:
    """Send the catalogue (DCAT-AP), or lead a person to the page."""
    fmt = agreed_format(request, PAGE_FORMATS)
    if fmt is HTML:
        return see_other(f"/{reader_language(request)}{PAGE_PATH}", "Accept, Accept-Language")
    return _catalogue(fmt, "Accept, Accept-Language")


@bp.get(f"{PAGE_PATH}.<any({', '.join(fmt.ending for fmt in GRAPH_FORMATS)}):ending>")
def catalogue(ending: str) -> Response:
    """Send the catalogue in the format of the ending."""
    return _catalogue(BY_KEY[ending], "")


@bp.get(f"{IN_LANGUAGE}{PAGE_PATH}")
def dataset_page(language: str) -> Response:
    """Show the files, what they hold, how to cite, and whom to name."""
    g.language = language
    if has_it_already(request, tag_of_request()):
        return finish(unchanged())
    release = services().engine.release
    view = dataset_view(reader(), release)
    return finish(page("dataset.html", view=view, about=release.manifest, dataset=DATASET))


@bp.get(f"/dumps/{CURRENT}/<name>")
def current_dump(name: str) -> Response:
    """Lead to the file of the served release (302: tomorrow it may be another)."""
    release = services().engine.release
    if name not in release.manifest.get("dumps", {}):
        raise _missing(release.name, name)
    response = Response(status=302)
    response.headers["Location"] = dump_path(release.name, name)
    return mark(response, release.name)


@bp.get("/dumps/<release>/<name>")
def dump(release: str, name: str) -> Response:
    """Send a file of a release; it never changes, so it may be kept for good."""
    try:
        found = Home(services().settings.home).release(release) if _RELEASE.fullmatch(release) else None
    except (NothingHere, ReleaseBroken):
        found = None
    about = found.manifest.get("dumps", {}).get(name) if found else None
    if found is None or about is None or not (found.folder / FOLDER / name).is_file():
        raise _missing(release, name)
    response = send_file(
        (found.folder / FOLDER / name).absolute(), BY_NAME[name].content_type, etag=about["sha256"], max_age=A_YEAR,
        last_modified=datetime.fromisoformat(found.created.replace("Z", "+00:00")),
    )  # fmt: skip
    response.cache_control.public, response.cache_control.immutable = True, True
    digest = b64encode(bytes.fromhex(about["sha256"])).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    links = (Link(LICENCE, "license"), Link(PAGE_PATH, "describedby"), Link(dump_path(CURRENT, name), "latest-version"))
    response.headers["Link"] = ", ".join(map(str, links))
    response.headers["Sorgenetz-Release"] = found.name
    return response


def _catalogue(fmt: Format, vary: str) -> Response:
    others = [Link(f"{PAGE_PATH}.{one.ending}", "alternate", one.media_type) for one in GRAPH_FORMATS if one is not fmt]
    response = description(dcat_document, PAGE_PATH, fmt, [*others, Link(VOID_PATH, "describedby")], vary)
    response.headers["Content-Location"] = f"{PAGE_PATH}.{fmt.ending}"
    return response


def _missing(release: str, name: str) -> NothingHere:
    if name not in BY_NAME:
        return nothing_here()
    return DumpMissing(release=shown(release), file=name)
