"""The shapes of what these addresses take and send, as JSON Schema (2020-12, the dialect of OpenAPI 3.1)."""

from __future__ import annotations

from flask_babel import gettext as _

from sorgenetz.insight.choices import MOST_NAMED, choices_of
from sorgenetz.insight.reader import Reader
from sorgenetz.library.values import DIGITS, Parameter
from sorgenetz.names import short
from sorgenetz.web.api.asked import FORMAT, LANGUAGE, OPEN

Members = dict[str, object]
KINDS: dict[str, Members] = {
    "iri": {"type": "string", "format": "iri"},
    "string": {"type": "string"},
    "integer": {"type": "integer", "exclusiveMinimum": -(10**DIGITS), "exclusiveMaximum": 10**DIGITS},
    "decimal": {"type": "number", "exclusiveMinimum": -(10**DIGITS), "exclusiveMaximum": 10**DIGITS},
    "date": {"type": "string", "format": "date"},
}


def parameter_of(parameter: Parameter, reader: Reader) -> Members:
    """Return a parameter of a question as OpenAPI describes it."""
    default = [_plain(parameter, term.value) for term in parameter.default]
    schema = KINDS[parameter.type] | {}
    said = [parameter.label[reader.language] + "."]
    if parameter.type == "iri":
        said.append(_belongs_to(parameter, reader))
        found = choices_of(reader, parameter, MOST_NAMED)
        if found:
            schema = {
                "type": "string",
                "enum": [*(one.iri for one in found), *([] if parameter.is_needed else [OPEN])],
                "x-enumDescriptions": {one.iri: one.label for one in found},
            }
        elif parameter.of_class:
            schema["x-class"] = parameter.of_class
    elif parameter.one_of:
        schema["enum"] = list(parameter.one_of)
    if parameter.name == LANGUAGE.name:
        said.append(_("Without it, what Accept-Language prefers counts."))
    if parameter.least is not None:
        schema |= {"minimum": parameter.least, "maximum": parameter.most}
    if parameter.takes_several:
        schema = {"type": "array", "items": schema, "minItems": 1}
    if default:
        schema["default"] = default if parameter.takes_several else default[0]
    return {
        "name": parameter.name,
        "in": "query",
        "description": " ".join(filter(None, said)),
        "schema": schema,
        **({"example": schema["default"]} if default else {}),
    }


def format_parameter(names: tuple[str, ...]) -> Members:
    """Return the parameter that names the format, for clients that cannot set Accept."""
    return {
        "name": FORMAT.name,
        "in": "query",
        "description": _("The format, in place of Accept. An ending of the address says it too."),
        "schema": {"type": "string", "enum": list(names)},
    }


def _belongs_to(parameter: Parameter, reader: Reader) -> str:
    """Return in words what an IRI has to be, and what else may stand there."""
    whole = parameter.scheme or parameter.of_class
    if parameter.scheme:
        said = _("The IRI of a concept of %(scheme)s.", scheme=short(whole))
    elif whole:
        label = reader.vocabulary.label(whole, reader.language)
        said = _("The IRI of a thing of the class %(label)s (%(name)s).", label=label, name=short(whole))
    else:
        said = _("The IRI of any thing.")
    said = f"{said} " + _("It may be shortened (%(example)s).", example=_example(parameter))
    return said if parameter.is_needed else said + " " + _("* leaves it open.")


def _example(parameter: Parameter) -> str:
    return short(parameter.default[0].value) if parameter.default else "initiative:alia"


def _plain(parameter: Parameter, value: str) -> object:
    readers = {"integer": int, "decimal": float}
    return readers[parameter.type](value) if parameter.type in readers else value


def components() -> Members:
    """Return the shapes that several addresses share."""
    text, words = {"type": "string"}, {"type": ["string", "null"]}
    release = record(
        {"name": text, "number": {"type": "integer"}, "created": {"type": "string", "format": "date-time"}}
    )
    cell = record(
        {
            "type": {"enum": ["iri", "literal", "bnode"]},
            "value": {"type": ["string", "number", "boolean"]},
            "label": words | {"description": _("The name of a thing; null when the graph has none.")},
            "label_lang": text | {"description": _("The language of the name where it is not the one asked for.")},
            "lang": text | {"description": _("The language of a text.")},
            "datatype": text | {"description": _("The datatype of a literal that is no plain text.")},
        },
        ("type", "value"),
    )
    cell["description"] = _("One cell. Numbers and truth values are those of JSON where JSON says exactly the same.")
    cell_or_null = {"anyOf": [ref("Cell"), {"type": "null"}]}
    origin = {"release": ref("Release"), "license": text, "language": {"enum": ["de", "en"]}}
    about = {"question": text, "iri": text, "title": text, "description": text}
    whole_number = {"type": "integer", "minimum": 0}
    answer = record({
        **about, **origin,
        "parameters": {"type": "object", "additionalProperties": {"anyOf": [
            *cell_or_null["anyOf"], {"type": "array", "items": ref("Cell")},
        ]}},
        "columns": {"type": "array", "items": record({"name": text, "heading": text})},
        "total": whole_number, "page": whole_number, "per_page": whole_number, "pages": whole_number,
        "rows": {"type": "array", "items": {"type": "object", "additionalProperties": cell_or_null}},
    })  # fmt: skip
    answer["description"] = _("An answer. A cell is null where nothing is stated: that is not known, never none.")
    parameter = record({
        "name": text, "label": text, "type": {"enum": list(KINDS)}, "class": words, "scheme": words,
        "least": {"type": ["integer", "null"]}, "most": {"type": ["integer", "null"]}, "several": {"type": "boolean"},
        "default": True, "choices": {"type": ["array", "null"], "items": record({"value": text, "label": text})},
    })  # fmt: skip
    question = record({
        **about, "tags": {"type": "array", "items": text}, "address": text, "page": text,
        "parameters": {"type": "array", "items": parameter},
    })  # fmt: skip
    questions = record({**origin, "total": whole_number, "questions": {"type": "array", "items": question}})
    return {"Release": release, "Cell": cell, "Answer": answer, "Questions": questions, "Problem": _problem(text)}


def _problem(text: Members) -> Members:
    """Return the shape of an error (RFC 9457)."""
    problem = record(
        {
            "type": text, "title": text, "status": {"type": "integer"}, "detail": text, "remedy": text,
            "detail_de": text, "detail_en": text,
            "parameter": text | {"description": _("The parameter that is wrong.")},
            "given": text | {"description": _("What was given for it, shortened.")},
            "allowed": text | {"description": _("What is allowed, in words.")},
            "offered": {"type": "array", "items": text, "description": _("What there is instead.")},
        },
        ("type", "title", "status", "detail", "remedy", "detail_de", "detail_en"),
    )  # fmt: skip
    return problem | {"description": _("What went wrong, and what to do (RFC 9457); some kinds have more members.")}


def record(properties: Members, required: tuple[str, ...] | None = None) -> Members:
    """Return the shape of an object with these members, all of them required if not told otherwise."""
    return {"type": "object", "properties": properties, "required": list(properties if required is None else required)}


def ref(name: str) -> Members:
    return {"$ref": f"#/components/schemas/{name}"}
