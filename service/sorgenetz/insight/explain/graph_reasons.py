"""Graphs that do not say what they are asked: by FROM, FROM NAMED and GRAPH, or as the request chose them."""

from __future__ import annotations

from dataclasses import replace

from sorgenetz.insight.explain.culprit import Finding
from sorgenetz.insight.explain.mend import MOST_TRIED, Edit, Mend, absolute, edits_as_one, term_mend, written
from sorgenetz.insight.explain.sketch import GraphClause, Piece, Sketch
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import Token, read_all
from sorgenetz.terms import Term

PARAMETERS = {True: "named-graph-uri", False: "default-graph-uri"}


def unknown_graph(terms: Terms) -> Diagnosis | None:
    """Return the diagnosis that there is no such graph as one of those which are to be asked."""
    clauses = terms.probes.dataset
    uses = terms.uses([clause.graph for clause in clauses])
    clause = next((clause for clause in clauses if not uses[clause.graph].graph), None)
    if clause is None:
        return None
    found = terms.graph(clause.graph)
    return found if clause.end else replace(found, culprit=(0, 0), mends=[])


def dataset_reason(terms: Terms, found: Finding) -> Diagnosis | None:
    """Return that the graphs which are asked do not say what others do, when that is so."""
    node = found.graph.nodes[0] if found.graph else None
    named = node is not None
    asked = [clause for clause in terms.probes.dataset if clause.named == named]
    if node and node.name:
        return _not_chosen(terms, found, node.name, asked)
    if not terms.probes.holds(_pieces(found), found.around, everywhere=True):
        return None
    saying = _saying(terms, found, everywhere=True)
    if not asked:
        return _none_asked(terms, named, saying)
    details = _for_request(terms, named, saying)
    first = asked[0]
    mends = [term_mend(terms.sketch, first.graph, term.value, uses=n) for term, n in saying] if first.end else []
    if first.end and len(asked) == 1:
        iri = absolute(terms.sketch, first.graph)
        return Diagnosis("elsewhere", (first.graph.start, first.graph.end), mends, details, iri=iri)
    return Diagnosis("other-graphs", (first.start, asked[-1].end), mends, details)


def elsewhere(terms: Terms, found: Finding) -> Diagnosis:
    """Return the diagnosis that other graphs than the one of GRAPH say this, and which."""
    token = found.graph.nodes[0].name
    if token is None:
        return _in_several(terms, found)
    chosen = _iris(terms.sketch, terms.probes.dataset, named=True)
    saying, mends = _saying(terms, found, everywhere=True), []
    if not saying and not terms.probes.spent.left_open:
        return _in_several(terms, found)
    for term, n in saying:
        mend = term_mend(terms.sketch, token, term.value, uses=n)
        if terms.sketch.dataset and term.value not in chosen:
            added = _added(terms.sketch, [mend.edit[2]], named=True)
            mend = replace(mend, edit=edits_as_one(terms.sketch.source, [added, mend.edit]), says="instead")
        mends.append(mend)
    several = _of_several(terms.sketch, found.graph)
    mends = [*mends[: MOST_TRIED - len(several)], *several]
    return Diagnosis("elsewhere", (token.start, token.end), mends, iri=absolute(terms.sketch, token))


def _in_several(terms: Terms, found: Finding) -> Diagnosis:
    """Return the diagnosis that no one graph says all this, but several do together."""
    others = [(other.start, other.end) for other in found.others]
    span = (found.piece.start, found.piece.end)
    return Diagnosis("several-graphs", span, _of_several(terms.sketch, found.graph), {"with": others})


