"""Values for parameters: what a reader typed becomes a term of the declared type, or an error that helps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext

from sorgenetz.errors import BadRequest
from sorgenetz.names import ID, PREFIXES, XSD
from sorgenetz.terms import Term, checked_iri

TYPE_WORDS = {
    "iri": ("eine IRI", "an IRI", ID + "barrier/language"),
    "string": ("ein Text", "a text", "Sprachmittlung"),
    "integer": ("eine ganze Zahl", "a whole number", "50"),
    "decimal": ("eine Zahl mit Punkt", "a number with a point", "7.5"),
    "date": ("ein Datum", "a date", "2025-08-27"),
}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")
# What an engine holds of a decimal: 18 digits before the point, and 18 after it.
DIGITS = 18
_CURIE = re.compile(r"([a-z-]+):([A-Za-z0-9][A-Za-z0-9-]*)")

Value = Term | str | int | Decimal | float | date | None


@dataclass(frozen=True)
class Parameter:
    """A gap in a query: its name without question mark, its type, what it stands for, and what stands there now.

    `scheme` or `of_class` (an IRI, or empty) say what an IRI given here has to belong to; whoever has the data checks.
    `default` is empty when the gap is left open (UNDEF). `one_of` names the only texts there may be, `least` and `most`
    the only numbers, where not all are possible. One that `is_needed` cannot be left open.
    """

    name: str
    type: str
    scheme: str
    of_class: str
    label: dict[str, str]
    default: tuple[Term, ...]
    one_of: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    is_needed: bool = False

    @property
    def takes_several(self) -> bool:
        """Tell whether several values make sense, as in what the file has."""
        return len(self.default) > 1

    def term(self, value: Value) -> Term:
        """Return `value` as a term of this parameter's type.

        An IRI may be shortened with a prefix of the project ("barrier:language").
        Raises BadRequest, which names the parameter, its type and an example.
        """
        if isinstance(value, Term):
            if (value.kind == "uri") != (self.type == "iri") or value.kind == "bnode":
                raise self._wrong(value.value)
            if self.type != "string":
                return self.term(value.value)
            value.n3()
            return self._within(value)
        if isinstance(value, bool) or value is None:
            raise self._wrong(str(value))
        text = (value.isoformat() if isinstance(value, date) else str(value)) if self.type != "string" else value
        if not isinstance(text, str):
            raise self._wrong(str(text))
        reader = {"iri": _iri, "string": _string, "integer": _integer, "decimal": _decimal, "date": _date}[self.type]
        try:
            term = reader(text)
        except (ValueError, BadRequest):
            raise self._wrong(text) from None
        return self._within(term)

    def between_braces(self, value: Value | Iterable[Value]) -> str:
        """Return what stands between the braces of this parameter's VALUES line; None leaves it open, where it may."""
        if value is None:
            if self.is_needed:
                raise self._wrong("*")
            return "UNDEF"
        many = [value] if isinstance(value, Term | str | int | Decimal | float | date) else list(value)
        return " ".join(self.term(one).n3() for one in many)

    def wrong(self, given: str, allowed: tuple[str, str], example: str) -> BadRequest:
        """Return the error that says what was given for this parameter, and what is allowed (in German and English)."""
        shown = given if given.isprintable() else ascii(given)
        shown = shown if len(shown) <= 80 else shown[:79] + "…"
        return BadRequest(
            what_de=f"Der Parameter „{self.name}“ ({self.label['de']}) hat den Wert „{shown}“; "
            f"erwartet wird {allowed[0]} (Typ {self.type}).",
            remedy_de=f"Schreiben Sie ihn zum Beispiel so: {example}",
            what_en=f"The parameter “{self.name}” ({self.label['en']}) has the value “{shown}”; "
            f"expected is {allowed[1]} (type {self.type}).",
            remedy_en=f"Write it like this, for example: {example}",
            parameter=self.name,
            given=shown,
            allowed_de=allowed[0],
            allowed_en=allowed[1],
        )

    @property
    def allowed(self) -> tuple[str, str]:
        """Return in German and English what may be given, as far as that can be said without the data."""
        if self.one_of:
            return f"eines von {', '.join(self.one_of)}", f"one of {', '.join(self.one_of)}"
        words_de, words_en, _ = TYPE_WORDS[self.type]
        if self.least is not None and self.most is not None:
            return f"{words_de} von {self.least} bis {self.most}", f"{words_en} from {self.least} to {self.most}"
        return words_de, words_en

    def _wrong(self, given: str) -> BadRequest:
        return self.wrong(given, self.allowed, self.one_of[0] if self.one_of else TYPE_WORDS[self.type][2])

    def _within(self, term: Term) -> Term:
        """Return a term of the right type that is one of those there may be."""
        too_small = self.least is not None and int(term.value) < self.least
        too_large = self.most is not None and int(term.value) > self.most
        if too_small or too_large or (self.one_of and term.value not in self.one_of):
            raise self._wrong(term.value)
        return term


def _iri(text: str) -> Term:
    found = _CURIE.fullmatch(text.strip())
    if found and found[1] in PREFIXES:
        return Term("uri", PREFIXES[found[1]] + found[2])
    return Term("uri", checked_iri(text.strip()))


def _string(text: str) -> Term:
    term = Term("literal", text)
    term.n3()
    return term


def _integer(text: str) -> Term:
    if not _INTEGER.fullmatch(text.strip()):
        raise ValueError(text)
    return Term("literal", str(int(text)), datatype=XSD + "integer")


def _decimal(text: str) -> Term:
    if not _DECIMAL.fullmatch(text.strip()):
        raise ValueError(text)
    value = Decimal(text.strip())
    if value.copy_abs() >= 10**DIGITS:
        raise ValueError(text)
    if value.as_tuple().exponent < -DIGITS:
        with localcontext(prec=4 * DIGITS):
            value = round(value, DIGITS)
    return Term("literal", format(value, "f"), datatype=XSD + "decimal")


def _date(text: str) -> Term:
    day = datetime.strptime(text.strip(), "%Y-%m-%d").date()
    return Term("literal", day.isoformat(), datatype=XSD + "date")
