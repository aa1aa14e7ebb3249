"""Why a query has no answer, for one reader: the reason, the place, and the query mended and tried."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from sorgenetz.engine.query_tokens import place
from sorgenetz.errors import SorgenetzError, TooManyQueries
from sorgenetz.insight.explain.aggregate_reasons import aggregate_reason
from sorgenetz.insight.explain.culprit import Finding, find_culprit
from sorgenetz.insight.explain.failing import failing
from sorgenetz.insight.explain.filter_reasons import filter_reason
from sorgenetz.insight.explain.graph_reasons import dataset_reason, elsewhere, unknown_graph
from sorgenetz.insight.explain.known import Known, NotYetKnown
from sorgenetz.insight.explain.mend import Suggestion, left_out, tried
from sorgenetz.insight.explain.other_reasons import clause_reason, described_reason, template_reason
from sorgenetz.insight.explain.pair_reasons import together_reason, triple_reason
from sorgenetz.insight.explain.probes import Budget, BudgetSpent, Dataset, Probes, is_nothing
from sorgenetz.insight.explain.read import read_sketch
from sorgenetz.insight.explain.reading import how_far
from sorgenetz.insight.explain.several import mended_together
from sorgenetz.insight.explain.term_reasons import Diagnosis, Terms
from sorgenetz.insight.explain.tokens import NotReadable
from sorgenetz.insight.explain.unseen import unseen_within
from sorgenetz.insight.reader import Reader
from sorgenetz.terms import Term

# Explaining asks one small question after the other, so this is how many workers it can hold at most.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Explanation:
    """What is known of an empty or failed answer; `start` and `end` are the place in the query, if there is one.

    `further` is what else is wrong, each in the query that is mended up to there; `complete` says that nothing was left
    unlooked at for want of time.
    """

    reason: str
    query: str
    start: int = 0
    end: int = 0
    details: dict[str, object] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    iri: str = ""
    further: tuple[Explanation, ...] = ()
    probes: int = 0
    seconds: float = 0.0
    complete: bool = True

    @property
    def culprit(self) -> str:
        return self.query[self.start : self.end]

    @property
    def place(self) -> tuple[int, int]:
        """Return line and column of the culprit, both from 1."""
        return place(self.query, self.start)


def explain_error(reader: Reader, query: str, error: SorgenetzError) -> Explanation | None:
    """Return why `query` failed with `error`, as far as its text tells; None for errors that say it all."""
    found = failing(query, error, lambda text: how_far(reader.engine, text), reader.vocabulary.called)
    if found is None:
        return None
    further = tuple(Explanation(one.reason, text, *one.culprit, one.details) for text, one in found.further)
    return Explanation(found.reason, query, *found.culprit, found.details, found.suggestions, found.iri, further)


def explain_empty(reader: Reader, query: str, dataset: Dataset = None, budget: Budget | None = None) -> Explanation:
    """Return why `query`, which runs and gives nothing, gives nothing.

    Raises TooManyQueries when others are being explained just now.
    """
    if not _places.acquire(timeout=0.5):
        raise TooManyQueries(retry_s=3)
    try:
        return _explain(reader, query, dataset, budget or Budget())
    finally:
        _places.release()


def says_nothing(query: str, row: dict[str, Term]) -> bool:
    """Tell whether the only row of an answer counts nothing, as aggregates over nothing do."""
    try:
        return is_nothing([row], read_sketch(query))
    except NotReadable:
        return False


def _explain(reader: Reader, query: str, dataset: Dataset, budget: Budget) -> Explanation:
    try:
        sketch = read_sketch(query)
    except NotReadable:
        return Explanation("not-readable", query, complete=False)
    probes = Probes(reader, sketch, dataset, budget)
    # What the release knows may have to be gathered first; the patterns are asked meanwhile.
    known = Known(reader, lambda: max(0.0, budget.seconds - probes.seconds))
    known.begin("properties", "classes")
    terms = Terms(probes, known)
    looked, further, spent = _Look(terms), [], False
    try:
        found = looked.diagnosis()
        suggestions = tried(probes, found.mends)
        if not suggestions:
            further, suggestions = mended_together(terms, found, lambda then: _Look(then).diagnosis())
    except (BudgetSpent, NotYetKnown, NotReadable, TooManyQueries):
        found, suggestions, spent = looked.so_far, (), True
    # For whoever asks next.
    known.begin("graphs", "things")
    return Explanation(
        found.reason, query, *found.culprit, found.details, suggestions, found.iri,
        tuple(Explanation(one.reason, text, *one.culprit, one.details, iri=one.iri) for text, one in further),
        probes.spent.asked, probes.seconds, complete=not (spent or probes.spent.left_open),
    )  # fmt: skip


class _Look:
    """One look for the cause; `so_far` is what is known of it when the look has to end."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.so_far = Diagnosis("not-found", (0, 0))

    def diagnosis(self) -> Diagnosis:
        terms, sketch = self._terms, self._terms.sketch
        if sketch.described and not sketch.where:
            return described_reason(terms, sketch.described)
        plain = unseen_within(terms) or unknown_graph(terms)
        if plain:
            return plain
        finding = find_culprit(terms.probes, sketch)
        if finding is None:
            return template_reason(terms, sketch) or aggregate_reason(terms, sketch) or self.so_far
        if finding.piece:
            self.so_far = Diagnosis("no-match", (finding.piece.start, finding.piece.end))
        self.so_far = _of_finding(terms, finding)
        return self.so_far


def _of_finding(terms: Terms, found: Finding) -> Diagnosis:
    if found.how in ("alone", "together", "elsewhere") and terms.probes.dataset:
        narrowed = dataset_reason(terms, found)
        if narrowed:
            return narrowed
    if found.how == "clause":
        return clause_reason(terms, found.clause)
    if found.how == "graph":
        return terms.graph(found.piece.nodes[0].name)
    if found.how == "elsewhere":
        return elsewhere(terms, found)
    if found.how == "filter":
        return filter_reason(terms, found)
    if found.how == "removes":
        piece = found.piece
        return Diagnosis("removes-all", (piece.start, piece.end), [left_out(terms.sketch, piece)])
    if found.how == "together":
        return together_reason(terms, found)
    if found.piece.kind != "triple":
        return Diagnosis("no-match", (found.piece.start, found.piece.end))
    return terms.unknown(found.piece) or triple_reason(terms, found.piece)
