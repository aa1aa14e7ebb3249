"""When another release is served, what was asked for most is asked again, so that nobody has to wait for it first.

What is counted stands beside the answers in memory: how often each was given, and nothing of who asked.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from threading import Event, Thread, Timer
from urllib.parse import urlsplit

from sorgenetz.engine.caller import Caller, asked_by
from sorgenetz.errors import SorgenetzError
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.settings import Settings
from sorgenetz.web.answers_cache.asked import Environ, Question
from sorgenetz.web.answers_cache.front import AnswersCache

LOOK_SECONDS = 0.5
# What takes longer is not worth it, and would be in the way.
EACH_SECONDS = 5.0
MOST_ASKED = 300
log = logging.getLogger("sorgenetz.web")


class Warming:
    """Asks the held answers of the release before, and then `paths`, whenever another release is served."""

    def __init__(
        self, answers: AnswersCache, current: CurrentRelease, settings: Settings, paths: Callable[[], Iterable[str]]
    ) -> None:
        self._answers = answers
        self._current = current
        self._budget = settings.answers_warm_seconds if settings.answers_cache_mb else 0.0
        self._own = _place_of(settings)
        self._paths = paths
        self._stopped = Event()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        if self._budget:
            Thread(target=self._follow, name="warming", daemon=True).start()

    def stop(self) -> None:
        """Ask nothing more."""
        self._stopped.set()

    def _follow(self) -> None:
        warm = ""
        while not self._stopped.is_set():
            try:
                release = self._current.get().name
            except SorgenetzError:
                # There is none yet.
                release = warm
            if release != warm:
                self._warm_or_say_why_not(warm, release)
                warm = release
            self._stopped.wait(LOOK_SECONDS)

    def _warm_or_say_why_not(self, before: str, release: str) -> None:
        try:
            self.warm(before, release)
        except SorgenetzError:
            # The release went in the meantime; the next one is looked for.
            pass
        except Exception:
            # A help for visitors, who are answered without it as well: whatever goes wrong is said once, not again.
            log.exception("Answers could not be asked ahead.")

    def warm(self, before: str, release: str) -> int:
        """Ask until all is asked, the budget is spent, or yet another release is served; return how many were asked."""
        left, asked = self._budget, 0
        for question in self._questions(before):
            while self._answers.busy.number and not self._stopped.wait(LOOK_SECONDS / 10):
                continue
            if left <= 0 or self._stopped.is_set() or self._current.get().name != release:
                break
            began = time.monotonic()
            self._ask(question, min(EACH_SECONDS, left))
            took = time.monotonic() - began
            left, asked = left - took, asked + 1
            # At most half of one processor.
            self._stopped.wait(took)
        return asked

    def _questions(self, before: str) -> Iterator[Question]:
        again = self._answers.asked_most(before, MOST_ASKED)
        yield from again
        place = again[0].place if again else self._own
        for path in self._paths():
            yield Question(path, "", place)

    def _ask(self, question: Question, seconds: float) -> None:
        caller = Caller()
        timer = Timer(seconds, caller.leave)
        timer.start()
        try:
            with asked_by(caller):
                pieces = self._answers(_environ_of(question), lambda *_: None)
                if hasattr(pieces, "close"):
                    pieces.close()
        finally:
            timer.cancel()


def _place_of(settings: Settings) -> tuple[str, str]:
    """Return scheme and host by which the service is reached, as far as the settings say."""
    parts = urlsplit(settings.base_url or f"http://{settings.host}:{settings.port}")
    return (parts.scheme, parts.netloc)


def _environ_of(question: Question) -> Environ:
    scheme, host = question.place
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": question.path,
        "QUERY_STRING": question.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT_ENCODING": "br",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **dict(question.fields),
    }
