"""A graph as plain nested JSON: JSON-LD with short keys, the same for web pages, and records with identifiers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from uuid import NAMESPACE_URL, uuid5

from sorgenetz.names import RDF, XSD

Nodes = dict[str, dict[str, list[object]]]
SCHEMA_ORG = "https://schema.org/"
ADDRESSES = ("url", "sameAs", "license", "subjectOf")
_NUMBERS = {XSD + "integer": int, XSD + "decimal": float, XSD + "double": float}


def nodes_of(expanded: bytes) -> Nodes:
    """Return the nodes of an expanded JSON-LD document by their identifiers."""
    nodes = {node.pop("@id"): node for node in json.loads(expanded)}
    for node in nodes.values():
        # The engine writes classes as it writes any property.
        kinds = [kind["@id"] for kind in node.pop(RDF + "type", [])] + node.get("@type", [])
        if kinds:
            node["@type"] = kinds
    return nodes


def linked_tree(nodes: Nodes, root: str, vocabulary: str) -> dict[str, object]:
    """Return the whole graph as JSON-LD that needs nothing fetched: keys are names of `vocabulary`, `root` is on top.

    What a node names is nested where it is named first. What `root` does not lead to follows in a list of its own.
    """
    told: set[str] = set()
    top = _linked(nodes, root, vocabulary, told, _exact)
    rest = []
    for name in sorted(nodes):
        if name not in told:
            rest.append(_linked(nodes, name, vocabulary, told, _exact))
    context = {"@context": {"@vocab": vocabulary}}
    return {**context, "@graph": [top, *rest]} if rest else {**context, **top}


def page_tree(nodes: Nodes, root: str, language: str) -> dict[str, object]:
    """Return what web pages embed (schema.org): as `linked_tree`, with plain values and texts in one language."""
    return {
        "@context": SCHEMA_ORG,
        **_linked(nodes, root, SCHEMA_ORG, set(), lambda key, values: _plain(key, values, language)),
    }


def record_tree(
    nodes: Nodes, root: str, vocabulary: str, lists: Iterable[str], language: str, above: tuple[str, ...] = ()
) -> dict[str, object]:
    """Return a record for readers who know no RDF: each node has an `id`, a UUID (RFC 9562, version 5) of its IRI.

    Keys that end with `_id` refer to such an identifier. A key has a list only when it is among `lists`; elsewhere
    several texts become one, parted by semicolons, and of several other values none is chosen: the key is left out.
    """
    record: dict[str, object] = {"id": identifier(root)}
    for key, values in sorted(_short(nodes.get(root, {}), vocabulary)):
        found: list[object] = []
        for value in values:
            iri = value.get("@id") if isinstance(value, dict) else None
            if iri is None:
                continue
            if key.endswith("_id"):
                found.append(identifier(iri))
            elif iri not in above:
                found.append(record_tree(nodes, iri, vocabulary, lists, language, (*above, root)))
        found += _plain(key, [value for value in values if not (isinstance(value, dict) and "@id" in value)], language)
        if key in lists:
            record[key] = found
        elif len(found) == 1:
            record[key] = found[0]
        elif not key.endswith("_id") and all(isinstance(one, str) for one in found):
            record[key] = "; ".join(sorted(found))  # type: ignore[type-var]
    return record


def identifier(iri: str) -> str:
    """Return the UUID that always stands for this IRI.

    >>> identifier("https://w3id.org/sorgenetz/id/initiative/alia")
    '3a2db09a-7e47-5e3a-88ae-29897770cc04'
    """
    return str(uuid5(NAMESPACE_URL, iri))


def _linked(
    nodes: Nodes, name: str, vocabulary: str, told: set[str], write: Callable[[str, list[object]], list[object]]
) -> dict[str, object]:
    told.add(name)
    node = nodes.get(name, {})
    tree: dict[str, object] = {}
    if "@type" in node:
        tree["@type"] = _one_or_more(sorted(str(kind).removeprefix(vocabulary) for kind in node["@type"]))
    tree["@id"] = name
    for key, values in sorted(_short(node, vocabulary)):
        found: list[object] = []
        for value in sorted(values, key=lambda one: json.dumps(one, sort_keys=True)):
            iri = value.get("@id") if isinstance(value, dict) else None
            if iri is not None and iri in nodes and iri not in told:
                found.append(_linked(nodes, iri, vocabulary, told, write))
            elif iri is not None:
                found += write(key, [value])
        texts = [value for value in values if not (isinstance(value, dict) and "@id" in value)]
        found += write(key, sorted(texts, key=lambda one: json.dumps(one, sort_keys=True)))
        if found:
            tree[key] = _one_or_more(found)
    return tree


def _short(node: dict[str, list[object]], vocabulary: str) -> list[tuple[str, list[object]]]:
    return [(key.removeprefix(vocabulary), values) for key, values in node.items() if not key.startswith("@")]


def _exact(key: str, values: list[object]) -> list[object]:
    return values


def _plain(key: str, values: list[object], language: str) -> list[object]:
    """Return values without their types, and of texts in several languages those in one."""
    tongues = {str(value.get("@language")) for value in values if isinstance(value, dict) and "@language" in value}
    chosen = next((one for one in (language, "de", "en", *sorted(tongues)) if one in tongues), None)
    found: list[object] = []
    for value in values:
        if not isinstance(value, dict):
            found.append(value)
        elif "@id" in value:
            found.append(value["@id"] if key in ADDRESSES else value)
        elif value.get("@language", chosen) == chosen:
            found.append(_native(value))
    return found


def _native(value: dict[str, object]) -> object:
    plain = value["@value"]
    if isinstance(plain, str) and value.get("@type") == XSD + "boolean":
        return plain in ("true", "1")
    if isinstance(plain, str) and value.get("@type") in _NUMBERS:
        return _NUMBERS[str(value["@type"])](plain)
    return plain


def _one_or_more(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values