def _of_several(sketch: Sketch, graph: Piece) -> list[Mend]:
    """Return the changes by which what GRAPH asks of one graph is asked of all of them, or each pattern of its own."""
    node, source, pieces = graph.nodes[0], sketch.source, graph.groups[0]
    span = (graph.start, graph.end)
    inside = source[source.index("{", node.end) + 1 : graph.end - 1].strip()
    mends = [Mend((*span, inside), says="without-graph")]
    triples = [piece.text for piece in pieces if piece.kind == "triple"]
    filters = [piece.text for piece in pieces if piece.kind == "filter"]
    if len(triples) + len(filters) < len(pieces) or sketch.hidden in "".join(triples):
        return mends
    name = node.text[1:] if node.is_variable else "g"
    while f"?{name}2" in source:
        name += "_"
    names = [node.text, *(f"?{name}{number}" for number in range(2, len(triples) + 1))]
    graphs = [f"GRAPH {one} {{ {text} }}" for one, text in zip(names, triples, strict=True)]
    each = Mend((*span, " ".join([*graphs, *filters])), says="a-graph-for-each")
    outside = {token.text for token in read_all(source) if not graph.start <= token.start < graph.end}
    # Where the graph is asked for, it matters which it is.
    return [each, *mends] if node.is_variable and node.text in outside else [*mends, each]


def _not_chosen(terms: Terms, found: Finding, name: Token, asked: list[GraphClause]) -> Diagnosis | None:
    """Return the diagnosis that the graph of GRAPH is none of those that can be asked."""
    iri = absolute(terms.sketch, name)
    if iri in _iris(terms.sketch, asked, named=True):
        return None
    mends = [Mend(_added(terms.sketch, [name.text], named=True), says="added")] if terms.sketch.dataset else []
    mends += [term_mend(terms.sketch, name, term.value, uses=n) for term, n in _saying(terms, found, everywhere=False)]
    details = _for_request(terms, True, [(Term("uri", iri), 0)])
    return Diagnosis("graph-not-chosen", (name.start, name.end), mends, details, iri=iri)


def _none_asked(terms: Terms, named: bool, saying: list[tuple[Term, int]]) -> Diagnosis:
    """Return the diagnosis that the graphs are all chosen for GRAPH, or all for what stands outside it."""
    sketch, reason = terms.sketch, "no-named-graphs" if named else "default-graph-empty"
    clauses = terms.probes.dataset
    if not clauses[0].end:
        return Diagnosis(reason, (0, 0), [], _for_request(terms, named, saying))
    span = (clauses[0].start, clauses[-1].end)
    tokens = [clause.graph.text for clause in clauses]
    mends = [
        Mend((*span, _clauses(tokens, named)), says="instead"),
        Mend(_added(sketch, tokens, named), says="added"),
    ]
    for term, n in saying:
        text, prefixes = written(sketch, term.value, clauses[0].graph.kind == "iri")
        mends.append(Mend(_added(sketch, [text], named), iri=term.value, uses=n, says="added", prefixes=prefixes))
    return Diagnosis(reason, span, mends)


def _saying(terms: Terms, found: Finding, everywhere: bool) -> list[tuple[Term, int]]:
    """Return the graphs that say it, those first that are chosen already, and how often each does."""
    node = found.graph.nodes[0] if found.graph else None
    name, around = terms.sketch.hidden + "_graph", f"GRAPH ?{terms.sketch.hidden}_graph {{ {{}} }}"
    if node and node.is_variable:
        name, around = node.text[1:], found.around
    saying = terms.probes.values(name, _pieces(found), around, everywhere)
    chosen = {absolute(terms.sketch, clause.graph) for clause in terms.probes.dataset}
    return sorted(saying, key=lambda one: one[0].value not in chosen)


def _for_request(terms: Terms, named: bool, saying: list[tuple[Term, int]]) -> dict[str, object]:
    """Return what a request has to say for the likeliest graph to be asked, where it is the request that chooses."""
    clauses = terms.probes.dataset
    if not clauses or clauses[0].end:
        return {}
    return {"parameter": PARAMETERS[named], "graph": saying[0][0].value if saying else ""}


def _pieces(found: Finding) -> list[Piece]:
    return [*found.others, found.piece]


def _iris(sketch: Sketch, clauses: list[GraphClause], named: bool) -> set[str]:
    return {absolute(sketch, clause.graph) for clause in clauses if clause.named == named}


def _clauses(graphs: list[str], named: bool) -> str:
    return " ".join(f"FROM NAMED {graph}" if named else f"FROM {graph}" for graph in graphs)


def _added(sketch: Sketch, graphs: list[str], named: bool) -> Edit:
    """Return the change that chooses these graphs besides those that are chosen."""
    end = sketch.dataset[-1].end
    return end, end, " " + _clauses(graphs, named)
