"""The header of a .rq file: its `#+ field: value` lines, and the parameters they declare."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sorgenetz.errors import BadQueryFile
from sorgenetz.names import PREFIXES

TYPES = ("iri", "string", "integer", "decimal", "date")
FIELDS = (
    "title-de", "title-en", "description-de", "description-en", "tags", "parameter",
    "message-de", "message-en", "remedy-de", "remedy-en", "severity", "rule",
    "standard", "see-also", "vocabulary", "formats", "things", "lists",
)  # fmt: skip
REQUIRED = {
    "questions": ("title-de", "title-en", "description-de", "description-en", "tags"),
    "checks": ("title-de", "title-en"),
    "derive": ("title-de", "title-en"),
    "pages": ("title-en",),
    "profiles": ("title-de", "title-en", "description-de", "description-en", "formats"),
}
_LINE = re.compile(r"#\+\s*([a-z-]+)\s*:\s*(.*)")
_PIECE = re.compile(r'([a-z-]+)=(?:<([^<>\s]*)>|"([^"]*)"|([A-Za-z-]+):([A-Za-z0-9-]+))|(\S+)')


@dataclass(frozen=True)
class Declared:
    """One `#+ parameter:` line, read."""

    name: str
    type: str
    scheme: str
    of_class: str
    label: dict[str, str]
    line: int
    one_of: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Header:
    """All that the header of a file says: the text of each field, and its parameters in order."""

    fields: dict[str, str]
    parameters: tuple[Declared, ...]


def read_header(text: str, file: str, kind: str) -> Header:
    """Return the header at the top of `text`; `kind` is the folder ("questions", "pages", …) with its demands.

    Raises BadQueryFile, which names the file and the line.
    """
    fields: dict[str, str] = {}
    parameters: list[Declared] = []
    number = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            break
        found = _LINE.fullmatch(line.rstrip())
        if not found or not found[2]:
            raise _bad(file, number, "erwartet wird „#+ feld: wert“", "expected is “#+ field: value”")
        name, value = found[1], found[2]
        if name not in FIELDS:
            raise _bad(file, number, f"das Feld „{name}“ gibt es nicht", f"there is no field “{name}”")
        if name == "parameter":
            parameters.append(_read_parameter(value, file, number, kind))
        elif name in fields:
            raise _bad(file, number, f"„{name}“ steht zweimal da", f"“{name}” is given twice")
        else:
            fields[name] = value
    for name in REQUIRED.get(kind, ()):
        if name not in fields:
            raise _bad(file, max(number, 1), f"vor dieser Zeile fehlt „#+ {name}: …“",
                       f"“#+ {name}: …” is missing before this line")  # fmt: skip
    names = [item.name for item in parameters]
    for item in parameters:
        if names.count(item.name) > 1:
            raise _bad(file, item.line, f"den Parameter „{item.name}“ gibt es zweimal",
                       f"the parameter “{item.name}” is declared twice")  # fmt: skip
    return Header(fields, tuple(parameters))


def _read_parameter(value: str, file: str, line: int, kind: str) -> Declared:
    words: list[str] = []
    options: dict[str, str] = {}
    for key, bracketed, quoted, prefix, local, word in _PIECE.findall(value):
        if word:
            words.append(word)
        elif prefix:
            if prefix not in PREFIXES:
                raise _bad(file, line, f"das Präfix „{prefix}“ gibt es nicht", f"there is no prefix “{prefix}”")
            options[key] = PREFIXES[prefix] + local
        else:
            options[key] = bracketed or quoted
    is_needed = words[2:] == ["needed"]
    words = words[:2] if is_needed else words
    if len(words) != 2 or words[1] not in TYPES or not re.fullmatch(r"[a-z][A-Za-z0-9_]*", words[0]):
        raise _bad(file, line, f"ein Parameter braucht Namen und Typ ({', '.join(TYPES)})",
                   f"a parameter needs a name and a type ({', '.join(TYPES)})")  # fmt: skip
    unknown = set(options) - {"scheme", "class", "one-of", "label-de", "label-en"}
    if unknown:
        name = sorted(unknown)[0]
        raise _bad(file, line, f"„{name}“ gibt es bei Parametern nicht", f"parameters have no “{name}”")
    if words[1] != "iri" and ("scheme" in options or "class" in options):
        raise _bad(file, line, "scheme und class gibt es nur beim Typ iri", "scheme and class go with type iri only")
    if words[1] != "string" and "one-of" in options:
        raise _bad(file, line, "one-of gibt es nur beim Typ string", "one-of goes with type string only")
    label = {language: options.get(f"label-{language}", "") for language in ("de", "en")}
    if kind == "questions" and not all(label.values()):
        raise _bad(file, line, "ein Parameter braucht label-de und label-en", "a parameter needs label-de and label-en")
    return Declared(
        words[0], words[1], options.get("scheme", ""), options.get("class", ""),
        {language: text or words[0] for language, text in label.items()}, line,
        tuple(options.get("one-of", "").split()), is_needed,
    )  # fmt: skip


def _bad(file: str, line: int, what_de: str, what_en: str) -> BadQueryFile:
    return BadQueryFile(file=file, line=line, what_de=what_de, what_en=what_en)
