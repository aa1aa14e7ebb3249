"""The words of a workbook in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import pgettext

from sorgenetz.insight.answers import Whole
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.results.cells import Tally
from sorgenetz.insight.results.meanings import Meaning, is_ours, meanings
from sorgenetz.insight.results.workbook import Line, Words
from sorgenetz.names import short
from sorgenetz.web.property_words import property_words
from sorgenetz.web.wording import date_words


def workbook_words(reader: Reader, whole: Whole, query: str, endpoint: str, created: str) -> Words:
    """Return the names of the sheets, the heads of the codebook, and what the last sheet says."""
    lines = [
        *origin_lines(reader, _("The answer to a query, from Sorgenetz"), whole.release, created),
        Line(_("Endpoint"), endpoint),
        Line(_("Rows"), str(whole.total)),
        Line(_("Cells"), _("Numbers, days and yes or no are typed where Excel holds them exactly. All else is text.")),
        Line(_("Query"), query),
    ]
    heads = (_("Column"), _("Meaning"), _("Type"), _("Language"), _("Filled"), _("Empty"), _("Example"))
    return Words(_("Data"), _("Codebook"), _("About"), heads, tuple(lines))


def origin_lines(reader: Reader, what: str, release: str, created: str) -> list[Line]:
    """Return what a workbook is, and the release, the licence and the source notes of what is in it."""
    lines = [
        Line(_("What this is"), what),
        Line(_("Release"), f"{release}, {date_words(created[:10], reader.language)}"),
    ]
    if reader.vocabulary.is_ours:
        lines.append(Line(_("Licence"), "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"))
        said = [row["note"] for row in reader.ask("source-notes")]
        notes = sorted({note.value for note in said if note.lang in (None, reader.language)})
        lines += [Line(_("Source note"), note) for note in notes]
    return lines


def heading_words(reader: Reader, whole: Whole, query: str) -> dict[str, str]:
    """Return what the columns of a query of ours hold, by their headings."""
    found = {name: reader.library.heading(name, reader.language) for name in whole.columns}
    return {name: heading for name, heading in found.items() if heading != name}


def meaning_words(reader: Reader, whole: Whole, query: str) -> dict[str, str]:
    """Return what the columns of anybody's query hold, as far as the query says it."""
    if whole.form != "select":
        words = {"subject": pgettext("statement", "Subject"), "predicate": _("Predicate"), "object": _("Object")}
        return {name: words.get(name, name) for name in whole.columns}
    if is_ours(reader, query):
        return heading_words(reader, whole, query)
    return {name: "; ".join(map(_told, found)) for name, found in meanings(reader, query).items()}


def _told(one: Meaning) -> str:
    label = property_words(one.iri, one.label)
    return _("%(property)s (of ?%(thing)s)", property=label, thing=one.of) if one.of else label


def codebook_line(tally: Tally, words: Mapping[str, str]) -> tuple[object, ...]:
    """Return what the codebook says of a column; `words` are the meanings of columns."""
    meaning = words.get(tally.name) or _("named in the query only")
    types = [_("IRI")] if tally.sorts["iri"] else []
    types += [_("a thing without a name")] if tally.sorts["bnode"] else []
    types += [_("text with language")] if tally.languages else []
    types += [short(datatype) for datatype in sorted(tally.datatypes)]
    example = tally.example.value if tally.example else ""
    return (
        tally.name, meaning, ", ".join(types), ", ".join(sorted(tally.languages)), tally.filled, tally.empty,
        example if len(example) <= 200 else example[:199] + "…",
    )  # fmt: skip
