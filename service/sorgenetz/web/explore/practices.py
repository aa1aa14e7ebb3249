"""From a barrier to practices: a form for the wish, and what fits it, each reason a sentence with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext
from rapidfuzz import process

from sorgenetz.insight.concepts import Concept, concepts_of
from sorgenetz.insight.given import MOST_GIVEN
from sorgenetz.insight.lists import collated, items
from sorgenetz.insight.practices.evidence import practices as all_practices
from sorgenetz.insight.practices.finder import HEAVIEST, WEIGHTS, Suggestion, Wish, find_practices
from sorgenetz.insight.reader import Named
from sorgenetz.names import ID
from sorgenetz.web.explore.place_address import Wrong, only
from sorgenetz.web.explore.weights import read_weights
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import shown

bp = Blueprint("practices", __name__)
SHOWN = 20
SIZE_WORDS = {
    "village": lazy_gettext("village (below 5,000 people)"),
    "small-town": lazy_gettext("small town (5,000 to 20,000)"),
    "town": lazy_gettext("town (20,000 to 100,000)"),
    "city": lazy_gettext("city (100,000 and more)"),
}
WEIGHT_WORDS = {
    "barrier": lazy_gettext("Barrier"),
    "group": lazy_gettext("Target group"),
    "place": lazy_gettext("Kind of place"),
    "means": lazy_gettext("Means is named"),
    "sources": lazy_gettext("Several sources"),
}


@bp.get(f"{IN_LANGUAGE}/practices")
def practices() -> Response:
    """Show what fits the wish; what of the address cannot be followed is named, and the rest counts all the same."""
    barriers = _flat(concepts_of(reader(), f"{ID}scheme/barriers"))
    groups = _flat(concepts_of(reader(), f"{ID}scheme/target-groups"))
    wrong: Wrong = []
    only(wrong, "barrier", "group", "size", "all", *(f"w-{key}" for key in WEIGHTS))
    sizes = tuple(filter(None, dict.fromkeys(request.args.getlist("size"))))[:MOST_GIVEN]
    wrong += [("size", shown(size)[:60], None) for size in sizes if size not in SIZE_WORDS]
    wish = Wish(
        _chosen("barrier", [one.thing for one, _ in barriers], wrong),
        _chosen("group", [one.thing for one, _ in groups], wrong),
        tuple(size for size in sizes if size in SIZE_WORDS),
        read_weights(request.args, WEIGHTS, HEAVIEST, wrong),
    )
    found = find_practices(reader(), wish)
    everything = "all" in request.args
    first = found if everything else found[:SHOWN]
    return page(
        "explore/practices.html",
        400 if wrong else 200,
        barriers=barriers,
        groups=groups,
        counts=_lowered_by(),
        wish=wish,
        wrong=wrong,
        found=first,
        lines={line.thing.iri: line for line in items(reader(), [one.thing.iri for one in first])},
        total=len(found),
        others=sum(one.thing.kind != "initiative" for one in found),
        sizes=SIZE_WORDS,
        weights=WEIGHT_WORDS,
        heaviest=HEAVIEST,
        changed=any(wish.weights[key] != WEIGHTS[key] for key in WEIGHTS),
        names=reader().names(_named_in(first, wish)),
        more=f"/{reader().language}/practices?{_query([('all', '1')])}",
        instead=lambda key, given, near: f"/{reader().language}/practices?{_swapped(key, given, near)}",
    )


def _lowered_by() -> Counter[str]:
    """Return by how many each barrier is lowered."""
    of = all_practices(reader()).all.values()
    return Counter(barrier for practice in of for barrier in {one.value for one in practice.barriers})


def _flat(concepts: Iterable[Concept], depth: int = 0) -> list[tuple[Concept, int]]:
    found = []
    for concept in concepts:
        found += [(concept, depth), *_flat(concept.narrower, depth + 1)]
    return found


def _chosen(key: str, known: list[Named], wrong: Wrong) -> tuple[str, ...]:
    """Return the concepts that the address names by the end of their IRI or by their name."""
    by_token = {one.iri.rpartition("/")[2]: one for one in known}
    by_name = {collated(one.label): one for one in known}
    found = []
    said = filter(None, (text.strip() for text in request.args.getlist(key)))
    for given in islice(dict.fromkeys(said), MOST_GIVEN):
        meant = by_token.get(given) or by_name.get(collated(given))
        if meant:
            found.append(meant.iri)
        else:
            near = process.extractOne(
                collated(given[:100]), {one.iri: collated(one.label) for one in known}, score_cutoff=60
            )
            wrong.append((key, given[:60], next((one for one in known if near and one.iri == near[2]), None)))
    return tuple(dict.fromkeys(found))


def _named_in(found: Iterable[Suggestion], wish: Wish) -> set[str]:
    iris = {*wish.barriers, *wish.groups}
    for suggestion in found:
        for reason in suggestion.reasons:
            iris.update(iri for one in reason.evidence for iri in (one.value, one.source, one.counted) if iri)
            iris.update(source for means in reason.means for source in means.sources)
    return iris


def _query(more: list[tuple[str, str]]) -> str:
    return urlencode([*request.args.items(multi=True), *more])


def _swapped(key: str, given: str, near: Named) -> str:
    read = islice(request.args.items(multi=True), MOST_GIVEN)
    pairs = [(k, v) for k, v in read if not (k == key and v.strip()[:60] == given)]
    return urlencode([*pairs, (key, near.iri.rpartition("/")[2])])
