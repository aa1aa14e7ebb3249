"""All errors a person can meet: each knows its status and exit code; errors.toml holds its words in de and en."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "errors.toml").read_text("utf-8"))


def known_codes() -> frozenset[str]:
    """Return the code of every error that has words."""
    return frozenset(_words())


def _again(kind: type[SorgenetzError], state: dict[str, object]) -> SorgenetzError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class SorgenetzError(Exception):
    """Something went wrong that a person can read about and act on; `details` fill the gaps of its words."""

    status = 500
    exit_code = 1
    code = "error"

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(f"{self.text('en')} {self.remedy('en')}")

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error again."""
        return _again, (type(self), self.__dict__)

    def text(self, language: str) -> str:
        """Return what happened, in German unless `language` is "en"."""
        return _words()[self.code]["en" if language == "en" else "de"].format_map(self.details)

    def remedy(self, language: str) -> str:
        """Return what the reader can do about it."""
        return _words()[self.code]["en_remedy" if language == "en" else "de_remedy"].format_map(self.details)

    def headers(self) -> dict[str, str]:
        """Return the HTTP header fields that belong to this error (RFC 9110)."""
        return {}


class BadRequest(SorgenetzError):
    """Input that cannot be used; the four texts come with it."""

    status, exit_code, code = 400, 2, "bad-request"


class NothingHere(SorgenetzError):
    status, code = 404, "not-found"


class MethodRefused(SorgenetzError):
    status, code = 405, "method-not-allowed"

    def headers(self) -> dict[str, str]:
        return {"Allow": str(self.details["allowed"])}


class NoCommonFormat(SorgenetzError):
    status, code = 406, "not-acceptable"


class RequestTooLarge(SorgenetzError):
    status, code = 413, "content-too-large"


class MediaTypeRefused(SorgenetzError):
    status, code = 415, "unsupported-media-type"


class QuerySyntaxError(SorgenetzError):
    """A query the parser refuses; `reason` says in words what stands at `line` and `column`, both from 1."""

    status, exit_code, code = 400, 2, "query-syntax"

    def __init__(self, *, line: int, column: int, reason: str, reason_de: str | None = None) -> None:
        super().__init__(line=line, column=column, reason=reason, reason_de=reason_de or reason)


class QueryRefused(SorgenetzError):
    """A query that can be read and is not answered; the reason stands at `line` and `column`, both from 1."""

    status, exit_code = 400, 2


class UpdateRefused(QueryRefused):
    code = "update-refused"


class ServiceRefused(QueryRefused):
    code = "service-refused"


class QueryTimedOut(SorgenetzError):
    status, code = 503, "query-timed-out"


class QueryOutOfMemory(SorgenetzError):
    status, code = 503, "query-out-of-memory"


class ResultTooLarge(SorgenetzError):
    status, code = 400, "result-too-large"


class TooManyRows(ResultTooLarge):
    """A result with more rows, or more statements, than an answer may have."""

    code = "too-many-rows"


class TooManyQueries(SorgenetzError):
    status, code = 503, "busy"

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.details["retry_s"])}


class DatasetTooLarge(SorgenetzError):
    status, code = 400, "dataset-too-large"


class FileMissing(SorgenetzError):
    exit_code, code = 2, "file-missing"


class FileKindUnknown(SorgenetzError):
    exit_code, code = 2, "file-kind"


class FileBroken(SorgenetzError):
    exit_code, code = 2, "file-broken"


class TableBroken(SorgenetzError):
    exit_code, code = 2, "table-broken"


class GateClosed(SorgenetzError):
    """The candidate was refused; `findings` says why."""

    code = "gate-closed"


class HomeNotWritable(SorgenetzError):
    exit_code, code = 3, "home-not-writable"


class HomeBusy(SorgenetzError):
    exit_code, code = 3, "home-busy"


class NoRelease(SorgenetzError):
    status, exit_code, code = 503, 3, "no-release"


class ReleaseBroken(SorgenetzError):
    status, exit_code, code = 503, 3, "release-broken"


class PortInUse(SorgenetzError):
    exit_code, code = 3, "port-in-use"


class BadQueryFile(SorgenetzError):
    """A .rq file whose header or parameters are not in order; names the file and the line."""

    exit_code, code = 2, "query-file"


class Unavailable(SorgenetzError):
    """What a visitor reads in place of a trouble that is the operator's."""

    status, code = 503, "unavailable"

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "60"}


class ProtocolBroken(SorgenetzError):
    """A request that breaks a rule of HTTP or of the SPARQL 1.1 Protocol; `rule` names its words."""

    exit_code = 2

    def __init__(self, rule: str, **details: object) -> None:
        self.code = rule
        self.status = 431 if rule == "fields-too-large" else 400
        super().__init__(**details)


class QueryTooComplex(SorgenetzError):
    """A query nested too deeply for the parser; it ended the worker that read it, and nothing else."""

    status, exit_code, code = 400, 2, "query-too-complex"


class QueryLost(SorgenetzError):
    """A query whose worker was ended from outside before it had answered."""

    status, code = 503, "query-lost"

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "5"}


class QueryFailed(SorgenetzError):
    """The engine could not evaluate a query that it had understood."""

    code = "query-failed"


class CallerLeft(SorgenetzError):
    """A query that was given up by the one who asked it; usually nobody is left to read this."""

    status, code = 503, "caller-left"


class EngineClosed(SorgenetzError):
    """The service stops; whoever asks again meets the next one."""

    status, code = 503, "stopping"

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "5"}


class AddressTooLong(RequestTooLarge):
    status = 414


class NoSuchProfile(SorgenetzError):
    """A document was asked for in a profile that it does not come in; `offered` names those it does."""

    status, code = 406, "no-such-profile"
