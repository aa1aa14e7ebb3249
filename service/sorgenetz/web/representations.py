"""The bytes of a document about a thing, in a profile and a format."""

from __future__ import annotations

import json

from markupsafe import Markup

from sorgenetz.formats import JSON_LD, PLAIN_JSON, Format
from sorgenetz.insight.plain_json import linked_tree, nodes_of, page_tree, record_tree
from sorgenetz.insight.profiles import Profile
from sorgenetz.names import BASE, ID
from sorgenetz.web.services import Services

# Escaped, they can neither end a script element nor open a comment in it, and JSON reads them as before.
_DANGEROUS = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def data_of(at: Services, profile: Profile, fmt: Format, topic: str, document: str, language: str) -> tuple[bytes, str]:
    """Return the document and the name of the release it is from; `language` matters for plain JSON only."""
    query = profile.query.with_values(profile.values(topic, document))
    if fmt is PLAIN_JSON:
        answer = at.engine.answer(query, JSON_LD.key)
        tree = record_tree(nodes_of(answer.body), topic, profile.vocabulary, profile.lists, language)
    elif fmt is JSON_LD and profile.vocabulary:
        answer = at.engine.answer(query, JSON_LD.key)
        tree = linked_tree(nodes_of(answer.body), topic, profile.vocabulary)
    else:
        answer = at.engine.answer(query, fmt.key)
        return answer.body, answer.release
    return json.dumps(tree, ensure_ascii=False, indent=1).encode() + b"\n", answer.release


def embedded(at: Services, topic: str, language: str) -> Markup:
    """Return what the page about a thing tells machines (JSON-LD in schema.org), to stand in a script element.

    Empty for things of other houses, and where schema.org has no word for what the thing is.
    """
    if not topic.startswith(ID):
        return Markup("")
    profile = Profile(at.library.profile("schema"))
    values = profile.values(topic, f"{BASE}doc/{topic.removeprefix(ID)}")
    nodes = nodes_of(at.engine.answer(profile.query.with_values(values), JSON_LD.key).body)
    if "@type" not in nodes.get(topic, {}):
        return Markup("")
    return in_script(page_tree(nodes, topic, language))


def in_script(tree: object) -> Markup:
    """Return JSON that no text in it can lead out of a script element.

    >>> in_script({"name": "</script><b>"})
    Markup('{"name":"\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}')
    """
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_DANGEROUS))
