"""SERVICE, which is refused here: for the names that Wikidata gives by it, another way is offered."""

from __future__ import annotations

from itertools import pairwise

from sorgenetz.insight.explain.clauses import closing
from sorgenetz.insight.explain.mend import Mend, Suggestion, mended
from sorgenetz.insight.explain.tokens import Token, read_all
from sorgenetz.insight.explain.torn import declared_in
from sorgenetz.insight.explain.unreadable import Failure, HowFar
from sorgenetz.names import RDFS

LABEL = "Label"


def asks_others(query: str, how_far: HowFar) -> Failure | None:
    """Return where a query asks another endpoint, and how it gets the names that it wanted of Wikidata's service."""
    tokens = read_all(query)
    at = next(
        (at for at, (one, other) in enumerate(pairwise(tokens)) if one.says("SERVICE") and other.kind != "end"), None
    )
    if at is None:
        return None
    name = tokens[at + 2 if tokens[at + 1].says("SILENT") else at + 1]
    culprit = (tokens[at].start, name.end)
    if not name.text.rstrip(">").endswith((":label", "wikiba.se/ontology#label")):
        return Failure("no-service", culprit)
    brace = next((i for i in range(at, len(tokens)) if tokens[i].text == "{"), len(tokens) - 1)
    span = (tokens[at].start, tokens[closing(tokens, brace)].end)
    prefix = next((key for key, value in declared_in(tokens).items() if value == RDFS), "")
    names = " ".join(f"OPTIONAL {{ ?{one} {prefix or 'rdfs'}:label ?{one}{LABEL} }}" for one in _named(tokens))
    mend = Mend(
        (*span, names), says="instead" if names else "without", prefixes=() if prefix or not names else ("rdfs",)
    )
    text = mended(query, mend)
    offered = (Suggestion(text, query[slice(*span)], names, -1, mend),) if how_far(text) == len(text) else ()
    return Failure("label-service", culprit, offered)


def _named(tokens: list[Token]) -> list[str]:
    """Return the variables whose names are asked for by another that is called so: ?x where there is ?xLabel."""
    variables = dict.fromkeys(token.text[1:] for token in tokens if token.kind == "variable")
    return [one for one in variables if one + LABEL in variables]
