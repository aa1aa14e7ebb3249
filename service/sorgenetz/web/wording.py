"""Numbers, dates, places and confidence in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from sorgenetz.names import GEO, XSD
from sorgenetz.terms import Term

LOCALES = {"de": "de_DE", "en": "en_GB"}
NUMBERS = tuple(XSD + name for name in (
    "integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "positiveInteger",
))  # fmt: skip
_CONFIDENCES = {
    "high": lazy_gettext("well supported"),
    "medium": lazy_gettext("medium"),
    "low": lazy_gettext("uncertain"),
}
_UNRATED = lazy_gettext("not rated")
_POINT = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)", re.IGNORECASE)
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")


def number_words(value: object, language: str) -> str:
    """Return a number as people write it.

    >>> number_words(9823, "de"), number_words("9823.5", "en")
    ('9.823', '9,823.5')
    """
    try:
        return format_decimal(value, locale=LOCALES[language])
    except (ValueError, ArithmeticError):
        return str(value)


def size_words(size: int, language: str) -> str:
    """Return a number of bytes as people write it, in thousands.

    >>> size_words(1_522_164, "de"), size_words(812, "en")
    ('1,5 MB', '812 B')
    """
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= worth:
            return f"{number_words(round(size / worth, 1), language)} {unit}"
    return f"{number_words(size, language)} B"


def quoted_words(text: str, language: str) -> str:
    """Return a text in quotation marks; markup stays markup.

    >>> quoted_words("nah", "de"), quoted_words("near", "en")
    ('„nah“', '“near”')
    """
    first, last = ("“", "”") if language == "en" else ("„", "“")
    return first + text + last


def date_words(text: str, language: str) -> str:
    """Return a day, a month or a year, never more exact than it was written.

    >>> date_words("2025-08-27", "de"), date_words("2025-08", "en"), date_words("2020", "de")
    ('27. August 2025', 'August 2025', '2020')
    """
    plain = _ZONE.sub("", text)
    locale = LOCALES[language]
    try:
        if re.fullmatch(r"\d{4}-\d\d", plain):
            return format_date(date.fromisoformat(plain + "-01"), "MMMM y", locale=locale)
        if re.match(r"\d{4}-\d\d-\d\d", plain):
            return format_date(date.fromisoformat(plain[:10]), "long", locale=locale)
    except ValueError:
        pass
    return text


def time_words(text: str, language: str) -> str:
    """Return a time of day.

    >>> time_words("14:30:00", "de")
    '14:30'
    """
    try:
        return format_time(time.fromisoformat(_ZONE.sub("", text)), "short", locale=LOCALES[language])
    except ValueError:
        return text


def moment_words(text: str, language: str) -> str:
    """Return day and time of an xsd:dateTime."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    return f"{format_date(moment, 'long', locale=LOCALES[language])}, {moment:%H:%M}"


def point_words(text: str, language: str) -> str:
    """Return a point as latitude and longitude; the text itself when it is no point.

    >>> point_words("POINT(6.9603 50.9375)", "en")
    '50.9375° N, 6.9603° E'
    """
    found = _POINT.fullmatch(text.strip())
    if not found:
        return text
    try:
        east, north = float(found[1]), float(found[2])
    except ValueError:
        return text
    letters = ("N", "S", "O" if language == "de" else "E", "W")
    return (
        f"{_degrees(abs(north), language)}° {letters[0 if north >= 0 else 1]}, "
        f"{_degrees(abs(east), language)}° {letters[2 if east >= 0 else 3]}"
    )


def literal_words(term: Term, language: str) -> str:
    """Return the value of a literal as people write it."""
    kind = term.datatype or ""
    if kind in NUMBERS:
        return number_words(term.value, language)
    if kind in (XSD + "date", XSD + "gYear", XSD + "gYearMonth"):
        return date_words(term.value, language)
    if kind == XSD + "time":
        return time_words(term.value, language)
    if kind == XSD + "dateTime":
        return moment_words(term.value, language)
    if kind == XSD + "boolean":
        return _("yes") if term.value in ("true", "1") else _("no")
    if kind == GEO + "wktLiteral":
        return point_words(term.value, language)
    return term.value


def span_words(start: str, end: str, language: str) -> str:
    """Return a time from start to end, either of which may be open."""
    if start and end:
        return f"{date_words(start, language)}–{date_words(end, language)}"
    if start:
        return _("since %(start)s", start=date_words(start, language))
    return _("until %(end)s", end=date_words(end, language)) if end else ""


def confidence_words(confidence: str) -> str:
    """Return how sure a source is."""
    return str(_CONFIDENCES.get(confidence, _UNRATED))


def _degrees(value: float, language: str) -> str:
    return format_decimal(round(value, 4), format="0.####", locale=LOCALES[language])
