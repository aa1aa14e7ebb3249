"""An explanation in German or English; `…` marks what is to be read as part of a query."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sorgenetz.insight.explain.explain import Explanation
from sorgenetz.insight.explain.known import name_of
from sorgenetz.insight.explain.mend import Suggestion
from sorgenetz.insight.explain.several import shown
from sorgenetz.insight.reader import Reader
from sorgenetz.names import PREFIXES, short
from sorgenetz.terms import Term

SHOWN_CHARACTERS = 160


@cache
def _all_words() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def reasons() -> tuple[str, ...]:
    """Return every reason there is."""
    return tuple(_all_words()["reasons"])


def sentences(reader: Reader, found: Explanation, language: str) -> list[str]:
    """Return what emptied or ended the query, one sentence after the other."""
    said = [_say("reasons", one.reason, language, _gaps(reader, one, language)) for one in (found, *found.further)]
    if found.details.get("graph"):
        chosen = f"{found.details['parameter']}={found.details['graph']}"
        said.append(_say("pieces", "request", language, {"chosen": chosen}))
    if found.details.get("range"):
        least, most = (_value(term) for term in found.details["range"])
        name = next(iter(found.details["values"]), "")
        said.append(_say("pieces", "range", language, {"name": name, "least": least, "most": most}))
    for name, values in _values_told(found).items():
        shown = ", ".join(f"`{_value(term)}` ({_times(n, language)})" for term, n in values[:3])
        said.append(_say("pieces", "values", language, {"name": name, "values": shown}))
    if found.details.get("has") and not found.suggestions:
        said.append(_say("pieces", "has", language, {"names": _listed(map(short, found.details["has"]), language)}))
    if not found.complete and found.reason != "not-readable":
        said.append(_say("pieces", "spent", language, {}))
    return list(dict.fromkeys(said))


def _gaps(reader: Reader, found: Explanation, language: str) -> dict[str, object]:
    return {
        "term": _one_line(found.culprit or short(found.iri)),
        "label": _in_brackets([name_of(reader, found.iri, language)]),
        "with": _listed((_one_line(found.query[start:end]) for start, end in found.details.get("with", ())), language),
        "class": short(str(found.details.get("class", ""))),
        "owners": _owners(found.details.get("owners", ()), language),
        "variable": found.details.get("variable", ""),
        "named": "named-graph-uri" if found.details.get("parameter") else "FROM NAMED",
        "plain": "default-graph-uri" if found.details.get("parameter") else "FROM",
        "rows": number(int(found.details.get("rows", 0)), language),
    }


def offer(reader: Reader, one: Suggestion, language: str) -> str:
    """Return what a suggestion changes, as a sentence."""
    uses = _times(one.mend.uses, language) if one.mend.uses else ""
    prefix = one.mend.prefixes[0] if one.mend.prefixes else ""
    gaps = {
        "new": _one_line(one.new.strip()),
        "old": _one_line(one.old.strip()),
        "about": _in_brackets([name_of(reader, one.mend.iri, language), uses]),
        "changes": _listed(dict.fromkeys(_one_line(text) for text in map(shown, one.mend.parts) if text), language),
        "line": f"PREFIX {prefix}: <{PREFIXES.get(prefix, '')}>",
    }
    return _say("offers", one.mend.says, language, gaps)


def plain(sentence: str) -> str:
    """Return a sentence without its marks."""
    return sentence.replace("`", "")


def number(value: int, language: str) -> str:
    """Return a number with its thousands set apart.

    >>> number(12345, "de"), number(12345, "en")
    ('12.345', '12,345')
    """
    text = f"{value:,}"
    return text if language == "en" else text.replace(",", ".")


def _values_told(found: Explanation) -> dict[str, list[tuple[Term, int]]]:
    """Return the values worth telling: not those of a range, which says more."""
    return {} if found.details.get("range") else found.details.get("values", {})


def _say(section: str, key: str, language: str, gaps: dict[str, object]) -> str:
    return _all_words()[section][key]["en" if language == "en" else "de"].format_map(gaps)


def _times(count: int, language: str) -> str:
    return _say("pieces", "once" if count == 1 else "times", language, {"n": number(count, language)})


def _in_brackets(parts: Iterable[str]) -> str:
    kept = ", ".join(part for part in parts if part)
    return f" ({kept})" if kept else ""


def _owners(iris: Iterable[str], language: str) -> str:
    names = _listed((short(iri) for iri in iris), language)
    return _say("pieces", "owners", language, {"names": names}) if names else ""


def _listed(texts: Iterable[str], language: str) -> str:
    marked = [f"`{text}`" for text in texts]
    if len(marked) < 2:
        return "".join(marked)
    return ", ".join(marked[:-1]) + f" {_say('pieces', 'and', language, {})} {marked[-1]}"


def _value(term: Term) -> str:
    return _one_line(short(term.value) if term.kind == "uri" else term.n3() if term.lang else term.value)


def _one_line(text: str) -> str:
    """Return a text in one line, cut where it is long, and without the sign that marks it."""
    line = " ".join(text.replace("`", "'").split())
    return line if len(line) <= SHOWN_CHARACTERS else line[: SHOWN_CHARACTERS - 1] + "…"
