"""Files to take away: what they are called, and that the server makes one at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO

from flask import Response, send_file

from sorgenetz.errors import TooManyQueries
from sorgenetz.formats import WORKBOOK
from sorgenetz.web.services import services

MAKING = Lock()


def attachment(content: bytes | str, content_type: str, release: str, word: str, ending: str) -> Response:
    """Return a file to be kept, named by the release it is from and by what it holds."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={file_name(release, word, ending)}"
    return response


def workbook(write: Callable[[IO[bytes]], None], release: str, word: str = "") -> Response:
    """Return the workbook that `write` writes into a file, as one to be kept."""
    # On disk, since a workbook can be larger than a worker of the server should grow.
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the server closes it when it is sent)
    try:
        with one_at_a_time():
            write(file)
        size = file.seek(0, 2)
        file.seek(0)
    except BaseException:
        # Whatever ends it, also the end of the server: what is half written takes no place on the disk.
        file.close()
        raise
    name = file_name(release, word, WORKBOOK.ending)
    response = send_file(
        file, WORKBOOK.content_type, as_attachment=True, download_name=name, etag=False, conditional=False
    )
    response.content_length = size
    return response


@contextmanager
def one_at_a_time() -> Iterator[None]:
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


def file_name(release: str, word: str, ending: str) -> str:
    """Return what a file is called.

    >>> file_name("000042-9f3c", "netz", "gexf"), file_name("000042-9f3c", "", "xlsx")
    ('sorgenetz-000042-netz.gexf', 'sorgenetz-000042.xlsx')
    """
    return "-".join(filter(None, ("sorgenetz", release.partition("-")[0], word))) + f".{ending}"
