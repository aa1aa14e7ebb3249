"""What a program asks of a question: values, language, page and format, read strictly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Request

from sorgenetz.errors import AddressTooLong, BadRequest
from sorgenetz.formats import HTML, QUESTION_FORMATS, Format, choose_format, format_named
from sorgenetz.insight.choices import by_name, example_of, refuse_strangers, what_fits
from sorgenetz.insight.reader import Reader
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.values import Parameter
from sorgenetz.names import XSD, short
from sorgenetz.terms import Term
from sorgenetz.web.negotiation import LANGUAGES, not_acceptable, reader_language
from sorgenetz.web.problems import shown
from sorgenetz.web.sparql_request import pairs_in_address

Values = dict[str, tuple[Term, ...] | None]
Given = dict[str, list[str]]
# Leaves a parameter open: whatever there is.
OPEN = "*"
MOST_ROWS = 10_000
LONGEST_NAME = 100
# The links of an answer repeat its address several times, and servers in between hold only so much of a header.
LONGEST_KB = 2


def _number(value: int) -> tuple[Term, ...]:
    return (Term("literal", str(value), datatype=XSD + "integer"),)


LANGUAGE = Parameter(
    "language", "string", "", "", {"de": "Sprache der Namen", "en": "Language of the names"},
    (Term("literal", LANGUAGES[0]),), LANGUAGES,
)  # fmt: skip
PAGE = Parameter("page", "integer", "", "", {"de": "Seite", "en": "Page"}, _number(1), (), 1, 1_000_000)
PER_PAGE = Parameter(
    "per_page", "integer", "", "", {"de": "Zeilen je Seite", "en": "Rows on a page"}, _number(MOST_ROWS), (), 1,
    MOST_ROWS,
)  # fmt: skip
FORMAT = Parameter("format", "string", "", "", {"de": "Format", "en": "Format"}, ())


@dataclass(frozen=True)
class Asked:
    """A question with the values given, None for one left open; `given` is all that the address says."""

    question: QueryFile
    values: Values
    language: str
    page: int
    per_page: int
    given: Given

    @property
    def query(self) -> str:
        """Return the query that answers it."""
        return self.question.with_values(self.values)

    @property
    def terms(self) -> Values:
        """Return the values of all parameters, also those that the address leaves out."""
        return {one.name: self.values.get(one.name, one.default or None) for one in self.question.parameters}

    def address(self, path: str, keep: Iterable[str] | None = None, page: int = 0) -> str:
        """Return where the same is asked at `path`: with the parameters to `keep` (all, if none are named)."""
        kept = {name: values for name, values in self.given.items() if keep is None or name in set(keep)}
        said = urlencode(kept | ({PAGE.name: page} if page else {}), doseq=True)
        return f"{path}?{said}" if said else path


def parameters_of(question: QueryFile) -> tuple[Parameter, ...]:
    """Return what may be given: the question's own parameters, the language of names, and which page."""
    own = question.parameters
    named = () if any(one.name == LANGUAGE.name for one in own) else (LANGUAGE,)
    return (*own, *named, PAGE, PER_PAGE)


def given_in(pairs: list[tuple[str, str]], known: Iterable[str]) -> Given:
    """Return the values of each parameter in an address; raises BadRequest for one that is not `known`."""
    known = tuple(known)
    found: Given = {}
    for name, value in pairs:
        if name not in known:
            raise unknown_parameter(name, value, known)
        found.setdefault(name, []).append(value)
    return found


def language_of(given: Given, request: Request) -> str:
    """Return the language that the address names, else the one the reader prefers; raises BadRequest."""
    said = _one(LANGUAGE, given)
    return LANGUAGE.term(said).value if said is not None else reader_language(request)


