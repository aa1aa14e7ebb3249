"""Two to four places side by side, chosen by name or key; as a page and as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, Response, jsonify, request

from sorgenetz.errors import BadRequest
from sorgenetz.formats import RESULTS_CSV
from sorgenetz.insight.answers import ask_for_all
from sorgenetz.insight.overview import overview
from sorgenetz.insight.place_profile.chooser import Meant, meant, suggested
from sorgenetz.insight.place_profile.comparison import FEWEST, MOST, compare
from sorgenetz.insight.place_profile.features import gazetteer
from sorgenetz.web.downloads import attachment
from sorgenetz.web.explore.place_address import RADII, USUAL_RADIUS, Wrong, address, named, only, query, radius
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import page, reader, sort_words
from sorgenetz.web.problems import shown
from sorgenetz.web.results.files import workbook_of
from sorgenetz.web.services import services
from sorgenetz.web.spreadsheet_csv import safe_again

bp = Blueprint("compare", __name__)
FILES = {"csv": "CSV", "xlsx": "Excel"}
# What is read of the address; beyond these names nothing is looked up.
MOST_READ = 8
SHORTEST, MOST_SUGGESTED = 2, 8


@dataclass(frozen=True)
class Chosen:
    """The places of an address, and what of it needs the reader: to choose one of several, or to mend a part."""

    places: tuple[Meant, ...]
    open: tuple[Meant, ...]
    twice: tuple[Meant, ...]
    beyond: tuple[str, ...]
    unknown: tuple[Meant, ...]

    @property
    def values(self) -> tuple[Meant, ...]:
        """Return what an address of this choice names: the places, and the names that still have to be chosen from."""
        return (*self.places, *self.open)

    @property
    def typed(self) -> str:
        """Return the last name that no place has, to be mended where it was typed."""
        wrong = [one.given for one in (*self.open, *self.unknown) if one.is_near or not one.candidates]
        return wrong[-1] if wrong else ""

    @property
    def is_wrong(self) -> bool:
        """Tell whether something of the address cannot be followed; a name with several meanings is no mistake."""
        return bool(self.twice or self.beyond or self.unknown or any(one.is_near for one in self.open))


@bp.get(f"{IN_LANGUAGE}/compare")
def side_by_side() -> Response:
    """Show the places side by side, or how to choose them; what of the address cannot be followed is said."""
    wrong: Wrong = []
    kilometres = radius(wrong)
    only(wrong, "place", "km")
    chosen = _chosen()
    iris = [one.place for one in chosen.places]
    enough = len(iris) >= FEWEST
    known = (one.thing.iri for one in overview(reader()).places if one.thing.iri in gazetteer(reader()))
    examples = [] if iris else list(islice(known, FEWEST))

    def with_values(replaced: Meant | None = None, iri: str = "", radius: int = kilometres) -> str:
        """Return the address of this choice with a place for one of its names, or without that one."""
        return _address([iri if one is replaced else one.place or one.given for one in chosen.values], radius)

    return page(
        "explore/place/compare.html",
        400 if wrong or chosen.is_wrong else 200,
        wrong=wrong,
        chosen=chosen,
        kilometres=kilometres,
        radii=RADII,
        most=MOST,
        examples=examples,
        example_address=_address(examples, USUAL_RADIUS) if len(examples) == FEWEST else "",
        comparison=compare(reader(), iris, kilometres) if enough else None,
        query=_query(iris) if enough else "",
        files={ending: (word, _address(iris, kilometres, f"compare.{ending}")) for ending, word in FILES.items()},
        with_values=with_values,
        value_of=_value,
        cell=lambda facet, place, term: address(
            "gaps/cell",
            ("columns", facet.key),
            ("place", place.token),
            ("term", f"{facet.kind}/{term.iri.rpartition('/')[2]}"),
        ),
        **named(*chosen.values, *chosen.twice, *chosen.unknown, *(Meant("", iri) for iri in examples)),
    )


@bp.get(f"{IN_LANGUAGE}/compare/suggest")
def suggestions() -> Response:
    """Return the places that someone may be about to name, as JSON: label, what is around it, and what names it."""
    text = request.args.get("q", "").strip()
    iris = suggested(gazetteer(reader()), text, MOST_SUGGESTED) if len(text) >= SHORTEST else []
    told = named(*(Meant("", iri) for iri in iris))
    names, around = told["names"], told["around"]
    return jsonify([
        {
            "label": names[iri].label,
            "around": " · ".join([sort_words(names[iri].classes), *(one.label for one in around[iri][:2])]),
            "place": _value(iri),
        }
        for iri in iris
    ])  # fmt: skip


@bp.get(f"{IN_LANGUAGE}/compare.<any({', '.join(FILES)}):ending>")
def as_file(ending: str) -> Response:
    """Send what is stated of these places as a file; an address that cannot be followed is an error, never a part."""
    chosen = _chosen()
    iris = [one.place for one in chosen.places]
    if chosen.is_wrong or chosen.open or len(iris) < FEWEST:
        raise _not_followed()
    if ending == "xlsx":
        return workbook_of(ask_for_all(reader(), _query(iris)), _query(iris), reader().language)
    found = services().engine.answer(_query(iris), RESULTS_CSV.key)
    word = "vergleich" if reader().language == "de" else "comparison"
    return attachment(safe_again(found.body), RESULTS_CSV.content_type, services().engine.release.name, word, ending)


def _chosen() -> Chosen:
    given = [text for text in map(str.strip, request.args.getlist("place")) if text]
    found = [meant(gazetteer(reader()), text) for text in given[:MOST_READ]]
    places, twice, beyond = [], [], [shown(text)[:60] for text in given[MOST_READ:]]
    for one in found:
        if not one.place:
            continue
        if one.place in {other.place for other in places}:
            twice.append(one)
        elif len(places) == MOST:
            beyond.append(shown(one.given)[:60])
        else:
            places.append(one)
    unresolved = [one for one in found if not one.place]
    return Chosen(
        tuple(places),
        tuple(one for one in unresolved if one.candidates),
        tuple(twice),
        tuple(beyond),
        tuple(one for one in unresolved if not one.candidates),
    )


def _query(iris: list[str]) -> str:
    return query("places-compared", place=iris, language=reader().language)


def _address(values: Iterable[str], kilometres: int, path: str = "compare") -> str:
    pairs = [("place", _value(one)) for one in values if one]
    return address(path, *pairs, ("km", "" if kilometres == USUAL_RADIUS else kilometres))


def _value(one: str) -> str:
    """Return how an address names a place; a name that still has to be chosen from stays as it was typed."""
    places = gazetteer(reader())
    return places[one].token if one in places else one


def _not_followed() -> BadRequest:
    return BadRequest(
        what_de="Die Adresse nennt nicht zwei bis vier verschiedene Orte.",
        remedy_de="Öffnen Sie den Vergleich als Seite; dort steht, was gemeint sein kann.",
        what_en="The address does not name two to four different places.",
        remedy_en="Open the comparison as a page; it says what may be meant.",
    )