def read_asked(request: Request, reader: Reader, question: QueryFile, takes_format: bool) -> Asked:
    """Return what is asked; raises BadRequest, which names the parameter, what was given, and what is allowed.

    Raises AddressTooLong too.
    """
    known = [one.name for one in parameters_of(question)]
    given = given_in(pairs_in_address(request), (*known, FORMAT.name) if takes_format else known)
    language = language_of(given, request)
    values: Values = {}
    for parameter in question.parameters:
        if parameter.name == LANGUAGE.name:
            values[parameter.name] = (parameter.term(language),)
        elif parameter.name in given:
            values[parameter.name] = _terms(reader, parameter, given)
    page, per_page = _number_of(PAGE, given), _number_of(PER_PAGE, given)
    # What is wrong with the values is of more help to know than that there are many.
    if len(request.query_string) > LONGEST_KB * 1024:
        raise AddressTooLong(limit_kb=LONGEST_KB)
    return Asked(question, values, language, page, per_page, given)


def choose(request: Request, given: Given, ending: str, offered: tuple[Format, ...] = QUESTION_FORMATS) -> Format:
    """Return the format of the ending, of the parameter `format`, or of Accept, in this order.

    A page counts among those asked for by name or Accept. Raises NoCommonFormat, which lists what there is instead.
    """
    if ending:
        return next(fmt for fmt in offered if fmt.ending == ending)
    offered = (*offered, HTML)
    named, accept = _one(FORMAT, given), request.headers.get("Accept")
    chosen = choose_format(accept, offered) if named is None else format_named(named, offered)
    if chosen is None:
        raise not_acceptable(shown((accept if named is None else named) or ""), offered)
    return chosen


def unknown_parameter(name: str, value: str, known: Iterable[str]) -> BadRequest:
    """Return the error that lists the parameters there are."""
    named = ", ".join(known)
    return BadRequest(
        what_de=f"Einen Parameter „{shown(name)}“ gibt es hier nicht.",
        remedy_de=f"Es gibt: {named}.",
        what_en=f"There is no parameter “{shown(name)}” here.",
        remedy_en=f"There are: {named}.",
        parameter=shown(name),
        given=shown(value),
        allowed_de=f"Namen: {named}",
        allowed_en=f"names: {named}",
    )


def _one(parameter: Parameter, given: Given) -> str | None:
    """Return the only value given, None for none; raises BadRequest when there are several."""
    values = given.get(parameter.name, [])
    if len(values) > 1:
        raise BadRequest(
            what_de=f"Der Parameter „{parameter.name}“ ({parameter.label['de']}) steht {len(values)}-mal da.",
            remedy_de="Geben Sie ihn einmal an.",
            what_en=f"The parameter “{parameter.name}” ({parameter.label['en']}) is given {len(values)} times.",
            remedy_en="Give it once.",
            parameter=parameter.name,
            given=shown(", ".join(values)),
            allowed_de="ein Wert",
            allowed_en="one value",
        )
    return values[0] if values else None


def _number_of(parameter: Parameter, given: Given) -> int:
    said = _one(parameter, given)
    return int((parameter.default[0] if said is None else parameter.term(said)).value)


def _terms(reader: Reader, parameter: Parameter, given: Given) -> tuple[Term, ...] | None:
    """Return the values of a parameter that is given, None when it is left open."""
    texts = given[parameter.name] if parameter.takes_several else [_one(parameter, given) or ""]
    if parameter.type != "iri":
        return tuple(parameter.term(text) for text in texts)
    if texts == [OPEN] and not parameter.is_needed:
        return None
    terms = tuple(_thing(reader, parameter, text) for text in texts)
    refuse_strangers(reader, parameter, [term.value for term in terms])
    return terms


def _thing(reader: Reader, parameter: Parameter, text: str) -> Term:
    """Return the thing of this IRI; raises BadRequest, which says what the name of a thing would have to be."""
    try:
        return parameter.term(text)
    except BadRequest:
        meant = by_name(reader, text, parameter) if len(text) <= LONGEST_NAME else text
        example = example_of(parameter) if meant == text else short(meant)
        raise parameter.wrong(text, what_fits(reader, parameter), example) from None
